package dialog

import "time"

// Calendar tells when a rhythm comes round, so that it can be read back with dates.
type Calendar interface {
	// Next is the first time after a moment that a rhythm comes round: spec is cron with five fields, every is in how
	// many weeks it is kept (1 is each), and the moment carries the person's zone. An error where it never does, or the
	// spec makes no sense; then no dates are said.
	Next(spec string, every int, after time.Time) (time.Time, error)
}

const maxTimes = 48 // of one day, which are passed over to find the next day

// nextDays are the next two days on which a rhythm comes round; false where nothing tells.
func (t *turn) nextDays(spec string, every int) (first, second time.Time, ok bool) {
	c := t.lib.calendar
	if c == nil {
		return first, second, false
	}
	first, err := c.Next(spec, every, t.now)
	second = first
	for n := 0; err == nil && n < maxTimes; n++ {
		if second, err = c.Next(spec, every, second); err == nil && second.Format(time.DateOnly) != first.Format(time.DateOnly) {
			return first, second, true
		}
	}
	return first, second, false
}
