package understand

import "strings"

// chooser is one question's options, taken apart for comparing.
type chooser struct {
	l       *Lexicon
	options []optionWords
	numbers bool // a label holds a number, so that a bare "2" may mean the label or the place
}

type optionWords struct {
	words []token // the label without marks, emoji and articles
	id    string
	weak  bool // made of words that sentences are full of ("now", "yes"): never looked for inside one
}

// strictness says how closely a word must be the label's.
type strictness int

const (
	exactly strictness = iota
	slack              // singular for plural
	slips1             // and a slip of spelling
)

// naming is a label found in a message.
type naming struct{ option, from, to int }

func (l *Lexicon) chooser(options []Option) chooser {
	c := chooser{l: l, options: make([]optionWords, len(options))}
	for i, o := range options {
		toks := scan(nil, fold(o.Label))
		words := toks[:0]
		for _, t := range toks {
			if t.kind == digits || t.kind == word && l.numbers.cardinals[t.text].kind != 0 && l.numbers.pronoun.len([]token{t}, 0) == 0 {
				c.numbers = true
			}
			if t.kind == word && !l.isArticle(t) || t.kind == digits {
				words = append(words, t)
			}
		}
		if len(words) == 0 {
			words = scan(nil, fold(o.Label))
		}
		c.options[i] = optionWords{words: words, id: fold(o.ID), weak: l.weakLabel(words)}
	}
	return c
}

func (l *Lexicon) isArticle(t token) bool {
	_, ok := l.articles.byFirst[t.text]
	return ok
}

func (l *Lexicon) weakLabel(words []token) bool {
	if l.choice.fillers.cover(words) || l.unsure.cover(words) {
		return true
	}
	_, n := l.yesNo.set.at(words, 0)
	return n == len(words) && n > 0
}

// match gives the number of tokens from i on that say the label, 0 when they do not.
func (o *optionWords) match(l *Lexicon, toks []token, i int, how strictness) int {
	j := i
	for k := range o.words {
		for j < len(toks) && toks[j].text != o.words[k].text && (j > i || how == exactly) && l.passedOver(toks[j]) {
			j++
		}
		if j >= len(toks) || !l.sameWord(toks[j].text, o.words[k].text, how) {
			return 0
		}
		j++
	}
	for how == exactly && j < len(toks) && l.passedOver(toks[j]) && !l.isArticle(toks[j]) {
		j++
	}
	return j - i
}

// passedOver is what may stand between the words of a label without changing it.
func (l *Lexicon) passedOver(t token) bool {
	return t.kind == emoji || t.kind == mark || l.isArticle(t)
}

func (l *Lexicon) sameWord(said, label string, how strictness) bool {
	switch {
	case said == label:
		return true
	case how == exactly:
		return false
	case len(said) >= 4 && len(label) >= 4 && singular(said) == singular(label):
		return true
	case how == slack:
		return false
	case l.sameDay(said, label):
		return true
	case l.knows(said):
		return false
	}
	return len(said) >= 4 && near(said, label, slips(label))
}

// sameDay reports whether two words name the same day: "tmrw" and "tomorrow".
func (l *Lexicon) sameDay(said, label string) bool {
	for _, set := range [...]phrases{l.dates.relative, l.dates.weekdays} {
		a, n := set.at([]token{{text: said}}, 0)
		b, m := set.at([]token{{text: label}}, 0)
		if n > 0 && m > 0 && a == b {
			return true
		}
	}
	return false
}

// singular is a word without the ending of its plural, good enough for comparing two words in English or Spanish.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "es"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "e"):
		return w[:len(w)-1]
	}
	return w
}

func sameText(toks []token, s string) bool {
	if s == "" {
		return false
	}
	for i, t := range toks {
		if i > 0 && t.gap {
			if !strings.HasPrefix(s, " ") && !strings.HasPrefix(s, "-") && !strings.HasPrefix(s, "_") {
				return false
			}
			s = s[1:]
		}
		if !strings.HasPrefix(s, t.text) {
			return false
		}
		s = s[len(t.text):]
	}
	return s == ""
}

// labelAt gives the longest label that is said at i; its to is 0 when there is none.
func (c *chooser) labelAt(toks []token, i int, how strictness) naming {
	best := naming{}
	for k := range c.options {
		o := &c.options[k]
		if o.weak {
			continue
		}
		if n := o.match(c.l, toks, i, how); n > 0 && i+n > best.to {
			best = naming{k, i, i + n}
		}
	}
	return best
}

// named finds the labels in a message, the longest first where they overlap.
func (c *chooser) named(toks []token, how strictness) []naming {
	var found []naming
	for i := 0; i < len(toks); {
		if m := c.labelAt(toks, i, how); m.to > 0 {
			found = append(found, m)
			i = m.to
			continue
		}
		i++
	}
	return found
}

// content is what remains of the tokens without fillers, articles, marks and emoji.
func (c *chooser) content(toks []token) []token {
	var out []token
	for i := 0; i < len(toks); {
		if n := max(c.l.choice.fillers.len(toks, i), c.l.articles.len(toks, i)); n > 0 {
			i += n
			continue
		}
		if toks[i].kind == word || toks[i].kind == digits {
			out = append(out, toks[i])
		}
		i++
	}
	return out
}

// byWords finds the one option that the content words of a message can only mean: they begin its label, or each of them
// is a word of it, slips forgiven. It gives -1 and no Why when they mean none.
func (c *chooser) byWords(toks []token) (int, Why) {
	words := c.content(toks)
	if len(words) == 0 || len(words) > 4 || c.l.choice.negators.has(toks) {
		return -1, ""
	}
	if _, n := c.l.yesNo.set.at(toks, 0); n == len(toks) {
		return -1, ""
	}
	for _, fits := range []func(*optionWords, []token) bool{c.begins, c.within, c.resembles} {
		found := -1
		for i := range c.options {
			if !fits(&c.options[i], words) {
				continue
			}
			if found >= 0 {
				return 0, Ambiguous
			}
			found = i
		}
		if found >= 0 {
			return found, ""
		}
	}
	return -1, ""
}

// begins reports whether the words are the beginning of the label, the last one perhaps cut short.
func (c *chooser) begins(o *optionWords, words []token) bool {
	if len(words) > len(o.words) || len(words) == 1 && len(words[0].text) < 2 {
		return false
	}
	for i, w := range words {
		label := o.words[i].text
		if w.text != label && (i < len(words)-1 || w.kind != word || !strings.HasPrefix(label, w.text)) {
			return false
		}
	}
	return true
}

// within reports whether every word is a word of the label.
func (c *chooser) within(o *optionWords, words []token) bool {
	for _, w := range words {
		found := false
		for _, label := range c.content(o.words) {
			found = found || c.l.sameWord(w.text, label.text, slips1) ||
				w.kind == word && len(w.text) >= 4 && strings.HasPrefix(label.text, w.text)
		}
		if !found {
			return false
		}
	}
	return true
}

// resembles reports whether the words, written together, are the label with a slip: "self care" for "Selfcare".
func (c *chooser) resembles(o *optionWords, words []token) bool {
	said, label := joinTexts(words), joinTexts(o.words)
	return len(said) >= 4 && (said == label || near(said, label, slips(label)) && !c.l.knows(said))
}

func joinTexts(toks []token) string {
	var b strings.Builder
	for _, t := range toks {
		b.WriteString(t.text)
	}
	return b.String()
}
