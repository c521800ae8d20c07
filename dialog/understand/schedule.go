package understand

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Schedule is a rhythm in which something comes round.
type Schedule struct {
	Spec  string // cron with five fields: minute, hour, day of month, month, weekday (Sunday is 0)
	Every int    // in weeks: 1 is every week, 2 every other. Above 1 only for weekdays
}

type scheduleWords struct {
	daily, weekdays, weekends, every, weekly, fortnightly phrases
	everyOther, everyN, monthly, monthDay, through, from  phrases
	and, except, once, fillers                            phrases
}

func newScheduleWords(d scheduleData) scheduleWords {
	return scheduleWords{
		daily: phrasesOf(d.Daily), weekdays: phrasesOf(d.Weekdays), weekends: phrasesOf(d.Weekends), every: phrasesOf(d.Every),
		weekly: phrasesOf(d.Weekly), fortnightly: phrasesOf(d.Fortnightly), everyOther: phrasesOf(d.EveryOther),
		everyN: phrasesOf(d.EveryN), monthly: phrasesOf(d.Monthly), monthDay: phrasesOf(d.MonthDay),
		through: phrasesOf(d.Through), from: phrasesOf(d.From), and: phrasesOf(d.And), except: phrasesOf(d.Except),
		once: phrasesOf(d.Once), fillers: phrasesOf(d.Fillers),
	}
}

// Schedule reads a rhythm with its time: "every weekday at 9", "los lunes a las 20:00", "every other Friday at 10", "once
// a month on the 1st at 9". A weekday with a time is weekly. Without a time it is NoTime, without days NoDay. What cron
// cannot say ("the first Monday of the month", "every 3 days") is NotUnderstood.
func (l *Lexicon) Schedule(text string) (Schedule, Why) {
	var space [48]token
	toks, why := l.open(space[:0], text)
	if why != "" {
		return Schedule{}, why
	}
	r := scheduleReading{l: l, toks: toks, every: 1}
	for i := 0; i < len(toks); {
		i += r.step(i)
	}
	return r.schedule()
}

// scheduleReading is all that a message says about a rhythm.
type scheduleReading struct {
	l         *Lexicon
	toks      []token
	week      [7]bool
	out       [7]bool // excepted
	monthDays []int
	clocks    []clock
	part      part
	every     int
	daily     bool // every day
	partly    bool // "every morning": daily unless days are named
	weekly    bool
	monthly   bool
	excepting bool
	once      bool
	or        bool
	dayLast   bool // a day was read after the last clock
	mixed     bool // each day has its own time: two schedules
	strangers int
}

// step reads what stands at i and gives its length, at least 1.
func (r *scheduleReading) step(i int) int {
	l, toks, w := r.l, r.toks, &r.l.sched
	if n := r.days(i); n > 0 {
		r.dayLast = true
		return n
	}
	if p, n := l.times.parts.at(toks, i); n > 0 {
		r.part = part(p)
		return n
	}
	if c := l.clockAt(toks, i, i > 0 || len(r.clocks) > 0); c.n > 0 {
		r.mixed = r.mixed || len(r.clocks) > 0 && r.dayLast
		r.clocks = append(r.clocks, c)
		r.dayLast = false
		return c.n
	}
	switch {
	case w.except.len(toks, i) > 0 && r.any():
		r.excepting = true
		return w.except.len(toks, i)
	case w.once.len(toks, i) > 0:
		r.once = true
		return w.once.len(toks, i)
	case l.choice.or.len(toks, i) > 0 && toks[i].kind == word:
		r.or = true
		return l.choice.or.len(toks, i)
	}
	if n := max(w.fillers.len(toks, i), w.every.len(toks, i), w.and.len(toks, i), w.from.len(toks, i), l.articles.len(toks, i)); n > 0 {
		return n
	}
	if toks[i].kind != mark {
		r.strangers++
		if toks[i].kind == digits {
			r.strangers += 3
		}
	}
	return 1
}

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
			r.week[d] = true
		}
		if d == to {
			return
		}
	}
}

