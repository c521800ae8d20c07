package understand

import (
	"strconv"
	"time"
)

// day is a date found in a message.
type day struct {
	date    time.Time
	why     Why
	n       int  // tokens
	weekday bool // said as a weekday only; a day of the month beside it settles it
	weak    bool // said with an abbreviation that is also a word: "sun", "sat"
	part    part // "tonight" is a day and a part of it
	clock   *clock
}

// dayReader reads the days of one message.
type dayReader struct {
	l    *Lexicon
	toks []token
	now  time.Time
	calendar
}

// at reads the day at i, by each way of saying one in turn; n is 0 when there is none.
func (r *dayReader) at(i int) day {
	for _, read := range [...]func(int) day{r.numeric, r.named, r.span, r.weekdayAt, r.monthAt, r.ordinal, r.afterWeekday} {
		if d := read(i); d.n > 0 {
			return d
		}
	}
	return day{}
}

// numeric reads 2026-05-12, 12/5, 12.5.2026.
func (r *dayReader) numeric(i int) day {
	toks := r.toks
	if toks[i].kind != digits || i+2 >= len(toks) {
		return day{}
	}
	sep := toks[i+1].text
	if sep != "/" && sep != "-" && sep != "." || !glued(toks, i+1, sep) {
		return day{}
	}
	a, b := short(toks[i]), short(toks[i+2])
	three := glued(toks, i+3, sep)
	switch {
	case len(toks[i].text) == 4 && three:
		return r.exact(year(toks[i]), b, short(toks[i+4]), 5)
	case len(toks[i].text) == 4 || len(toks[i].text) > 2 || len(toks[i+2].text) > 2:
		return day{}
	case !three && sep != "/":
		return day{} // "9.30" is a time and "6-7" a range
	}
	month, dayOfMonth, why := r.order(a, b)
	if three {
		d := r.exact(year(toks[i+4]), month, dayOfMonth, 5)
		if why != "" {
			d.why = why
		}
		return d
	}
	if why != "" {
		return day{why: why, n: 3}
	}
	date, why := r.monthDay(time.Month(month), dayOfMonth)
	return day{date: date, why: why, n: 3}
}

// order tells the month from the day. In a language where both orders are in use, it is Ambiguous unless one is above 12.
func (r *dayReader) order(a, b int) (month, dayOfMonth int, why Why) {
	switch {
	case a > 12 && b > 12:
		return 0, 0, NoSuchDate
	case a > 12 || r.l.dates.dayFirst && b <= 12 || a == b:
		return b, a, ""
	case b > 12:
		return a, b, ""
	}
	return a, b, Ambiguous
}

func (r *dayReader) exact(y, month, dayOfMonth, n int) day {
	date, ok := civil(y, time.Month(month), dayOfMonth)
	switch {
	case !ok:
		return day{why: NoSuchDate, n: n}
	case y < 1900 || y > 2199:
		return day{why: OutOfRange, n: n}
	}
	return day{date: date, n: n}
}

// short is the value of at most two digits, or 99, which is no day and no month.
func short(t token) int {
	if t.kind != digits || len(t.text) > 2 {
		return 99
	}
	v, _ := strconv.Atoi(t.text) // two digits: no error
	return v
}

// year reads four digits, or two for this century; 0 is no year.
func year(t token) int {
	v, err := strconv.Atoi(t.text)
	switch {
	case err != nil || t.kind != digits:
		return 0
	case len(t.text) == 2:
		return 2000 + v
	case len(t.text) == 4:
		return v
	}
	return 0
}

// named reads "today", "the day after tomorrow", "tonight", "christmas", "end of the month", "now".
func (r *dayReader) named(i int) day {
	w, toks := &r.l.dates, r.toks
	best := day{}
	for _, next := range [...]struct{ n, days int }{{w.dayAfter.len(toks, i), 1}, {w.dayBefore.len(toks, i), -1}} {
		if next.n == 0 || i+next.n >= len(toks) {
			continue
		}
		if base := r.namedOrWeekday(i + next.n); base.n > 0 && base.why == "" && base.clock == nil {
			return day{date: base.date.AddDate(0, 0, next.days), n: next.n + base.n}
		}
	}
	if offset, n := w.relative.at(toks, i); n > 0 {
		best = day{date: r.today.AddDate(0, 0, offset), n: n}
	}
	if p, n := w.todayPart.at(toks, i); n > best.n {
		best = day{date: r.today, n: n, part: part(p)}
	}
	if p, n := w.yesterdayPart.at(toks, i); n > best.n {
		best = day{date: r.today.AddDate(0, 0, -1), n: n, part: part(p)}
	}
	if n := w.monthEnd.len(toks, i); n > best.n {
		best = day{date: r.today.AddDate(0, 0, daysIn(r.today)-r.today.Day()), n: n}
	}
	if key, n := w.holidays.at(toks, i); n > best.n {
		date, why := r.monthDay(time.Month(key/100), key%100)
		best = day{date: date, why: why, n: n}
	}
	if n := w.now.len(toks, i); n > best.n {
		best = day{date: r.today, n: n, clock: &clock{hour: r.now.Hour(), minute: r.now.Minute()}}
	}
	return best
}

