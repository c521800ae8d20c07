package understand

import "time"

func (r *scheduleReading) any() bool {
	return r.daily || r.week != [7]bool{} || len(r.monthDays) > 0
}

// days reads which days, or which weeks, are meant at i.
func (r *scheduleReading) days(i int) int {
	toks, w := r.toks, &r.l.sched
	if n := r.weeksAt(i); n > 0 {
		return n
	}
	if n := r.weekdayAt(i); n > 0 {
		return n
	}
	if n := r.monthDayAt(i); n > 0 {
		return n
	}
	daily, weekdays, weekends := w.daily.len(toks, i), w.weekdays.len(toks, i), w.weekends.len(toks, i)
	n := max(daily, weekdays, weekends)
	if n == 0 {
		return 0
	}
	for j := i; j < i+n; j++ {
		if p, k := r.l.times.parts.at(toks, j); k > 0 {
			r.part, r.partly = part(p), r.partly || daily == n
		}
	}
	switch {
	case weekdays == n:
		r.mark(time.Monday, time.Friday)
	case weekends == n:
		r.mark(time.Saturday, time.Sunday)
	case !r.partly:
		r.daily = true
	}
	return n
}

// mark notes the days from one weekday to another, round the end of the week.
func (r *scheduleReading) mark(from, to time.Weekday) {
	for d := from; ; d = (d + 1) % 7 {
		if r.excepting {
			r.out[d] = true
		} else {
			r.week[d], r.group[d] = true, true
		}
		if d == to {
			return
		}
	}
}

// weekdayAt reads a weekday at i, or a row of them: "monday to friday".
func (r *scheduleReading) weekdayAt(i int) int {
	l, toks := r.l, r.toks
	day, n := r.weekday(i)
	if n == 0 {
		return 0
	}
	if r.notComma {
		r.turned = true // "not mondays, tuesdays": both, or the second one instead?
	}
	k := l.sched.through.len(toks, i+n)
	if k == 0 && l.dates.between.before(toks, i-l.articles.before(toks, i)) > 0 {
		k = l.sched.and.len(toks, i+n)
	}
	if k > 0 || i+n < len(toks) && toks[i+n].tied {
		k += l.articles.len(toks, i+n+k)
		if last, m := r.weekday(i + n + k); m > 0 {
			r.mark(time.Weekday(day), time.Weekday(last))
			return n + k + m
		}
	}
	r.mark(time.Weekday(day), time.Weekday(day))
	return n
}

const slipFrom = 5 // letters of a weekday in which one slip is forgiven

// weekday reads the name of a weekday, shortened or with a slip.
func (r *scheduleReading) weekday(i int) (day, n int) {
	l := r.l
	if day, n = l.dates.weekdays.at(r.toks, i); n > 0 {
		return day, n
	}
	if day, n = l.sched.shortDays.at(r.toks, i); n > 0 {
		return day, n
	}
	if i >= len(r.toks) || r.toks[i].kind != word || len(r.toks[i].text) < slipFrom || l.knows(r.toks[i].text) {
		return 0, 0
	}
	for name, list := range l.dates.weekdays.byFirst {
		if len(name) < slipFrom || len(list[0].rest) > 0 || !l.near(r.toks[i].text, name, 1) {
			continue
		}
		if n > 0 && day != list[0].tag {
			return 0, 0
		}
		day, n = list[0].tag, 1
	}
	return day, n
}

// notAt reads a "not" that says which days it is not: before days ("not on weekends"), or behind those that were named
// last ("los findes no").
func (r *scheduleReading) notAt(i int) int {
	n := r.l.sched.not.len(r.toks, i)
	if n == 0 {
		return 0
	}
	j := i + n
	for j < len(r.toks) && !r.toks[j].ends() && r.l.articles.len(r.toks, j) > 0 {
		j++
	}
	if j < len(r.toks) && !r.toks[j].ends() && r.namesDays(j) {
		if r.any() {
			r.excepting = true
			return n
		}
		r.excepting, r.not = true, true
		return n
	}
	opens := i == 0 && n < len(r.toks) && r.toks[n].ends()
	tag := j < len(r.toks) && r.toks[j].is("?") // "los lunes a las 9, no?"
	if opens || tag {
		return n
	}
	if r.group == [7]bool{} || !r.dayLast || j < len(r.toks) && r.toks[j].kind != mark {
		r.turned = true // what it is not, without days
		return n
	}
	for d, on := range r.group {
		if on {
			r.week[d], r.out[d] = false, true
		}
	}
	r.group = [7]bool{}
	return n
}

// rangeAt tells whether the clock of n tokens at i begins a span of time: "9 to 5", "between 9 and 10".
func (r *scheduleReading) rangeAt(i, n int) bool {
	l, toks := r.l, r.toks
	if l.dates.between.before(toks, i) > 0 {
		return true
	}
	k := l.sched.through.len(toks, i+n)
	return k > 0 && i+n+k < len(toks) && l.clockAt(toks, i+n+k, true).n > 0
}

