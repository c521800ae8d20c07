package dialog

import (
	"time"

	"tandem/dialog/understand"
)

// SayDay says a date as the flows do: "Monday 23 November", with the year where it is not that of now. Both count as they
// stand, in the zone that they carry.
func (p *Pack) SayDay(date, now time.Time) string { return p.day(date, now) }

// SayRhythm says a rhythm as the flows do: "every Monday at 9:00". The spec is cron with five fields, every is in how
// many weeks it is kept (1 is each). A spec that has no words is given back as it is.
func (p *Pack) SayRhythm(spec string, every int) string {
	return p.rhythm(understand.Schedule{Spec: spec, Every: every})
}
