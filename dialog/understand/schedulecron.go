package understand

import (
	"slices"
	"strconv"
	"strings"
)

const (
	lastCommonDay = 28 // of a month: later ones are not in every month
	lastMonthDay  = 31 // alone, it is the last day of a shorter month (package reminders)
)

// schedule turns the reading into cron, or says what stands against it.
func (r *scheduleReading) schedule() (Schedule, Why) {
	week := r.week != [7]bool{}
	if r.out != [7]bool{} && !week && len(r.monthDays) == 0 && !r.monthly {
		r.daily = true // "not on weekends" is every other day
	}
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
	case r.once, r.beyond, r.strangers > 2, wordCount(r.toks) > 2*maxWords:
		return Schedule{}, NotUnderstood
	case r.or, r.mixed, r.ranged:
		return Schedule{}, Several
	case r.bounded && len(r.clocks) > 0, r.daily && r.namedDays() == 1:
		return Schedule{}, Ambiguous
	case !r.daily && !week && len(r.monthDays) == 0:
		return Schedule{}, NoDay
	case len(r.monthDays) > 0 && (week || r.daily || r.every > 1), r.monthly && (week || r.daily), r.every > 1 && r.daily:
		return Schedule{}, NotUnderstood
	case r.turned, len(r.monthDays) == 1 && !r.monthly, len(r.monthDays) > 1 && slices.Max(r.monthDays) > lastCommonDay && slices.Max(r.monthDays) <= lastMonthDay:
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

// namedDays counts the weekdays that were named besides those that were excepted.
func (r *scheduleReading) namedDays() (n int) {
	for _, on := range r.week {
		if on {
			n++
		}
	}
	return n
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
		if (on || r.daily && r.namedDays() == 0) && !r.out[d] {
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
