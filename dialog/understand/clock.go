package understand

import "strconv"

type timeWords struct {
	at, am, pm, oclock, noon, midnight, parts  phrases
	halfPast, quarterPast, quarterTo, past, to phrases
	halfAfter, quarterAfter, quarterLess       phrases
	less, and, oh, the                         phrases
}

func newTimeWords(d timeData) timeWords {
	w := timeWords{
		at: phrasesOf(d.At), am: phrasesOf(d.AM), pm: phrasesOf(d.PM), oclock: phrasesOf(d.OClock), noon: phrasesOf(d.Noon),
		midnight: phrasesOf(d.Midnight), halfPast: phrasesOf(d.HalfPast), quarterPast: phrasesOf(d.QuarterPast),
		quarterTo: phrasesOf(d.QuarterTo), past: phrasesOf(d.Past), to: phrasesOf(d.To), halfAfter: phrasesOf(d.HalfAfter),
		quarterAfter: phrasesOf(d.QuarterAfter), quarterLess: phrasesOf(d.QuarterLess), less: phrasesOf(d.Less),
		and: phrasesOf(d.And), oh: phrasesOf(d.Oh), the: phrasesOf(d.The),
	}
	for name, texts := range d.Parts {
		w.parts.add(int(partNamed(name)), texts...)
	}
	return w
}

// clock is a time of day as it was said. A bare hour has neither am, pm nor 24-hour form, so a part of the day applies.
type clock struct {
	hour, minute int
	bare         bool
	half         string // "am" or "pm"
	why          Why    // set when no clock shows it
	midnight     bool   // said by that name
	n            int    // tokens
}

// clockAt reads the time of day at i; n is 0 when there is none. A lone number is one only where lone says so.
func (l *Lexicon) clockAt(toks []token, i int, lone bool) clock {
	w := &l.times
	if n := w.noon.len(toks, i); n > 0 {
		return clock{hour: 12, n: n}
	}
	if n := w.midnight.len(toks, i); n > 0 {
		return clock{midnight: true, n: n}
	}
	start := i
	sure := lone
	if n := w.at.len(toks, i); n > 0 {
		i, sure = i+n, true
		if n := max(w.noon.len(toks, i), w.midnight.len(toks, i)); n > 0 {
			c := l.clockAt(toks, i, lone)
			c.n = i + n - start
			return c
		}
	}
	c := l.spokenClock(toks, i)
	if c.n == 0 {
		c = l.hourAt(toks, i, sure)
	}
	if c.n == 0 {
		return clock{}
	}
	c.n += i - start
	if c.why == "" && (c.hour > 24 || c.minute > 59 || c.hour == 24 && c.minute > 0) {
		c.why = NoSuchTime
	}
	c.hour %= 24
	return c
}

// spokenClock reads the forms that put the minutes first: "half past eight", "quarter to nine", "ten to six".
func (l *Lexicon) spokenClock(toks []token, i int) clock {
	w := &l.times
	for _, form := range [...]struct {
		words  phrases
		minute int
	}{{w.halfPast, 30}, {w.quarterPast, 15}, {w.quarterTo, -15}} {
		if n := form.words.len(toks, i); n > 0 {
			if hour, k := l.hourNumber(toks, i+n); k > 0 {
				return l.suffix(toks, i, offset(hour, form.minute, n+k))
			}
		}
	}
	minutes, n := l.hourNumber(toks, i)
	if n == 0 || minutes > 59 {
		return clock{}
	}
	sign, k := 1, w.past.len(toks, i+n)
	if k == 0 {
		sign, k = -1, w.to.len(toks, i+n)
		if k > 0 && minutes%5 != 0 { // "9 to 10" is a range
			return clock{}
		}
	}
	hour, m := l.hourNumber(toks, i+n+k)
	if k == 0 || m == 0 || hour > 12 {
		return clock{}
	}
	return l.suffix(toks, i, offset(hour, sign*minutes, n+k+m))
}

