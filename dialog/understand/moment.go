package understand

import "time"

// Moment is a date, a time of day, or both, as civil time in the person's own zone.
type Moment struct {
	Year    int
	Month   time.Month
	Day     int
	Hour    int
	Minute  int
	HasDate bool // Year, Month and Day were said
	HasTime bool // Hour and Minute were said
}

// Date reads a day, and a time of day if one is said with it. now is the present in the person's zone. A bare hour is
// taken as said: "at 9" is 09:00. The time of a date that is today may have gone by already; only days are compared
// with want. Read a date back before relying on it.
func (l *Lexicon) Date(text string, now time.Time, want Want) (Moment, Why) {
	var space [48]token
	toks, why := l.open(space[:0], text)
	if why != "" {
		return Moment{}, why
	}
	r := l.readMoment(toks, now, want, false)
	if why := r.refusal(); why != "" {
		return Moment{}, why
	}
	if len(r.days) == 0 {
		return Moment{}, r.nothing(NoDay)
	}
	m, why := r.moment()
	if why == "" {
		why = r.allows(r.days[0].date)
	}
	if why != "" {
		return Moment{}, why
	}
	return m, ""
}

// Time reads a time of day, and the date if one is said with it. Dates are read as coming ones.
func (l *Lexicon) Time(text string, now time.Time) (Moment, Why) {
	var space [48]token
	toks, why := l.open(space[:0], text)
	if why != "" {
		return Moment{}, why
	}
	r := l.readMoment(toks, now, Future, true)
	if why := r.refusal(); why != "" {
		return Moment{}, why
	}
	if len(r.clocks) == 0 {
		return Moment{}, r.nothing(NoTime)
	}
	m, why := r.moment()
	if why != "" {
		return Moment{}, why
	}
	return m, ""
}

// momentReading is all that a message says about when.
type momentReading struct {
	calendar
	l         *Lexicon
	toks      []token
	days      []day
	clocks    []clock
	part      part
	parts     int // different parts of the day
	vague     bool
	negated   bool
	ranged    bool
	bounded   bool // before, after
	lone      bool // a clock was read from a lone number
	strangers int
	loose     int // numbers that are part of nothing
}

func (l *Lexicon) readMoment(toks []token, now time.Time, want Want, lone bool) *momentReading {
	cal := calendar{dayOf(now), want}
	m := &momentReading{calendar: cal, l: l, toks: toks}
	r := dayReader{l, toks, now, cal}
	for i := 0; i < len(toks); {
		i += m.step(&r, i, lone)
	}
	m.settleWeekday()
	return m
}

// step reads what stands at i and gives its length, at least 1.
func (m *momentReading) step(r *dayReader, i int, lone bool) int {
	l, toks, w := m.l, m.toks, &m.l.dates
	p, partLen := l.times.parts.at(toks, i)
	d := r.at(i)
	if d.n > 0 && d.n >= partLen && d.n > w.vague.len(toks, i) {
		m.addDay(d)
		return d.n
	}
	if partLen > 0 {
		m.addPart(part(p))
		return partLen
	}
	after := i > 0 && len(m.clocks) > 0 && w.or.before(toks, i) > 0
	if c := l.clockAt(toks, i, lone || after); c.n > 0 {
		m.lone = m.lone || l.clockAt(toks, i, false).n == 0
		m.clocks = append(m.clocks, c)
		return c.n
	}
	vague, unsure := w.vague.len(toks, i), l.unsure.len(toks, i)
	switch n := max(vague, unsure); {
	case vague > 0 && vague >= unsure:
		m.vague = true
		return vague
	case n > 0:
		return n
	}
	if w.or.len(toks, i) > 0 {
		m.ranged = true
		return w.or.len(toks, i)
	}
	if n := w.negators.len(toks, i); n > 0 {
		m.negated = true
		return n
	}
	if n := w.before.len(toks, i); n > 0 {
		m.bounded = true
		return n
	}
	return m.pass(i)
}