// weekdayAt reads a weekday at i, or a row of them: "monday to friday".
func (r *scheduleReading) weekdayAt(i int) int {
	l, toks := r.l, r.toks
	day, n := l.dates.weekdays.at(toks, i)
	if n == 0 {
		return 0
	}
	if k := l.sched.through.len(toks, i+n); k > 0 || i+n < len(toks) && toks[i+n].tied {
		k += l.articles.len(toks, i+n+k)
		if last, m := l.dates.weekdays.at(toks, i+n+k); m > 0 {
			r.mark(time.Weekday(day), time.Weekday(last))
			return n + k + m
		}
	}
	r.mark(time.Weekday(day), time.Weekday(day))
	return n
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
		r.every = 2
		return n
	}
	if n := w.everyN.len(toks, i); n > 0 {
		if num := l.numeralAt(toks, i+n); num.n > 0 && num.whole && num.value >= 1 && num.value <= 52 {
			if unit, k := l.dates.units.at(toks, i+n+num.n); k > 0 && unit == unitWeeks {
				r.every = int(num.value)
				return n + num.n + k
			}
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
	j := i + noun + n
	ordinal := l.numbers.ordinals[toks[j-1].text] > 0 || n > 1 && toks[j-n].kind == digits
	if !ordinal && noun == 0 || j < len(toks) && (toks[j].is(":") || l.dates.months.len(toks, j+l.dates.of.len(toks, j)) > 0) {
		return 0
	}
	if !ordinal && l.dates.units.len(toks, j) > 0 {
		return 0
	}
	r.monthDays = append(r.monthDays, number)
	return noun + n
}

// schedule turns the reading into cron, or says what stands against it.
func (r *scheduleReading) schedule() (Schedule, Why) {
	week := r.week != [7]bool{}
	if r.partly && !week && len(r.monthDays) == 0 {
		r.daily = true
	}
	said := r.daily || week || len(r.monthDays) > 0 || r.monthly || r.weekly || r.every > 1
	switch {
	case !said && len(r.clocks) == 0:
		if r.l.hedges(r.toks) {
			return Schedule{}, Unsure
		}
		return Schedule{}, NotUnderstood
	case r.once, r.strangers > 2, wordCount(r.toks) > 2*maxWords:
		return Schedule{}, NotUnderstood
	case r.or, r.mixed:
		return Schedule{}, Several
	case !r.daily && !week && len(r.monthDays) == 0:
		return Schedule{}, NoDay
	case len(r.monthDays) > 0 && (week || r.daily || r.every > 1), r.monthly && week, r.every > 1 && r.daily:
		return Schedule{}, NotUnderstood
	case len(r.monthDays) == 1 && !r.monthly:
		return Schedule{}, Ambiguous
	case len(r.clocks) == 0:
		return Schedule{}, NoTime
	}
	at, why := r.hours()
	if why != "" {
		return Schedule{}, why
	}
	days, why := r.dayFields()
	if why != "" {
		return Schedule{}, why
	}
	return Schedule{Spec: at + " " + days, Every: r.every}, ""
}

// hours gives the minute and hour fields. Two times a day share their minute or are Several.
func (r *scheduleReading) hours() (string, Why) {
	var hours []int
	for _, c := range r.clocks {
		if c.why != "" {
			return "", c.why
		}
		c, why := c.in(r.part)
		if why != "" {
			return "", why
		}
		if c.minute != r.clocks[0].minute {
			return "", Several
		}
		hours = append(hours, c.hour)
	}
	slices.Sort(hours)
	return strconv.Itoa(r.clocks[0].minute) + " " + list(slices.Compact(hours)), ""
}

// dayFields gives the day-of-month, month and weekday fields.
func (r *scheduleReading) dayFields() (string, Why) {
	if len(r.monthDays) > 0 {
		for _, d := range r.monthDays {
			if d < 1 || d > 31 {
				return "", NoSuchDate
			}
		}
		slices.Sort(r.monthDays)
		return list(slices.Compact(r.monthDays)) + " * *", ""
	}
	var days []int
	for d, on := range r.week {
		if (on || r.daily) && !r.out[d] {
			days = append(days, d)
		}
	}
	switch {
	case len(days) == 0:
		return "", NotUnderstood
	case len(days) == 7:
		return "* * *", ""
	}
	return "* * " + list(days), ""
}

// list writes numbers in rising order as a cron field, three or more in a row as a range.
func list(ns []int) string {
	var parts []string
	for i := 0; i < len(ns); {
		j := i
		for j+1 < len(ns) && ns[j+1] == ns[j]+1 {
			j++
		}
		if j-i >= 2 {
			parts = append(parts, strconv.Itoa(ns[i])+"-"+strconv.Itoa(ns[j]))
			i = j + 1
			continue
		}
		parts = append(parts, strconv.Itoa(ns[i]))
		i++
	}
	return strings.Join(parts, ",")
}
