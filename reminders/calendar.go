package reminders

import (
	"math/bits"
	"time"

	"github.com/robfig/cron/v3"
)

const (
	daySeconds = 24 * 60 * 60
	lastYear   = 9999 // the last that RFC 3339 can write
)

// calendar is the days and minutes of a schedule as a wall calendar has them, with no zone: bit masks, so that finding
// the next is a few shifts. Days are counted from 1970-01-01; the wall clock's seconds from that day's midnight.
type calendar struct {
	minutes uint64 // bit m: minute m of the hour
	days    uint64 // bit d: day d of the month
	hours   uint32 // bit h: hour h of the day
	months  uint16 // bit m: month m of the year
	week    uint8  // bit w: weekday w, Sunday is 0
	late    uint8  // the single day 29, 30 or 31, which a shorter month has on its last day; 0: none
	either  bool   // days and week are both named: one of them is enough
	every   int64  // only every so many weeks; 0 and 1: all
	first   int64  // a week that counts
}

// star is the bit that the cron library sets in a field that names nothing.
const star = 1 << 63

func newCalendar(s *cron.SpecSchedule) calendar {
	c := calendar{
		minutes: s.Minute &^ star, hours: uint32(s.Hour &^ star), days: s.Dom &^ star,
		months: uint16(s.Month &^ star), week: uint8(s.Dow &^ star),
		either: s.Dom&star == 0 && s.Dow&star == 0,
	}
	if single := bits.TrailingZeros64(c.days); !c.either && bits.OnesCount64(c.days) == 1 && single > 28 {
		c.late = uint8(single)
	}
	return c
}

// earliest is a day before anything that matters: the first week that counts, or any day.
func (c calendar) earliest() int64 {
	if c.every > 1 {
		return c.first*7 - 3
	}
	return 0
}

// next finds the first time on the wall clock, at or after a time on it, that is asked for.
func (c calendar) next(wall int64) (int64, bool) {
	day := dayOf(wall)
	minute := int(wall-day*daySeconds+59) / 60
	found, ok := c.nextDay(day)
	if ok && found == day {
		if m, ok := c.nextMinute(minute); ok {
			return day*daySeconds + int64(m)*60, true
		}
		found, ok = c.nextDay(day + 1)
	}
	if !ok {
		return 0, false
	}
	return found*daySeconds + int64(bits.TrailingZeros32(c.hours))*3600 + int64(bits.TrailingZeros64(c.minutes))*60, true
}

// nextMinute finds the first minute of a day, at or after one of it.
func (c calendar) nextMinute(minute int) (int, bool) {
	hour := minute / 60
	if c.hours>>hour&1 == 1 {
		if left := c.minutes >> (minute % 60); left != 0 {
			return minute + bits.TrailingZeros64(left), true
		}
	}
	left := c.hours >> (hour + 1)
	return (hour+1+bits.TrailingZeros32(left))*60 + bits.TrailingZeros64(c.minutes), left != 0
}

// nextDay finds the first day, at or after a day. It goes by months, to the end of the last year.
func (c calendar) nextDay(day int64) (int64, bool) {
	year, month, d := time.Unix(day*daySeconds, 0).UTC().Date()
	first := day - int64(d-1)
	for year <= lastYear {
		length := monthLength(year, month)
		if c.months>>month&1 == 1 {
			if left := c.month(first, length) >> d; left != 0 {
				return first + int64(d-1+bits.TrailingZeros64(left)), true
			}
		}
		first, month, d = first+int64(length), month+1, 1
		if month > time.December {
			year, month = year+1, time.January
		}
	}
	return 0, false
}

// month is the days of one month that are asked for, as bits 1 to 31. It is told the month's first day.
func (c calendar) month(first int64, length int) uint64 {
	days := c.days
	if c.late > 0 {
		days = 1 << min(int(c.late), length)
	}
	weekday := mod(first+4, 7) // 1970-01-01 was a Thursday
	week := (uint64(c.week)>>weekday | uint64(c.week)<<(7-weekday)) & 0x7f
	week = (week | week<<7 | week<<14 | week<<21 | week<<28) << 1
	if c.either {
		days |= week
	} else {
		days &= week
	}
	return days & c.weeks(first) & (1<<(length+1) - 2)
}

// weeks is the days of a month that lie in the weeks that count, as bits from 1 on.
func (c calendar) weeks(first int64) uint64 {
	if c.every <= 1 {
		return ^uint64(0)
	}
	var days uint64
	week := weekOf(first)
	monday := week*7 - 3 - first // at most 6 days before the month
	for i := range int64(6) {
		if mod(week+i-c.first, c.every) == 0 {
			days |= 0x7f << (monday + 7*i + 7) >> 6
		}
	}
	return days
}

func monthLength(year int, month time.Month) int {
	switch month {
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	default:
		return 31
	}
}

// dayOf is the day of a time on the wall clock.
func dayOf(wall int64) int64 { return (wall - mod(wall, daySeconds)) / daySeconds }

// weekOf is the week of a day, Monday first.
func weekOf(day int64) int64 { return (day + 3 - mod(day+3, 7)) / 7 }

// mod is what is left of n, and never negative.
func mod(n, by int64) int64 { return ((n % by) + by) % by }