// pass goes over a word that says nothing about when, and counts those that nobody answers with.
func (m *momentReading) pass(i int) int {
	l, toks := m.l, m.toks
	exact := l.numbers.ordinals[toks[i].text] > 0 || l.dates.months.len(toks, i) > 0
	if n := max(l.polite.len(toks, i), l.dates.fillers.len(toks, i), l.dates.on.len(toks, i), l.times.at.len(toks, i), l.articles.len(toks, i)); n > 0 && !exact {
		return n
	}
	switch {
	case exact, l.dates.units.len(toks, i) > 0, l.times.am.len(toks, i) > 0, l.times.pm.len(toks, i) > 0:
		m.loose++ // "the second monday of december", "friday week": more than a weekday was said
	case toks[i].kind == digits || l.numeralAt(toks, i).n > 0 && l.numbers.pronoun.len(toks, i) == 0:
		m.loose++
	case toks[i].kind == word || toks[i].is("/") || toks[i].is("%"):
		m.strangers++
	}
	return 1
}

func (m *momentReading) addDay(d day) {
	if d.clock != nil {
		m.clocks = append(m.clocks, *d.clock)
	}
	if d.part != noPart {
		m.addPart(d.part)
	}
	m.days = append(m.days, d)
}

func (m *momentReading) addPart(p part) {
	if m.part != noPart && m.part != p {
		m.parts++
	}
	m.part = p
}

// settleWeekday joins "friday the 20th" into one day; a weekday that contradicts its date is Ambiguous.
func (m *momentReading) settleWeekday() {
	if len(m.days) != 2 || m.days[0].weekday == m.days[1].weekday {
		return
	}
	name, exact := m.days[0], m.days[1]
	if !name.weekday {
		name, exact = exact, name
	}
	if exact.why == "" && exact.date.Weekday() != name.date.Weekday() {
		exact.why = Ambiguous
	}
	m.days = []day{exact}
}

// refusal says why the message as a whole is no answer to when.
func (m *momentReading) refusal() Why {
	for _, d := range m.days {
		switch {
		case d.why != "":
			return d.why
		case d.weak && m.strangers > 0:
			return NotUnderstood
		case !d.date.Equal(m.days[0].date):
			return m.orRange(Several)
		}
	}
	for _, c := range m.clocks {
		if c.why != "" {
			return c.why
		}
		if c.hour != m.clocks[0].hour || c.minute != m.clocks[0].minute {
			return m.orRange(Several)
		}
	}
	switch {
	case len(m.days)+len(m.clocks) == 0:
		return ""
	case m.negated:
		return Negated
	case m.bounded, m.vague, m.parts > 0:
		return Ambiguous
	case m.loose > 0, m.strangers > 3, m.lone && m.strangers > 0, wordCount(m.toks) > 2*maxWords:
		return NotUnderstood
	}
	return ""
}

func (m *momentReading) orRange(otherwise Why) Why {
	if m.ranged {
		return Range
	}
	return otherwise
}

// nothing says why what is needed was not found. missing is for a message that says the other half.
func (m *momentReading) nothing(missing Why) Why {
	switch {
	case len(m.days)+len(m.clocks) > 0 || m.part != noPart && m.strangers == 0:
		return missing
	case m.l.hedges(m.toks):
		return Unsure
	case m.vague && m.strangers == 0:
		return Ambiguous
	}
	return NotUnderstood
}

// moment puts the one day and the one clock together.
func (m *momentReading) moment() (Moment, Why) {
	var out Moment
	if len(m.days) > 0 {
		d := m.days[0].date
		out.Year, out.Month, out.Day, out.HasDate = d.Year(), d.Month(), d.Day(), true
	}
	if len(m.clocks) > 0 {
		c, why := m.clocks[0].in(m.part)
		if why != "" {
			return Moment{}, why
		}
		if len(m.days) > 0 && (m.part == night && c.hour < 6 || c.midnight) {
			return Moment{}, Ambiguous // is "tonight at 12" today's or tomorrow's?
		}
		out.Hour, out.Minute, out.HasTime = c.hour, c.minute, true
	}
	return out, ""
}
