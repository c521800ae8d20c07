package understand

import "strings"

// atEnd finds the label that a short sentence ends with, where that label is made of words that sentences are full of:
// "it helped a little". It gives -1 when there is none.
func (c *chooser) atEnd(toks []token) int {
	l := c.l
	if wordCount(toks) > 6 || l.choice.negators.has(toks) || l.choice.or.has(toks) || l.unsure.has(toks) {
		return -1
	}
	found, from := -1, len(toks)
	for k := range c.options {
		o := &c.options[k]
		if _, strong := c.meaning(k); !o.weak || strong {
			continue
		}
		for i := range toks {
			if n := o.match(l, toks, i, exactly); n > 0 && i+n == len(toks) && i < from {
				found, from = k, i
			}
		}
	}
	if found < 0 || c.turned(toks[:from]) || c.strangers(toks[:from]) > 2 || len(c.named(toks[:from], slack)) > 0 || c.namesWeak(toks[:from]) {
		return -1
	}
	return found
}

// quantity finds the label with the one number of a message and nothing else but its unit: "10 min", "about ten
// minutes" for "10 minutes" or "10". It gives -1 and no Why when the message is something else.
func (c *chooser) quantity(toks []token) (int, Why) {
	if !c.numbers {
		return -1, ""
	}
	l := c.l
	value, numbers, unit := 0.0, 0, token{}
	for i := 0; i < len(toks); {
		if num := l.numeralAt(toks, i); num.n > 0 && !num.slip && !l.isPronoun(toks, mention{numeral: num, from: i, to: i + num.n}) {
			value, numbers = num.value, numbers+1
			i += num.n
			continue
		}
		n := max(l.numbers.unitsOf.len(toks, i), l.choice.fillers.len(toks, i), l.articles.len(toks, i), l.numbers.ish.len(toks, i))
		if n == 0 && toks[i].kind != mark && toks[i].kind != emoji || toks[i].is("-") || toks[i].is("+") || toks[i].is("/") {
			return -1, ""
		}
		if l.numbers.unitsOf.len(toks, i) > 0 {
			unit = toks[i]
		}
		i += max(n, 1)
	}
	if numbers != 1 || l.numbers.less.has(toks) || l.numbers.more.has(toks) || l.numbers.orMore.has(toks) {
		return -1, ""
	}
	found := -1
	for i := range c.options {
		words := c.options[i].words
		first := l.numeralAt(words, 0)
		if first.n == 0 || first.value != value || !l.sameUnit(words[first.n:], unit) {
			continue
		}
		if found >= 0 {
			return 0, Ambiguous
		}
		found = i
	}
	if found < 0 && unit.text != "" {
		return 0, NotUnderstood // "15 minutes" is none of 10, 20 and 30
	}
	return found, ""
}

// sameUnit reports whether what follows the number of a label is the unit that was said, if one was: "min" for "minutes".
func (l *Lexicon) sameUnit(label []token, said token) bool {
	if len(label) == 0 || said.text == "" {
		return len(label) == 0 || l.numbers.unitsOf.len(label, 0) > 0
	}
	a, n := l.dates.units.at(label, 0)
	b, m := l.dates.units.at([]token{said}, 0)
	if n > 0 && m > 0 {
		return a == b
	}
	return strings.HasPrefix(label[0].text, singular(said.text))
}
