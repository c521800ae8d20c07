package understand

import (
	"slices"
	"strconv"
)

// places reads a message that is nothing but places in the list: "2", "#2", "the second one", "la última", "1 and 3".
// It gives none and no Why when the message is something else.
func (c *chooser) places(toks []token) ([]int, Why) {
	var found []int
	l := c.l
	bare, negated, ranged := false, false, false
	next, wasBare := -1, false // where the place before this one ended, and how it was said
	for i := 0; i < len(toks); {
		place, n, isBare := c.placeAt(toks, i, len(found) > 0)
		switch {
		case n > 0:
			ranged = ranged || next == i && wasBare != isBare // "the first two", "las dos primeras"
			found = append(found, place)
			next, wasBare = i+n, isBare
			bare = bare || isBare
			i += n
		case l.choice.negators.len(toks, i) > 0 && l.choice.fillers.len(toks, i) == 0:
			negated = true
			i += l.choice.negators.len(toks, i)
		case c.passes(toks, i) > 0:
			i += c.passes(toks, i)
		case toks[i].kind == mark:
			ranged = ranged || len(found) > 0 && (toks[i].is("-") || toks[i].is("/") || toks[i].is(":"))
			i++
		case toks[i].kind == emoji:
			i++
		default:
			return nil, ""
		}
	}
	return c.checkPlaces(found, bare, negated, ranged)
}

// passes gives the length of what may stand between places.
func (c *chooser) passes(toks []token, i int) int {
	w := &c.l.choice
	return max(w.fillers.len(toks, i), w.and.len(toks, i), w.or.len(toks, i), w.also.len(toks, i), c.l.articles.len(toks, i))
}

func (c *chooser) checkPlaces(found []int, bare, negated, ranged bool) ([]int, Why) {
	switch {
	case len(found) == 0:
		return nil, ""
	case negated:
		return nil, Negated
	case bare && c.numbers:
		return c.numberedLabel(found)
	case ranged && len(found) > 1:
		return nil, Ambiguous
	}
	for i, place := range found {
		if place < 0 {
			place += len(c.options) + 1
		}
		if place < 1 || place > len(c.options) {
			return nil, OutOfRange
		}
		found[i] = place - 1
	}
	slices.Sort(found)
	return slices.Compact(found), ""
}

// numberedLabel decides what a bare number means when labels hold numbers: the one label that has it, unless the place
// of that number is another option.
func (c *chooser) numberedLabel(found []int) ([]int, Why) {
	if len(found) > 1 {
		return nil, "" // "3 to 4 days" may well be a label
	}
	said := strconv.Itoa(found[0])
	label := -1
	for i := range c.options {
		if slices.ContainsFunc(c.options[i].words, func(t token) bool { return t.text == said || c.cardinal(t) == found[0] }) {
			if label >= 0 {
				return nil, Ambiguous
			}
			label = i
		}
	}
	switch {
	case label < 0:
		return nil, NotUnderstood
	case found[0] >= 1 && found[0] <= len(c.options) && found[0]-1 != label:
		return nil, Ambiguous
	}
	return []int{label}, ""
}

func (c *chooser) cardinal(t token) int {
	w, ok := c.l.numbers.cardinals[t.text]
	if !ok || t.kind != word {
		return -1
	}
	return int(w.value)
}

// placeAt reads one place at i, negative when counted from the end. bare is a number without "option" or "#" before it.
func (c *chooser) placeAt(toks []token, i int, more bool) (place, n int, bare bool) {
	l := c.l
	noun := func(k int) int { return k + l.choice.ordinalNoun.len(toks, i+k) }
	if k := l.choice.index.len(toks, i); k > 0 {
		num := l.numeralAt(toks, i+k)
		if num.word && l.choice.negators.len(toks, i) > 0 {
			return 0, 0, false // "no one" is not "no. 1"
		}
		if num.n > 0 && num.whole && num.value < 1000 {
			return int(num.value), k + num.n, false
		}
	}
	if k := l.choice.beforeLast.len(toks, i); k > 0 {
		return -2, noun(k), false
	}
	if k := l.choice.last.len(toks, i); k > 0 {
		return -1, noun(k), false
	}
	if o := l.numbers.ordinals[toks[i].text]; o > 0 {
		return o, noun(1), false
	}
	if toks[i].kind == digits && len(toks[i].text) <= 3 {
		value, _ := strconv.Atoi(toks[i].text) // three digits: no error
		if i+1 < len(toks) && !toks[i+1].gap && toks[i+1].kind == word {
			if l.numbers.ordinalMarks.len(toks, i+1) > 0 {
				return value, noun(2), false
			}
			return 0, 0, false
		}
		return value, 1, true
	}
	num := l.numeralAt(toks, i)
	if num.n == 0 || num.slip || !num.whole || toks[i].kind == digits {
		return 0, 0, false
	}
	if l.numbers.pronoun.len(toks, i) > 0 && i > 0 && !more {
		return 0, 0, false // "the one", "this one"
	}
	return int(min(num.value, 1000)), num.n, true
}
