package understand

import (
	"math"
	"slices"
)

// Bounds says which numbers an answer may be. The zero Bounds takes any number.
type Bounds struct {
	Min, Max float64 // read when Bounded; infinite for an open side
	Bounded  bool
	Whole    bool // only whole numbers
	Halves   bool // whole numbers and halves
}

func (b Bounds) check(v float64) Why {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > 1e15:
		return OutOfRange
	case b.Bounded && (v < b.Min || v > b.Max):
		return OutOfRange
	case b.Halves && v*2 != math.Trunc(v*2), b.Whole && !b.Halves && v != math.Trunc(v):
		return NotWhole
	}
	return ""
}

// Ruler reads a whole number from min to max, as people say it: "7", "about a 7", "7/10", "seven", "70%". Hedged numbers
// are taken, two numbers are not ("6 or 7" is Range). "None" and "nothing" are no numbers on a ruler, zero is: someone
// who says "nothing" to "how sure are you?" may mean the question.
func (l *Lexicon) Ruler(text string, min, max int) (int, Why) {
	if v, ok := plainDigits(text); ok {
		if v < min || v > max {
			return 0, OutOfRange
		}
		return v, ""
	}
	v, why := l.ruler(text, Bounds{Min: float64(min), Max: float64(max), Bounded: true, Whole: true})
	return int(v), why
}

// plainDigits is the fast path: one or two digits and nothing else.
func plainDigits(text string) (int, bool) {
	if len(text) == 1 && text[0] >= '0' && text[0] <= '9' {
		return int(text[0] - '0'), true
	}
	if len(text) == 2 && text[0] >= '1' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9' {
		return int(text[0]-'0')*10 + int(text[1]-'0'), true
	}
	return 0, false
}

func (l *Lexicon) ruler(text string, b Bounds) (float64, Why) {
	var space [48]token
	toks, why := l.open(space[:0], text)
	if why != "" {
		return 0, why
	}
	return l.numberOf(toks, b, true)
}

// Number reads a number with its decimals, comma or point, with or without a unit: "12 a day", "7,5", "forty-five
// minutes". "None" is 0 here: the question was how many.
func (l *Lexicon) Number(text string, b Bounds) (float64, Why) {
	var space [48]token
	toks, why := l.open(space[:0], text)
	if why != "" {
		return 0, why
	}
	if l.saysNone(toks) {
		return 0, b.check(0)
	}
	return l.numberOf(toks, b, false)
}

// saysNone reports whether the message says "none", with no more than words that people put around a number.
func (l *Lexicon) saysNone(toks []token) bool {
	core := l.trimPolite(toks)
	for i := range core {
		if n := l.numbers.none.len(core, i); n > 0 {
			numbers := l.mentions(nil, core[i+n:], Bounds{})
			return len(numbers) == 0 && (i+n == len(core) || wordCount(core) <= 4) && l.strangers(core[:i], 0)+l.strangers(core, i+n) == 0
		}
		if l.numeralAt(core, i).n > 0 {
			return false
		}
	}
	return false
}

// numberOf decides what the mentions of numbers in a message add up to. On a ruler, the words around the number must be
// ones that people answer with; for other numbers a unit or a clause may follow it.
func (l *Lexicon) numberOf(toks []token, b Bounds, ruler bool) (float64, Why) {
	var space [4]mention
	found := l.mentions(space[:0], toks, b)
	if rest, ok := l.withoutScale(toks, found, b); ok {
		toks = rest
		found = l.mentions(space[:0], toks, b)
	}
	if len(found) == 0 {
		if l.hedges(toks) {
			return 0, Unsure
		}
		return 0, NotUnderstood
	}
	one, why := l.single(toks, found)
	if why != "" {
		return 0, why
	}
	v, why := one.on(b, ruler)
	switch {
	case why == "" && (ruler && !l.answers(toks, one) || !ruler && !l.counts(toks, one)):
		return 0, NotUnderstood
	case why == "":
		why = b.check(v)
	}
	if why != "" {
		return 0, why
	}
	return v + 0, "" // minus zero is zero
}

// hedges reports whether the message says only that the person does not know.
func (l *Lexicon) hedges(toks []token) bool {
	some := false
	for i := 0; i < len(toks); {
		tag, n := l.yesNo.set.at(toks, i)
		switch {
		case n > 0 && tag == saysUnsure:
			some = true
			i += n
		case l.numbers.around.len(toks, i) > 0:
			i += l.numbers.around.len(toks, i)
		case l.yesNo.fill.len(toks, i) > 0:
			i += l.yesNo.fill.len(toks, i)
		case toks[i].kind == mark:
			i++
		default:
			return false
		}
	}
	return some
}

// on gives the value of the mention on the bounds' scale.
func (m mention) on(b Bounds, ruler bool) (float64, Why) {
	switch m.form {
	case asPercent:
		if ruler && b.Min == 0 && b.Max == 10 {
			return m.value / 10, ""
		}
		if b.Bounded && b.Max < 100 {
			return 0, Ambiguous
		}
	case asFraction:
		if !b.Bounded || m.of != b.Max || m.value > m.of {
			return 0, Ambiguous
		}
	case asRange:
		return 0, Range
	case asNegated:
		return 0, Negated
	case asUnit:
		if ruler {
			return 0, NotUnderstood
		}
	case asOther:
		return 0, NotUnderstood
	}
	if m.fuzzy {
		return 0, Ambiguous
	}
	return m.value, ""
}

// single brings the mentions down to one: a number said twice is one. Otherwise it says why there are too many.
func (l *Lexicon) single(toks []token, found []mention) (mention, Why) {
	one := found[0]
	for _, m := range found[1:] {
		if m.value == one.value && m.form == one.form {
			continue
		}
		if m.form == asOther || one.form == asOther {
			return one, Several
		}
		if len(found) == 2 && l.rangeBetween(toks, one, m) {
			return one, Range
		}
		return one, Several
	}
	return one, ""
}

// withoutScale takes "on a scale of 0 to 10" and "del 0 al 10" out of the tokens when another number is there.
func (l *Lexicon) withoutScale(toks []token, found []mention, b Bounds) ([]token, bool) {
	if len(found) < 3 || !b.Bounded {
		return nil, false
	}
	for i := 0; i+1 < len(found); i++ {
		lo, hi := found[i], found[i+1]
		if (lo.value == b.Min || lo.value == 1) && hi.value == b.Max && l.rangeBetween(toks, lo, hi) &&
			(i == 0 && lo.from == 0 || l.numbers.scale.has(toks[:lo.from])) {
			return slices.Concat(toks[:lo.from], toks[hi.to:]), true
		}
	}
	return nil, false
}

// rangeBetween reports whether only words of a range stand between two mentions ("6 or 7", "6, maybe 7").
func (l *Lexicon) rangeBetween(toks []token, a, b mention) bool {
	w := &l.numbers
	if w.past.has(toks[:a.from]) || a.to > b.from {
		return false
	}
	start := a.from
	for start > 0 && l.isArticle(toks[start-1]) {
		start--
	}
	ranged := w.between.before(toks, start) > 0
	for i := a.to; i < b.from; {
		n := w.to.len(toks, i)
		if n == 0 {
			n = w.around.len(toks, i)
		} else if w.noRange.len(toks, i) != n {
			ranged = true
		}
		if n == 0 {
			return false
		}
		i += n
	}
	return ranged
}