func offset(hour, minutes, n int) clock {
	c := clock{hour: hour, minute: minutes, bare: hour >= 1 && hour <= 12, n: n}
	if minutes < 0 {
		c.minute += 60
		if c.hour--; c.hour < 0 {
			c.hour = 23
		} else if c.hour == 0 {
			c.hour = 12
		}
	}
	return c
}

// hourNumber reads a whole number of one or two digits, or in words, at i. A leading article is passed over.
func (l *Lexicon) hourNumber(toks []token, i int) (value, n int) {
	skip := l.times.the.len(toks, i)
	j := i + skip
	if j >= len(toks) {
		return 0, 0
	}
	if toks[j].kind == digits {
		if len(toks[j].text) > 2 {
			return 0, 0
		}
		value, _ = strconv.Atoi(toks[j].text) // two digits: no error
		return value, skip + 1
	}
	num := l.wordsAt(toks, j)
	if num.n == 0 || !num.whole || num.value > 59 || num.slip && num.n > 1 {
		return 0, 0
	}
	return int(num.value), skip + num.n
}

// hourAt reads the forms that begin with the hour: "9", "9:30", "20h", "0930", "8pm", "ocho y media", "nine thirty".
func (l *Lexicon) hourAt(toks []token, i int, sure bool) clock {
	if c := runDigits(toks, i, sure, &l.times); c.n > 0 {
		return l.suffix(toks, i, c)
	}
	hour, n := l.hourNumber(toks, i)
	if n == 0 {
		return clock{}
	}
	c := clock{hour: hour, bare: hour >= 1 && hour <= 12 && (toks[i+n-1].kind != digits || toks[i+n-1].text[0] != '0'), n: n}
	exact := l.minutesAt(toks, i, &c, sure)
	if !exact && (l.countsDays(toks, i+c.n) || glued(toks, i+c.n, "/") || glued(toks, i+c.n, ".") || glued(toks, i+c.n, ",")) {
		return clock{}
	}
	before := c.n
	c = l.suffix(toks, i, c)
	_, partNext := l.times.parts.at(toks, i+c.n)
	_, tonight := l.dates.todayPart.at(toks, i+c.n)
	if !exact && !sure && c.n == before && partNext == 0 && tonight == 0 {
		return clock{}
	}
	return c
}

// countsDays reports whether what follows a number makes it a date, an ordinal or a span of time.
func (l *Lexicon) countsDays(toks []token, i int) bool {
	if i >= len(toks) {
		return false
	}
	d := &l.dates
	if toks[i].kind == word && !toks[i].gap && l.numbers.ordinalMarks.len(toks, i) > 0 {
		return true
	}
	j := i + d.of.len(toks, i)
	if d.months.len(toks, i) > 0 || d.months.len(toks, j) > 0 {
		return true
	}
	_, n := d.units.at(toks, i)
	return n > 0 && l.times.oclock.len(toks, i) == 0 || toks[i].is("%")
}

// minutesAt reads the minutes after the hour into c. It reports whether they were said in a way that only times have.
func (l *Lexicon) minutesAt(toks []token, i int, c *clock, sure bool) bool {
	w := &l.times
	j := i + c.n
	inDigits := toks[j-1].kind == digits
	for _, sep := range [...]string{":", ".", "h", "'"} {
		if inDigits && (glued(toks, j, sep)) && len(toks[j+1].text) == 2 {
			c.minute, _ = strconv.Atoi(toks[j+1].text)
			c.n += 2
			if sep == ":" && glued(toks, j+2, ":") {
				c.n += 2
			}
			if c.minute > 59 || c.hour > 24 {
				c.why = NoSuchTime
			}
			return true
		}
	}
	switch {
	case inDigits && glued(toks, j, ":"):
		c.why = NoSuchTime
		c.n += 2
		return true
	case w.halfAfter.len(toks, j) > 0:
		c.minute, c.n = 30, c.n+w.halfAfter.len(toks, j)
		return true
	case w.quarterAfter.len(toks, j) > 0:
		c.minute, c.n = 15, c.n+w.quarterAfter.len(toks, j)
		return true
	case w.quarterLess.len(toks, j) > 0:
		less := offset(c.hour, -15, c.n+w.quarterLess.len(toks, j))
		*c = less
		return true
	}
	return l.spokenMinutes(toks, j, c, sure)
}

