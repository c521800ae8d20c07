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
	said  []token // all of the label
	whole string  // all of its words and digits, written together
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
		whole := joinTexts(toks)
		var words []token
		for _, t := range toks {
			if t.kind == digits || t.kind == word && l.numbers.cardinals[t.text].kind != 0 && l.numbers.pronoun.len([]token{t}, 0) == 0 {
				c.numbers = true
			}
			if t.kind == word && !l.isArticle(t) || t.kind == digits {
				words = append(words, t)
			}
		}
		if len(words) == 0 {
			words = toks
		}
		c.options[i] = optionWords{words: words, said: toks, whole: whole, id: fold(o.ID), weak: l.weakLabel(words)}
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
	case len(said) >= 4 && len(label) >= 4 && singular(said) == singular(label), len(label) == 3 && said == label+"s":
		return true
	case how == slack:
		return false
	case l.sameDay(said, label):
		return true
	case l.knows(said):
		return false
	}
	return l.misspelt(said, label)
}

// misspelt reports whether a word is a label's with a slip. In a label of four letters a changed letter makes another
// word too often ("hope" for "home"), so only one added, dropped or swapped is forgiven.
func (l *Lexicon) misspelt(said, label string) bool {
	if len(said) < 4 || len(label) == 4 && len(said) == 4 && !swapped(said, label) {
		return false
	}
	return l.near(said, label, slips(label))
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