// namesDays tells whether days of the week are named at i.
func (r *scheduleReading) namesDays(i int) bool {
	w := &r.l.sched
	_, n := r.weekday(i)
	return n > 0 || w.weekdays.len(r.toks, i) > 0 || w.weekends.len(r.toks, i) > 0
}

// beyondAt reads a span that cron cannot count in: "every 3 days", "every other month", "every hour".
func (r *scheduleReading) beyondAt(i int) int {
	l, toks, w := r.l, r.toks, &r.l.sched
	if w.fortnightly.len(toks, i) > 0 || w.daily.len(toks, i) > 0 || w.monthDay.len(toks, i) > w.everyN.len(toks, i) {
		return 0
	}
	if n := w.everyOther.len(toks, i); n > 0 {
		if unit, k := l.dates.units.at(toks, i+n); k > 0 && unit != unitWeeks {
			return n + k
		}
	}
	n := w.everyN.len(toks, i)
	if n == 0 {
		return 0
	}
	if unit, k := l.dates.units.at(toks, i+n); k > 0 && (unit == unitHours || unit == unitMinutes || unit == unitYears) {
		return n + k
	}
	k := 0
	if i+n < len(toks) && l.numbers.ordinals[toks[i+n].text] > 0 {
		k = 1
	} else if num := l.numeralAt(toks, i+n); num.n > 0 {
		k = num.n
	}
	if unit, m := l.dates.units.at(toks, i+n+k); k > 0 && m > 0 && unit != unitWeeks {
		return n + k + m
	}
	return 0
}

// weeksAt reads how many weeks lie between: "every other", "every 3 weeks", "fortnightly", "weekly", "monthly".
func (r *scheduleReading) weeksAt(i int) int {
	l, toks, w := r.l, r.toks, &r.l.sched
	if n := w.monthly.len(toks, i); n > 0 {
		r.monthly = true
		return n
	}
	if n := w.fortnightly.len(toks, i); n > 0 {
		r.every = 2
		return n
	}
	if n := w.everyOther.len(toks, i); n > 0 && l.dates.weekdays.len(toks, i+n) > 0 {
		r.every, r.mixed = 2, r.mixed || r.any() // "mondays and every other friday"
		return n
	}
	if n := w.everyN.len(toks, i); n > 0 {
		if i+n < len(toks) {
			if o := l.numbers.ordinals[toks[i+n].text]; o > 1 {
				if unit, k := l.dates.units.at(toks, i+n+1); k > 0 && unit == unitWeeks { // "every third week"
					r.every = o
					return n + 1 + k
				}
			}
		}
		if num := l.numeralAt(toks, i+n); num.n > 0 && num.whole && num.value >= 1 && num.value <= 52 {
			if unit, k := l.dates.units.at(toks, i+n+num.n); k > 0 && unit == unitWeeks {
				r.every = int(num.value)
				return n + num.n + k
			}
		}
	}
	if num := l.numeralAt(toks, i); num.n > 0 { // "3 times a week"
		if k := w.times.len(toks, i+num.n); k > 0 && w.weekly.len(toks, i+num.n+k) > 0 {
			r.weekly = true
			return num.n + k + w.weekly.len(toks, i+num.n+k)
		}
	}
	if n := w.weekly.len(toks, i); n > 0 && w.daily.len(toks, i) <= n {
		r.weekly = true
		return n
	}
	return 0
}

// monthDayAt reads a day of the month at i: "the 1st", "el día 15".
func (r *scheduleReading) monthDayAt(i int) int {
	l, toks := r.l, r.toks
	d := dayReader{l: l, toks: toks}
	noun := l.dates.dayNoun.len(toks, i)
	if noun == 0 {
		noun = l.sched.monthDay.len(toks, i)
		if noun > 0 && l.dates.units.len(toks, i+noun-1) != 1 {
			noun = 0
		}
	}
	number, n := d.dayNumber(i + noun)
	if n == 0 {
		return 0
	}
	more := r.lastMonth > 0 && l.sched.and.len(toks, r.lastMonth) > 0 && r.lastMonth+l.sched.and.len(toks, r.lastMonth) == i
	j := i + noun + n
	ordinal := l.numbers.ordinals[toks[j-1].text] > 0 || n > 1 && toks[j-n].kind == digits
	if !ordinal && noun == 0 && !more || j < len(toks) && (toks[j].is(":") || l.dates.months.len(toks, j+l.dates.of.len(toks, j)) > 0) {
		return 0
	}
	if !ordinal && l.dates.units.len(toks, j) > 0 {
		return 0
	}
	r.monthDays, r.lastMonth = append(r.monthDays, number), i+noun+n
	return noun + n
}
