package understand

import "time"

// Want says on which side of today a date must lie.
type Want int

// The sides. A date without a year, and a weekday, is the next one with Future, the latest one with Past, and with
// Either the next weekday or the nearest date.
const (
	Either Want = iota
	Future
	Past
)

// dayOf is a civil day as midnight UTC, in which days are all 24 hours long.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// civil gives the day, and whether the calendar has it.
func civil(year int, month time.Month, day int) (time.Time, bool) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return t, t.Month() == month && t.Day() == day
}

// addMonths moves by whole months and stays within the month it reaches: 31 January and a month is 28 February.
func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, min(t.Day(), daysIn(first))-1)
}

func daysIn(t time.Time) int {
	return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// calendar resolves what people leave out of a date.
type calendar struct {
	today time.Time
	want  Want
}

// closest picks from candidates in rising order the one that is wanted.
func (c calendar) closest(candidates []time.Time) (time.Time, bool) {
	var before, after time.Time
	for _, t := range candidates {
		if !t.After(c.today) {
			before = t
		}
		if !t.Before(c.today) && after.IsZero() {
			after = t
		}
	}
	switch {
	case before.IsZero() && after.IsZero():
		return time.Time{}, false
	case after.IsZero(), c.want == Past && !before.IsZero():
		return before, true
	case before.IsZero(), c.want == Future:
		return after, true
	case c.today.Sub(before) < after.Sub(c.today):
		return before, true
	}
	return after, true
}

// monthDay resolves a day and month without a year.
func (c calendar) monthDay(month time.Month, day int) (time.Time, Why) {
	var candidates []time.Time
	for year := c.today.Year() - 8; year <= c.today.Year()+8; year++ { // 29 February may be eight years away
		if t, ok := civil(year, month, day); ok {
			candidates = append(candidates, t)
		}
	}
	t, ok := c.closest(candidates)
	if !ok {
		return t, NoSuchDate
	}
	return t, ""
}

// dayOfMonth resolves "the 15th".
func (c calendar) dayOfMonth(day int) (time.Time, Why) {
	var candidates []time.Time
	for n := -2; n <= 2; n++ {
		first := time.Date(c.today.Year(), c.today.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		if day >= 1 && day <= daysIn(first) {
			candidates = append(candidates, first.AddDate(0, 0, day-1))
		}
	}
	t, ok := c.closest(candidates)
	if !ok {
		return t, NoSuchDate
	}
	return t, ""
}

// weekday resolves a weekday alone: never today, which people call today.
func (c calendar) weekday(day time.Weekday) time.Time {
	if c.want == Past {
		return c.weekdayBefore(day)
	}
	return c.weekdayAfter(day)
}

func (c calendar) weekdayAfter(day time.Weekday) time.Time {
	ahead := (int(day)-int(c.today.Weekday())+6)%7 + 1
	return c.today.AddDate(0, 0, ahead)
}

func (c calendar) weekdayBefore(day time.Weekday) time.Time {
	back := (int(c.today.Weekday())-int(day)+6)%7 + 1
	return c.today.AddDate(0, 0, -back)
}

// weekdayNextWeek is the weekday in the week, Monday to Sunday, after this one.
func (c calendar) weekdayNextWeek(day time.Weekday) time.Time {
	monday := c.today.AddDate(0, 0, -(int(c.today.Weekday())+6)%7)
	return monday.AddDate(0, 0, 7+(int(day)+6)%7)
}

// allows says why a date lies on the wrong side of today, or nothing.
func (c calendar) allows(t time.Time) Why {
	switch {
	case c.want == Future && t.Before(c.today):
		return InPast
	case c.want == Past && t.After(c.today):
		return InFuture
	}
	return ""
}
