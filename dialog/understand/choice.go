package understand

import (
	"slices"
	"strings"
)

// Option is one of the answers that a question offers.
type Option struct {
	ID    string // the flow's name for it; may be typed too
	Label string // what the person reads
}

type choiceWords struct {
	fillers, index, ordinalNoun, last, beforeLast, every, both, none phrases
	except, and, or, negators, turns, degrees, also, then            phrases
}

func newChoiceWords(d choiceData) choiceWords {
	return choiceWords{
		fillers: phrasesOf(d.Fillers), index: phrasesOf(d.Index), ordinalNoun: phrasesOf(d.OrdinalNoun),
		last: phrasesOf(d.Last), beforeLast: phrasesOf(d.BeforeLast), every: phrasesOf(d.Every), both: phrasesOf(d.Both),
		none: phrasesOf(d.None), except: phrasesOf(d.Except), and: phrasesOf(d.And), or: phrasesOf(d.Or),
		negators: phrasesOf(d.Negators), turns: phrasesOf(d.Turns), degrees: phrasesOf(d.Degrees), also: phrasesOf(d.Also), then: phrasesOf(d.Then),
	}
}

// Choice reads which one of the options is meant and gives its index: by its label, its ID, its number or place, the
// beginning of its label, a slip of spelling, or a short sentence about it. An exact label wins over everything. The
// fallback is yes or no where exactly one option says that ("nope" for "Not quite").
func (l *Lexicon) Choice(text string, options []Option) (int, Why) {
	if i := exactLabel(text, options); i >= 0 {
		return i, ""
	}
	var space [48]token
	toks, why := l.open(space[:0], text)
	if why != "" {
		return 0, why
	}
	c := l.chooser(options)
	return c.one(toks)
}

// exactLabel is the fast path: the label and nothing else.
func exactLabel(text string, options []Option) int {
	text = strings.TrimSpace(text)
	if text == "" {
		return -1
	}
	for i := range options {
		if len(options[i].Label) == len(text) && strings.EqualFold(options[i].Label, text) {
			return i
		}
	}
	return -1
}

// one reads a single choice from a message or a part of one.
func (c *chooser) one(toks []token) (int, Why) {
	l := c.l
	core := c.core(toks)
	if i := c.whole(core); i >= 0 {
		return i, ""
	}
	if l.choice.both.len(core, 0) == len(core) && len(core) > 0 {
		return 0, Several
	}
	if places, why := c.places(core); why != "" || len(places) > 0 {
		return c.placed(places, why)
	}
	if i, why := c.quantity(core); i >= 0 || why != "" {
		return i, why
	}
	if i, why := c.inSentence(core); i >= 0 || why != "" {
		return i, why
	}
	if l.unsure.cover(core) {
		return c.unsureOption()
	}
	if l.choice.none.len(core, 0) == len(core) {
		return c.answering(core, NotUnderstood)
	}
	if i, why := c.byWords(core); i >= 0 || why != "" {
		return i, why
	}
	if i := c.atEnd(core); i >= 0 {
		return i, ""
	}
	if l.hedges(core) {
		return 0, Unsure
	}
	return c.answering(core, NotUnderstood)
}

// core takes the courtesies off a message, but for those that it ends with and a label knows: "it's going well".
func (c *chooser) core(toks []token) []token {
	from, to := c.l.withinPolite(toks)
	if from == to {
		return toks
	}
	for to < len(toks) && c.inLabel(toks[to]) {
		to++
	}
	return toks[from:to]
}

func (c *chooser) placed(places []int, why Why) (int, Why) {
	switch {
	case why != "":
		return 0, why
	case len(places) > 1:
		return 0, Several
	}
	return places[0], ""
}

// whole finds the option whose label, or else ID, is all that was said.
func (c *chooser) whole(core []token) int {
	for i := range c.options {
		if n := c.options[i].match(c.l, core, 0, exactly); n > 0 && n == len(core) {
			return i
		}
	}
	for i := range c.options {
		if sameText(core, c.options[i].id) {
			return i
		}
	}
	return -1
}