// spokenMinutes reads "ocho y veinte", "nueve menos diez", "nine thirty", "nine oh five".
func (l *Lexicon) spokenMinutes(toks []token, j int, c *clock, sure bool) bool {
	w := &l.times
	if k := w.less.len(toks, j); k > 0 {
		if m, n := l.hourNumber(toks, j+k); n > 0 && m > 0 && m < 60 {
			*c = offset(c.hour, -m, c.n+k+n)
			return true
		}
	}
	if k := w.oh.len(toks, j); k > 0 {
		if m, n := l.hourNumber(toks, j+k); n > 0 && m < 10 {
			c.minute, c.n = m, c.n+k+n
			return true
		}
	}
	k := w.and.len(toks, j)
	if k > 0 && !l.numbers.joinsTens { // "nine and thirty" is not said
		return false
	}
	m, n := l.hourNumber(toks, j+k)
	if n == 0 || w.the.len(toks, j+k) > 0 || l.countsDays(toks, j+k+n) {
		return false
	}
	spelled := toks[j+k].kind == word || k > 0
	if spelled && toks[j-1].kind == digits && k == 0 || !spelled && (!sure || len(toks[j+k].text) != 2 || !toks[j].gap) {
		return false
	}
	if m < 10 && k == 0 || m > 59 || k > 0 && m < 1 || k > 0 && !sure && m < 13 {
		return false
	}
	c.minute, c.n = m, c.n+k+n
	return true
}

// runDigits reads "0930", and "1930" or "830" where a time is due.
func runDigits(toks []token, i int, sure bool, w *timeWords) clock {
	if i >= len(toks) || toks[i].kind != digits || len(toks[i].text) != 4 && len(toks[i].text) != 3 {
		return clock{}
	}
	if !sure && toks[i].text[0] != '0' && w.oclock.len(toks, i+1) == 0 && w.am.len(toks, i+1) == 0 && w.pm.len(toks, i+1) == 0 {
		return clock{}
	}
	if i+1 < len(toks) && (toks[i+1].is("-") || toks[i+1].is("/")) {
		return clock{}
	}
	value, _ := strconv.Atoi(toks[i].text) // four digits: no error
	c := clock{hour: value / 100, minute: value % 100, n: 1}
	if len(toks[i].text) == 3 {
		c.bare = true
		if c.minute%5 != 0 || c.minute > 55 || c.hour == 0 {
			return clock{} // more likely a count than a time
		}
	}
	return c
}

// suffix reads am, pm and o'clock after a time of c.n tokens at i.
func (l *Lexicon) suffix(toks []token, i int, c clock) clock {
	w := &l.times
	c.n += l.ishAt(toks, i+c.n)
	c.n += w.oclock.len(toks, i+c.n)
	for _, half := range [...]struct {
		name  string
		words phrases
	}{{"am", w.am}, {"pm", w.pm}} {
		n := half.words.len(toks, i+c.n)
		if n == 0 {
			continue
		}
		c.n += n
		switch {
		case half.name == "am" && c.hour > 12, c.hour > 23, c.hour == 0 && half.name == "pm":
			c.why = NoSuchTime
		case half.name == "pm" && c.hour < 12:
			c.hour += 12
		case half.name == "am" && c.hour == 12:
			c.hour = 0
		}
		c.bare, c.half = false, half.name
	}
	return c
}

// ishAt gives the length of the "ish" of "7ish" or "7-ish" at i.
func (l *Lexicon) ishAt(toks []token, i int) int {
	if i < len(toks) && toks[i].is("-") && l.numbers.ish.len(toks, i+1) > 0 {
		return 2
	}
	return l.numbers.ish.len(toks, i)
}
