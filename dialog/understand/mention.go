package understand

// form is how a number is mentioned.
type form uint8

const (
	asNumber form = iota
	asPercent
	asFraction // value out of of
	asRange    // a bound: "more than 5", "7+"
	asNegated  // "not 7"
	asUnit     // counts something: "7 hours"
	asOther    // a time, a date, an ordinal, a code: a number, but not an answer
)

// mention is one number in a message, with the tokens it takes, from and to (exclusive).
type mention struct {
	numeral
	from, to int
	form     form
	of       float64
}

type numberWords struct {
	cardinals                                      map[string]numeralWord
	ordinals                                       map[string]int
	decimal, joiner                                string
	joinsTens                                      bool
	point, half, halfOf, fractions                 phrases
	none, minus, percent, outOf                    phrases
	scale, around, then, pronounBefore, pronoun    phrases
	less, more, orMore, between, to, noRange, past phrases
	negators, unitsOf, currency, ordinalMarks, ish phrases
}

func newNumberWords(d numberData) numberWords {
	w := numberWords{
		cardinals: make(map[string]numeralWord), ordinals: make(map[string]int), decimal: d.Decimal,
		joiner: d.Joiner, joinsTens: d.JoinsTens, point: phrasesOf(d.Point), half: phrasesOf(d.Half), halfOf: phrasesOf(d.HalfOf),
		fractions: phrasesOf(d.Fractions), none: phrasesOf(d.None),
		minus: phrasesOf(d.Minus), percent: phrasesOf(d.Percent), outOf: phrasesOf(d.OutOf), scale: phrasesOf(d.Scale),
		around: phrasesOf(d.Around), then: phrasesOf(d.Then), pronounBefore: phrasesOf(d.PronounBefore),
		pronoun: phrasesOf(d.Pronoun), less: phrasesOf(d.Less), more: phrasesOf(d.More), orMore: phrasesOf(d.OrMore),
		between: phrasesOf(d.Between), to: phrasesOf(d.To), noRange: phrasesOf(d.NoRange), past: phrasesOf(d.Past),
		negators: phrasesOf(d.Negators), unitsOf: phrasesOf(d.UnitsOf), currency: phrasesOf(d.Currency),
		ordinalMarks: phrasesOf(d.OrdinalMarks), ish: phrasesOf(d.Ish),
	}
	for kind, words := range map[numeralKind]map[string]float64{
		unitWord: d.Units, teenWord: d.Teens, tenWord: d.Tens, hundredWord: d.Hundreds, scaleWord: d.Scales,
	} {
		for text, value := range words {
			w.cardinals[fold(text)] = numeralWord{value, kind}
		}
	}
	for text, n := range d.Ordinals {
		w.ordinals[fold(text)] = n
	}
	return w
}

// mentions finds every number in the tokens and how it is meant.
func (l *Lexicon) mentions(dst []mention, toks []token, b Bounds) []mention {
	for i := 0; i < len(toks); {
		m := mention{numeral: l.numeralAt(toks, i), from: i}
		if m.n == 0 {
			if toks[i].kind == digits { // 1.2.3 and the like
				dst = append(dst, mention{from: i, to: i + 1, form: asOther})
			}
			i++
			continue
		}
		m.to = i + m.n
		if m.word && l.isPronoun(toks, m) {
			i = m.to
			continue
		}
		l.readBefore(toks, &m)
		l.readAfter(toks, &m, b)
		dst = append(dst, m)
		i = m.to
	}
	return dst
}

// isPronoun reports whether a spelled-out "one" stands for a thing: "this one", "one of those days", "una vez".
func (l *Lexicon) isPronoun(toks []token, m mention) bool {
	w := &l.numbers
	if m.n != 1 || w.pronoun.len(toks, m.from) == 0 {
		return false
	}
	if l.isArticle(toks[m.from]) {
		return w.unitsOf.len(toks, m.to) == 0 // "un vaso" counts
	}
	if w.pronounBefore.before(toks, m.from) > 0 {
		return true
	}
	after := m.to
	if after >= len(toks) || toks[after].kind != word {
		return false
	}
	return w.outOf.len(toks, after) > 0 && l.numeralAt(toks, after+w.outOf.len(toks, after)).n == 0
}

