package understand

import (
	"fmt"
	"time"
)

type dateWords struct {
	dayFirst                                         bool
	weekdays, months, relative, todayPart            phrases
	yesterdayPart, now, on, next, this, last         phrases
	nextAfter, lastAfter, weekAfter, vague           phrases
	units, a, two, halfHour                          phrases
	in, fromNow, from, ago, since                    phrases
	dayAfter, dayBefore                              phrases
	nextMonth, thisMonth, monthEnd, of, dayNoun      phrases
	holidays, or, between, before, negators, fillers phrases
}

// The units in which people count time, as tags of dateWords.units.
const (
	unitDays = iota + 1
	unitWeeks
	unitFortnights
	unitMonths
	unitYears
	unitHours
	unitMinutes
)

func newDateWords(d dateData) (dateWords, error) {
	w := dateWords{
		dayFirst: d.DayFirst, now: phrasesOf(d.Now), on: phrasesOf(d.On), next: phrasesOf(d.Next), this: phrasesOf(d.This),
		last: phrasesOf(d.Last), nextAfter: phrasesOf(d.NextAfter), lastAfter: phrasesOf(d.LastAfter),
		weekAfter: phrasesOf(d.WeekAfter), vague: phrasesOf(d.Vague), a: phrasesOf(d.A), two: phrasesOf(d.Two),
		halfHour: phrasesOf(d.HalfHour), in: phrasesOf(d.In), fromNow: phrasesOf(d.FromNow), from: phrasesOf(d.From),
		ago: phrasesOf(d.Ago), since: phrasesOf(d.Since), nextMonth: phrasesOf(d.NextMonth), thisMonth: phrasesOf(d.ThisMonth),
		monthEnd: phrasesOf(d.MonthEnd), of: phrasesOf(d.Of), dayNoun: phrasesOf(d.DayNoun), or: phrasesOf(d.Or),
		between: phrasesOf(d.Between), before: phrasesOf(d.Before), negators: phrasesOf(d.Negators), fillers: phrasesOf(d.Fillers),
		dayAfter: phrasesOf(d.DayAfter), dayBefore: phrasesOf(d.DayBefore),
	}
	for i, texts := range [][]string{d.Days, d.Weeks, d.Fortnights, d.MonthsUnit, d.Years, d.Hours, d.Minutes} {
		w.units.add(unitDays+i, texts...)
	}
	for day := range 7 {
		if len(d.Weekdays[day]) == 0 {
			return w, fmt.Errorf("section dates.weekdays: day %d is missing", day)
		}
		w.weekdays.add(day, d.Weekdays[day]...)
	}
	for month := 1; month <= 12; month++ {
		if len(d.Months[month]) == 0 {
			return w, fmt.Errorf("section dates.months: month %d is missing", month)
		}
		w.months.add(month, d.Months[month]...)
	}
	for _, offset := range []int{-2, -1, 0, 1, 2} {
		if len(d.Relative[offset]) == 0 {
			return w, fmt.Errorf("section dates.relative: offset %d is missing", offset)
		}
		w.relative.add(offset, d.Relative[offset]...)
	}
	for name, texts := range d.TodayPart {
		w.todayPart.add(int(partNamed(name)), texts...)
	}
	for name, texts := range d.YesterdayPart {
		w.yesterdayPart.add(int(partNamed(name)), texts...)
	}
	for key, texts := range d.Holidays {
		var month, day int
		if _, err := fmt.Sscanf(key, "%d-%d", &month, &day); err != nil {
			return w, fmt.Errorf("section dates.holidays: %q is not month-day: %w", key, err)
		}
		if _, ok := civil(2024, time.Month(month), day); !ok {
			return w, fmt.Errorf("section dates.holidays: %q is no day", key)
		}
		w.holidays.add(month*100+day, texts...)
	}
	return w, nil
}
