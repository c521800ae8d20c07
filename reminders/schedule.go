package reminders

import (
	"fmt"
	"strings"
	"time"
)

// Schedule is when something comes round, on the clock of a person's zone. It does not change, and can be used from
// many goroutines. Two schedules with the same String are due at the same times.
type Schedule struct {
	rhythm Rhythm
	zone   *time.Location
	days   calendar
}

// Next is the first time after a time at which something is due, in the schedule's zone; the zero time where nothing
// is due any more. It is pure, and strictly after.
func (s *Schedule) Next(after time.Time) time.Time {
	if !s.rhythm.From.IsZero() && after.Before(s.rhythm.From) {
		after = s.rhythm.From.Add(-time.Nanosecond)
	}
	switch year := after.UTC().Year(); {
	case year > lastYear:
		return time.Time{}
	case year < 1:
		after = time.Time{}
	}
	at, ok := s.next(after.Unix())
	due := time.Unix(at, 0)
	if !ok || due.UTC().Year() > lastYear || !s.rhythm.Until.IsZero() && due.After(s.rhythm.Until) {
		return time.Time{}
	}
	return due.In(s.zone)
}

// next is Next in Unix seconds. What is due is due on a full second, so that fractions make no difference.
func (s *Schedule) next(after int64) (int64, bool) {
	wall, e := ahead(s.zone, after)
	for {
		asked, ok := s.days.next(wall)
		if !ok {
			return 0, false
		}
		m := when(s.zone, asked, e)
		if !m.skipped || dayOf(asked) == dayOf(m.gapTo) {
			return m.at, true
		}
		if at, ok := s.overnight(asked, m); ok && at > after {
			return at, true
		}
		wall = dayOf(m.gapTo) * daySeconds
	}
}

// overnight decides on a time that falls into a gap which ends on another day. What is due at the gap's end brings it
// along; else it comes in the last minute before the gap, so that it is on its day; else, where nothing of its day is
// left, not at all.
func (s *Schedule) overnight(asked int64, m moment) (int64, bool) {
	if other, ok := s.days.next(dayOf(m.gapTo) * daySeconds); ok && other <= m.gapTo {
		return m.at, true
	}
	last := m.gapFrom - 1
	return m.at - m.gapFrom + last - mod(last, 60), dayOf(last) == dayOf(asked)
}

// Rhythm is the schedule as plain data, with its spec in numbers.
func (s *Schedule) Rhythm() Rhythm { return s.rhythm }

// Zone is where the schedule's clock hangs.
func (s *Schedule) Zone() *time.Location { return s.zone }

// In is the schedule for somebody who moved to another zone. What was said on the clock stays so: also the beginning
// and the end keep their time on the wall, and so the same weeks count.
func (s *Schedule) In(zone *time.Location) (*Schedule, error) {
	if zone == nil {
		return nil, fmt.Errorf("%w: there is none to move to; take it from Zone", ErrZone)
	}
	moved := s.rhythm
	moved.Zone = zone.String()
	for _, t := range []*time.Time{&moved.From, &moved.Until} {
		if !t.IsZero() {
			wall := wallClock(s.zone, *t)
			*t = time.Unix(when(zone, wall, eraAt(zone, wall)).at, int64(t.Nanosecond())).UTC()
		}
	}
	out, err := ParseIn(moved, zone)
	if err != nil {
		return nil, fmt.Errorf("move a schedule to %s: %w", moved.Zone, err)
	}
	return out, nil
}

// String is the schedule in one line for logs and comparisons, such as
// "0 9 * * 1 Europe/Madrid every 2 weeks from 2026-03-02T00:00:00Z".
func (s *Schedule) String() string {
	var b strings.Builder
	b.WriteString(s.rhythm.Spec + " " + s.rhythm.Zone)
	if s.rhythm.Every > 1 {
		fmt.Fprintf(&b, " every %d weeks", s.rhythm.Every)
	}
	if !s.rhythm.From.IsZero() {
		b.WriteString(" from " + s.rhythm.From.UTC().Format(time.RFC3339Nano))
	}
	if !s.rhythm.Until.IsZero() {
		b.WriteString(" until " + s.rhythm.Until.UTC().Format(time.RFC3339Nano))
	}
	return b.String()
}