// inSentence finds the one label that a sentence names. It gives -1 and no Why when none is named.
func (c *chooser) inSentence(toks []token) (int, Why) {
	named := c.named(toks, slack)
	if len(named) == 0 {
		named = c.named(toks, slips1)
	}
	if len(named) == 0 {
		return -1, ""
	}
	one := named[0]
	negated, kept := false, 0
	for _, m := range named {
		if c.negatedIn(toks, named, m) {
			negated = true
			continue
		}
		if kept > 0 && m.option != one.option {
			return 0, Several
		}
		one = m
		kept++
	}
	switch {
	case kept == 0:
		return 0, Negated
	case negated && c.l.choice.or.has(toks):
		return 0, Negated
	case c.turned(toks[:one.from]), !c.stands(toks, one):
		return 0, NotUnderstood
	case c.namesWeak(toks[:one.from]) || c.namesWeak(toks[one.to:]):
		return 0, Several
	case c.mixes(toks, named, one):
		return 0, Ambiguous
	}
	return one.option, ""
}

// mixes reports whether words in or around the one label are of another: "set a new goal" and "goal", of "Set a goal" and
// "My goals".
func (c *chooser) mixes(toks []token, named []naming, one naming) bool {
	for i, t := range toks {
		inside := slices.ContainsFunc(named, func(m naming) bool { return m != one && i >= m.from && i < m.to })
		w := &c.l.choice
		if inside || t.kind != word || max(w.fillers.len(toks, i), w.negators.len(toks, i), c.l.articles.len(toks, i)) > 0 {
			continue
		}
		own := slices.ContainsFunc(c.options[one.option].words, func(o token) bool { return o.text == t.text })
		if !own && c.inLabel(t) {
			return true
		}
	}
	return false
}

// turned reports whether a word before a label, in its clause, takes it back or turns it round: "I almost reached it".
func (c *chooser) turned(before []token) bool {
	for i := len(before) - 1; i >= 0 && !before[i].ends(); i-- {
		if n := c.l.choice.turns.len(before, i); n > 0 && c.labelAt(before, i, slack).to == 0 {
			return true
		}
	}
	return false
}

// namesWeak reports whether the whole of a label that is never looked for in sentences stands among the tokens: "later"
// in "later this week" where "Later" can be chosen too. One that is only a word that people answer with is none.
func (c *chooser) namesWeak(toks []token) bool {
	for i := range toks {
		for k := range c.options {
			o := &c.options[k]
			if o.weak && (len(o.words) > 1 || c.l.choice.fillers.len(o.words, 0) == 0) && o.match(c.l, toks, i, exactly) > 0 {
				return true
			}
		}
	}
	return false
}

// stands reports whether the sentence around the label is one in which people answer.
func (c *chooser) stands(toks []token, m naming) bool {
	before, after := c.strangers(toks[:m.from]), c.strangers(toks[m.to:])
	if before == 0 && (after == 0 || m.to < len(toks) && (toks[m.to].ends() || c.l.choice.then.len(toks, m.to) > 0)) {
		return true
	}
	return before <= 2 && after == 0 && wordCount(toks) <= 8
}

// strangers counts the words that people do not put around a choice; those of other labels are none, they were weighed.
func (c *chooser) strangers(toks []token) int {
	n := 0
	for i := 0; i < len(toks); {
		k := max(c.l.choice.fillers.len(toks, i), c.l.unsure.len(toks, i), c.l.choice.negators.len(toks, i))
		if k == 0 && (c.labelAt(toks, i, slack).to > 0) {
			k = c.labelAt(toks, i, slack).to - i
		}
		if k > 0 {
			i += k
			continue
		}
		if toks[i].kind == word || toks[i].kind == digits {
			n++
		}
		i++
	}
	return n
}

// negatedIn reports whether a negation governs the label: in the same clause before it, or right after it at the end.
func (c *chooser) negatedIn(toks []token, named []naming, m naming) bool {
	start := 0
	for _, o := range named {
		if o.to <= m.from && o.option != m.option && !c.joins(toks[o.to:m.from]) {
			start = o.to
		}
	}
	for i := start; i < m.from; {
		if toks[i].ends() && !c.l.choice.or.has(toks[i:m.from]) {
			return c.negatedIn(toks[i+1:m.from], nil, naming{from: m.from - i - 1})
		}
		if n := c.l.unsure.len(toks, i); n > 0 {
			i += n
			continue
		}
		if tag, n := c.l.yesNo.set.at(toks, i); n > 1 && tag == saysYes {
			i += n
			continue
		}
		if c.l.choice.negators.len(toks, i) > 0 {
			return true
		}
		i++
	}
	n := 0
	if m.to > 0 {
		n = c.l.choice.negators.len(toks, m.to)
	}
	return n > 0 && (m.to+n == len(toks) || toks[m.to+n].ends())
}

// joins reports whether "and" or "or" stands among the tokens, so that a negation reaches across.
func (c *chooser) joins(toks []token) bool {
	return c.l.choice.and.has(toks) || c.l.choice.or.has(toks)
}
