package understand

// Schedule is a rhythm in which something comes round.
type Schedule struct {
	Spec  string // cron with five fields: minute, hour, day of month, month, weekday (Sunday is 0)
	Every int    // in weeks: 1 is every week, 2 every other. Above 1 only for weekdays
}

type scheduleWords struct {
	daily, weekdays, weekends, every, weekly, fortnightly phrases
	everyOther, everyN, monthly, monthDay, through, from  phrases
	and, except, once, fillers, not, times, beyond        phrases
	shortDays, monthEnd                                   phrases
}

func newScheduleWords(d scheduleData) scheduleWords {
	w := scheduleWords{
		daily: phrasesOf(d.Daily), weekdays: phrasesOf(d.Weekdays), weekends: phrasesOf(d.Weekends), every: phrasesOf(d.Every),
		weekly: phrasesOf(d.Weekly), fortnightly: phrasesOf(d.Fortnightly), everyOther: phrasesOf(d.EveryOther),
		everyN: phrasesOf(d.EveryN), monthly: phrasesOf(d.Monthly), monthDay: phrasesOf(d.MonthDay), monthEnd: phrasesOf(d.MonthEnd),
		through: phrasesOf(d.Through), from: phrasesOf(d.From), and: phrasesOf(d.And), except: phrasesOf(d.Except),
		once: phrasesOf(d.Once), fillers: phrasesOf(d.Fillers), not: phrasesOf(d.Not), times: phrasesOf(d.Times),
		beyond: phrasesOf(d.Beyond),
	}
	for day, texts := range d.ShortDays {
		w.shortDays.add(day, texts...)
	}
	return w
}

// Schedule reads a rhythm with its time: "every weekday at 9", "los lunes a las 20:00", "every other Friday at 10", "once
// a month on the 1st at 9", "not on weekends, 9am". A weekday with a time is weekly. Without a time it is NoTime, without
// days NoDay; both can be said in one text with what was said before: "every weekday; 9". What cron cannot say ("the first
// Monday of the month", "every 3 days") is NotUnderstood, and several days that some months lack are Ambiguous; a single
// one, as the end of the month, is the 31st: the last day of a shorter month.
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
	group     [7]bool // the days named last, since a comma
	monthDays []int
	clocks    []clock
	part      part
	every     int
	daily     bool // every day
	partly    bool // "every morning": daily unless days are named
	weekly    bool
	monthly   bool
	excepting bool
	not       bool // the exception began with "not", before any day
	turned    bool // ... and what came behind it may be days that are meant
	notComma  bool // ... and a comma stands behind it
	bounded   bool // "before 9", "after 6"
	ranged    bool // "between 9 and 10"
	beyond    bool // cron cannot say it
	lastMonth int  // the token behind the day of the month read last
	once      bool
	or        bool
	dayLast   bool // a day was read after the last clock
	mixed     bool // each day has its own time: two schedules
	strangers int
}

// step reads what stands at i and gives its length, at least 1.
func (r *scheduleReading) step(i int) int {
	l, toks, w := r.l, r.toks, &r.l.sched
	if n := w.monthEnd.len(toks, i); n > 0 {
		r.monthDays, r.monthly = append(r.monthDays, lastMonthDay), true
		return n
	}
	if n := max(w.beyond.len(toks, i), r.beyondAt(i)); n > 0 && l.times.halfPast.len(toks, i) == 0 {
		r.beyond = true
		return n
	}
	if n := r.notAt(i); n > 0 {
		return n
	}
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
		r.turned = r.turned || len(r.clocks) > 0 && w.and.before(toks, i) == 0 // "monday 9 at 10": a date?
		r.ranged = r.ranged || r.rangeAt(i, c.n)
		r.clocks = append(r.clocks, c)
		r.dayLast, r.group = false, [7]bool{}
		return c.n
	}
	return r.otherwise(i)
}

// otherwise reads the words that join what is said, and counts those that nobody answers with.
func (r *scheduleReading) otherwise(i int) int {
	l, toks, w := r.l, r.toks, &r.l.sched
	switch {
	case w.except.len(toks, i) > 0 && (r.any() || r.not):
		r.turned = r.turned || r.not
		r.excepting = true
		return w.except.len(toks, i)
	case w.once.len(toks, i) > 0:
		r.once = true
		return w.once.len(toks, i)
	case l.choice.or.len(toks, i) > 0 && toks[i].kind == word:
		r.or = true
		return l.choice.or.len(toks, i)
	case toks[i].is(","):
		r.group, r.notComma = [7]bool{}, r.not
	case l.dates.before.len(toks, i) > 0:
		r.bounded = true
		return l.dates.before.len(toks, i)
	case l.dates.months.len(toks, i) > 0:
		r.beyond = true
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