// readBefore looks at what leads up to the number: a sign, a negation, a bound.
func (l *Lexicon) readBefore(toks []token, m *mention) {
	w := &l.numbers
	i := m.from
	if i == 0 {
		return
	}
	before := toks[i-1]
	switch {
	case before.kind == mark && !toks[i].gap && before.is("-") && (i == 1 || before.gap || toks[i-2].kind == mark):
		m.value, m.from = -m.value, i-1
	case before.kind == mark && !toks[i].gap && (before.is("<") || before.is(">")):
		m.form = asRange
	case before.kind == word && !toks[i].gap, before.kind == mark && !toks[i].gap && before.is("."):
		m.form = asOther // a7, .7
	case before.kind == mark && before.is("#"), l.numbersThing(toks, i):
		m.form = asOther
	case w.minus.before(toks, i) > max(w.around.before(toks, i), w.more.before(toks, i), w.less.before(toks, i)):
		m.value, m.from = -m.value, i-w.minus.before(toks, i)
	}
	if at := l.times.at.before(toks, i); at > 1 || at == 1 && l.times.the.before(toks, i) == 1 {
		m.form = asOther // a las 7
	}
	if w.point.before(toks, i) > 0 {
		m.form = asOther // "point five"
	}
	// Between the bound or negation and the number only an article or an approximation may stand.
	for j := m.from; j > 0 && m.form == asNumber; {
		around := max(w.around.before(toks, j), l.articles.before(toks, j), w.currency.before(toks, j))
		switch {
		case w.less.before(toks, j) > 0 || w.more.before(toks, j) > 0:
			m.form = asRange
		case toks[j-1].ends():
			return
		case w.negators.before(toks, j) > around && !l.unsureEnds(toks, j):
			m.form = asNegated
		case around == 0:
			return
		}
		j -= max(around, 1)
	}
}

// numbersThing reports whether the number at i is the name of a thing: "day 7", "on week 3".
func (l *Lexicon) numbersThing(toks []token, i int) bool {
	k := l.numbers.unitsOf.before(toks, i)
	if k == 0 {
		return false
	}
	j := i - k
	return j == 0 || l.times.at.before(toks, j) > 0 || l.dates.on.before(toks, j) > 0 && l.dates.this.before(toks, j) == 0 && !l.isArticle(toks[j-1])
}

// unsureEnds reports whether a negator at j is part of "not sure" or "i don't know", which negates nothing.
func (l *Lexicon) unsureEnds(toks []token, j int) bool {
	for k := max(0, j-4); k < j; k++ {
		if n := l.unsure.len(toks, k); n > 0 && k+n >= j {
			return true
		}
	}
	return false
}

// readAfter looks at what follows the number: its scale, a unit, or a sign that it is not an answer.
func (l *Lexicon) readAfter(toks []token, m *mention, b Bounds) {
	w := &l.numbers
	if m.to >= len(toks) {
		return
	}
	if n := l.ishAt(toks, m.to); n > 0 {
		m.to += n // "4ish out of 10"
		if m.to >= len(toks) {
			return
		}
	}
	next := toks[m.to]
	digitsRun := !m.word && !next.gap
	switch {
	case next.is("%"):
		m.set(asPercent, 1)
	case w.percent.len(toks, m.to) > 0:
		m.set(asPercent, w.percent.len(toks, m.to))
	case next.is("/"), w.outOf.len(toks, m.to) > 0:
		l.readFraction(toks, m, b)
	case digitsRun && next.is(":") && m.to+1 < len(toks) && toks[m.to+1].kind == digits && !toks[m.to+1].gap:
		m.set(asOther, 2)
	case digitsRun && next.is("+"):
		m.set(asRange, 1)
	case w.orMore.len(toks, m.to) > 0:
		m.set(asRange, w.orMore.len(toks, m.to))
	case w.less.len(toks, m.to) > 1 || w.more.len(toks, m.to) > 1: // "5 less than yesterday"
		m.set(asRange, 0)
	case w.fractions.len(toks, m.to) > 0:
		m.set(asOther, w.fractions.len(toks, m.to))
	case w.unitsOf.len(toks, m.to) > 0:
		m.set(asUnit, w.unitsOf.len(toks, m.to))
		if half := w.half.len(toks, m.to); half > 0 && m.whole { // "two hours and a half"
			m.value, m.whole, m.to = m.value+0.5, false, m.to+half
		} else if w.less.len(toks, m.to) > 1 || w.more.len(toks, m.to) > 1 {
			m.form = asRange
		}
	case digitsRun && (next.kind == word || next.kind == digits):
		m.set(asOther, 1)
	}
}

// set gives the mention a form, unless what came before it decided, and takes n more tokens in.
func (m *mention) set(f form, n int) {
	if m.form == asNumber {
		m.form = f
	}
	m.to += n
}

// readFraction reads "/10" and "out of ten". Another part ("7/10/2026") makes it a date.
func (l *Lexicon) readFraction(toks []token, m *mention, b Bounds) {
	skip := 1
	if !toks[m.to].is("/") {
		skip = l.numbers.outOf.len(toks, m.to)
	}
	of := l.numeralAt(toks, m.to+skip)
	if of.n == 0 {
		if l.articles.len(toks, m.to+skip) == 0 && !toks[m.to].is("/") || b.Bounded {
			m.set(asUnit, 0) // "two of them"
		}
		return
	}
	m.set(asFraction, skip+of.n)
	m.of = of.value
	if m.to < len(toks) && toks[m.to].is("/") {
		m.form = asOther
	}
}
