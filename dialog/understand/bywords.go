package understand

import (
	"slices"
	"strings"
)

// content is what remains of the tokens without fillers, articles, marks and emoji. With keep, a filler that is a word
// of some label stays, and the fillers that went are counted.
func (c *chooser) content(toks []token, keep bool) (out []token, dropped int) {
	for i := 0; i < len(toks); {
		filler := c.l.choice.fillers.len(toks, i)
		if c.l.choice.degrees.len(toks, i) > 0 {
			out = append(out, toks[i])
			i++
			continue
		}
		if n := max(filler, c.l.articles.len(toks, i)); n > 0 && (!keep || !c.inLabel(toks[i])) {
			dropped += filler
			i += n
			continue
		}
		if toks[i].kind == word || toks[i].kind == digits {
			out = append(out, toks[i])
		}
		i++
	}
	return out, dropped
}

// inLabel reports whether a token is a word of some label.
func (c *chooser) inLabel(t token) bool {
	for i := range c.options {
		for _, w := range c.options[i].words {
			if w.text == t.text {
				return true
			}
		}
	}
	return false
}

// byWords finds the one option that the content words of a message can only mean: they begin its label, or each of them
// is a word of it, slips forgiven. It gives -1 and no Why when they mean none.
func (c *chooser) byWords(toks []token) (int, Why) {
	if tag, n := c.l.yesNo.set.at(toks, 0); n == len(toks) && (tag == saysYes || tag == saysNo) {
		return -1, ""
	}
	kept, dropped := c.content(toks, true)
	if i, why := c.meant(kept, toks); i >= 0 && (why != "" || dropped == 0 || len(kept) == len(c.options[i].words) || !c.l.choice.fillers.cover(kept)) {
		return i, why
	}
	if _, n := c.l.yesNo.set.at(toks, 0); n == len(toks) {
		return -1, ""
	}
	words, _ := c.content(toks, false)
	return c.meant(words, toks)
}

// meant finds the one option that the words mean.
func (c *chooser) meant(words, toks []token) (int, Why) {
	if len(words) == 0 || len(words) > 4 || c.l.choice.negators.cover(words) {
		return -1, ""
	}
	negated := c.l.choice.negators.has(toks)
	for _, fits := range []func(*optionWords, []token) bool{c.begins, c.runs, c.within, c.resembles} {
		found := -1
		for i := range c.options {
			if negated && !c.l.choice.negators.has(c.options[i].words) || !fits(&c.options[i], words) {
				continue
			}
			if found >= 0 {
				return 0, Ambiguous
			}
			found = i
		}
		if found >= 0 {
			if len(words) > 1 && c.runs(&c.options[found], words) {
				return found, ""
			}
			return found, c.shared(words, found)
		}
	}
	return -1, ""
}

// shared is Ambiguous where every one of the words is in another label too: "week" for "Next week" beside "This week".
func (c *chooser) shared(words []token, found int) Why {
	if sameWords(words, c.options[found].words) {
		return ""
	}
	for i := range c.options {
		if i == found {
			continue
		}
		all := true
		for _, w := range words {
			in := false
			for _, label := range c.options[i].words {
				in = in || label.text == w.text
			}
			all = all && in
		}
		if all {
			return Ambiguous
		}
	}
	return ""
}

func sameWords(a, b []token) bool {
	return slices.EqualFunc(a, b, func(x, y token) bool { return x.text == y.text })
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

// runs reports whether the words stand in the label one after the other: "did it" in "I did it".
func (c *chooser) runs(o *optionWords, words []token) bool {
	for i := range o.words {
		if len(words) < 2 || i+len(words) > len(o.words) || !c.opensAt(o, i) {
			return false
		}
		same := true
		for k, w := range words {
			same = same && o.words[i+k].text == w.text
		}
		if same {
			return true
		}
	}
	return false
}

// opensAt reports whether a message may leave out the words of the label before position i: not where they turn it
// round, as in "Almost every day". "Until" does not.
func (c *chooser) opensAt(o *optionWords, i int) bool {
	before := o.words[:i]
	if i > 0 && len(o.said) > 1 && o.said[1].ends() && o.said[0].text == before[0].text {
		before = before[1:] // "No, change something"
	}
	w := &c.l.choice
	for k := range before {
		turns := w.turns.len(before, k) > 0 && w.degrees.len(before, k) == 0 && c.l.dates.before.len(before, k) == 0
		if turns || w.negators.len(before, k) > 0 && w.degrees.len(before, k) == 0 {
			return false
		}
	}
	return true
}

// within reports whether every word is a word of the label, and they are not just its small change: a filler alone must
// be half of the label.
func (c *chooser) within(o *optionWords, words []token) bool {
	if c.l.choice.fillers.cover(words) && 2*len(words) < len(o.words) {
		return false
	}
	first := len(o.words)
	for _, w := range words {
		found := -1
		for i, label := range o.words {
			if found < 0 && (c.l.sameWord(w.text, label.text, slips1) ||
				w.kind == word && len(w.text) >= 4 && strings.HasPrefix(label.text, w.text)) {
				found = i
			}
		}
		if found < 0 {
			return false
		}
		first = min(first, found)
	}
	return c.opensAt(o, first)
}

// resembles reports whether the words, written together, are the label with a slip: "self care" for "Selfcare". A digit
// is no slip.
func (c *chooser) resembles(o *optionWords, words []token) bool {
	said, label := joinTexts(words), joinTexts(o.words)
	switch {
	case len(said) < 4:
		return false
	case said == label || said == o.whole:
		return true
	case len(words) == len(o.words) && len(words) > 1: // each word was compared already: "tiempo con mis hijos"
		return false
	}
	return digitsOf(said) == digitsOf(label) && c.l.misspelt(said, label) && !c.l.knows(said)
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, s)
}

// joinTexts writes the words and digits of the tokens together.
func joinTexts(toks []token) string {
	var b strings.Builder
	for _, t := range toks {
		if t.kind == word || t.kind == digits {
			b.WriteString(t.text)
		}
	}
	return b.String()
}