// span reads "in 3 days", "two weeks ago", "hace dos semanas", "a week from monday", "in half an hour".
func (r *dayReader) span(i int) day {
	w, toks := &r.l.dates, r.toks
	in, since := w.in.len(toks, i), w.since.len(toks, i)
	for _, lead := range [...]struct {
		n, sign int
	}{{since, -1}, {in, 1}, {0, 0}} {
		if lead.n == 0 && lead.sign != 0 {
			continue
		}
		count, unit, n := r.spanLength(i + lead.n)
		if n == 0 {
			continue
		}
		j := i + lead.n + n
		sign := lead.sign
		from := r.today
		if k := w.ago.len(toks, j); k > 0 && (sign <= 0) {
			sign, j = -1, j+k
		} else if k := w.fromNow.len(toks, j); k > 0 {
			sign, j = 1, j+k
		} else if k := w.from.len(toks, j); k > 0 && sign == 0 && j+k < len(toks) {
			base := r.namedOrWeekday(j + k)
			if base.n == 0 {
				continue
			}
			sign, from, j = 1, base.date, j+k+base.n
		}
		if sign == 0 && (unit == unitWeeks || unit == unitFortnights) { // "a week tomorrow", "a week on friday"
			k := w.on.len(toks, j)
			if base := r.namedOrWeekday(j + k); j+k < len(toks) && base.n > 0 {
				sign, from, j = 1, base.date, j+k+base.n
			}
		}
		if sign == 0 {
			continue
		}
		return r.moved(from, sign*count, unit, j-i)
	}
	return day{}
}

func (r *dayReader) namedOrWeekday(i int) day {
	if d := r.named(i); d.n > 0 {
		return d
	}
	return r.weekdayAt(i)
}

// spanLength reads "3 days", "a week", "a couple of weeks". A thousand of anything is not a plan.
func (r *dayReader) spanLength(i int) (count, unit, n int) {
	w, toks := &r.l.dates, r.toks
	if k := w.halfHour.len(toks, i); k > 0 {
		return 30, unitMinutes, k
	}
	k := w.two.len(toks, i)
	count = 2
	if k == 0 {
		if num := r.l.numeralAt(toks, i); num.n > 0 && num.whole && num.value >= 0 && num.value < 1000 {
			count, k = int(num.value), num.n
		} else if k = w.a.len(toks, i); k > 0 {
			count = 1
		}
	}
	if k == 0 {
		return 0, 0, 0
	}
	unit, m := w.units.at(toks, i+k)
	if m == 0 {
		return 0, 0, 0
	}
	return count, unit, k + m
}

func (r *dayReader) moved(from time.Time, count, unit, n int) day {
	switch unit {
	case unitDays:
		return day{date: from.AddDate(0, 0, count), n: n}
	case unitWeeks:
		return day{date: from.AddDate(0, 0, 7*count), n: n}
	case unitFortnights:
		return day{date: from.AddDate(0, 0, 14*count), n: n}
	case unitMonths:
		return day{date: addMonths(from, count), n: n}
	case unitYears:
		if count > 150 {
			return day{why: OutOfRange, n: n}
		}
		return day{date: addMonths(from, 12*count), n: n}
	}
	length := time.Hour
	if unit == unitMinutes {
		length = time.Minute
	}
	at := r.now.Add(time.Duration(count) * length)
	return day{date: dayOf(at), n: n, clock: &clock{hour: at.Hour(), minute: at.Minute()}}
}

// weekdayAt reads a weekday with what turns it: "next monday", "el lunes que viene", "last tuesday", "monday next week".
func (r *dayReader) weekdayAt(i int) day {
	w, toks := &r.l.dates, r.toks
	week := w.weekAfter.len(toks, i)
	j := i + week
	if week > 0 {
		j += w.on.len(toks, j)
	}
	next, this, last := w.next.len(toks, j), w.this.len(toks, j), w.last.len(toks, j)
	j += max(next, this, last)
	tag, n := w.weekdays.at(toks, j)
	if n == 0 {
		return day{}
	}
	d := day{weekday: true, weak: len(toks[j].text) <= 3}
	j += n
	if k := w.weekAfter.len(toks, j); k > 0 {
		week, j = k, j+k
	} else if k := w.nextAfter.len(toks, j); k > 0 {
		next, j = k, j+k
	} else if k := w.lastAfter.len(toks, j); k > 0 {
		last, j = k, j+k
	}
	name := time.Weekday(tag)
	switch {
	case week > 0:
		d.date = r.weekdayNextWeek(name)
	case last > 0 && next == 0:
		d.date = r.weekdayBefore(name)
	case this > 0 && next == 0 && name == r.today.Weekday():
		d.date = r.today
	case next > 0 || this > 0 && r.want != Past:
		d.date = r.weekdayAfter(name)
	default:
		d.date = r.weekday(name)
	}
	d.n = j - i
	return d
}
