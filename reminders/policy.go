package reminders

import (
	"slices"
	"time"
)

// Policy is how much a person may be written to that they did not just ask for. The defaults come from what is known of
// prompts: more of them do not raise the response, and each that comes at a bad time costs trust.
type Policy struct {
	Quiet   Quiet                // in their own zone
	Week    int                  // nudges in seven days of the calendar, over all goals; 0: as many as days
	Late    time.Duration        // how much later than it was due something may still come; 0: LateDefault
	Holiday func(time.Time) bool // tells the days on which nothing comes, by their local date; nil: none
}

// LateDefault is the window in which what became due while nobody could send it still comes.
const LateDefault = 3 * time.Hour

// Ledger is what was sent to a person lately, and whether they answered. It is kept with the conversation.
type Ledger struct {
	Sent   []time.Time `json:"sent,omitempty"`  // nudges of the last seven days, oldest first
	Heard  time.Time   `json:"heard,omitzero"`  // when they last wrote
	Silent int         `json:"silent,omitzero"` // nudges since then
	Day    string      `json:"day,omitempty"`   // of the last nudge, "2026-03-09" on their clock then: who travels has a day twice
}

// Hear notes that the person wrote: whatever they were sent is answered.
func (l *Ledger) Hear(now time.Time) { l.Heard, l.Silent = now, 0 }

// Send notes a nudge.
func (l *Ledger) Send(now time.Time) {
	l.Sent = slices.DeleteFunc(slices.Clone(l.Sent), func(t time.Time) bool { return now.Sub(t) > 8*24*time.Hour })
	l.Sent, l.Day = append(l.Sent, now), now.Format(time.DateOnly)
	l.Silent++
}

// Unsend takes back a nudge that never reached the person; false where there is none of that time.
func (l *Ledger) Unsend(at time.Time) bool {
	i := slices.IndexFunc(l.Sent, at.Equal)
	if i < 0 {
		return false
	}
	l.Sent, l.Day = slices.Delete(slices.Clone(l.Sent), i, i+1), ""
	l.Silent = max(0, l.Silent-1)
	return true
}

// sentOn tells whether something was sent on the day of a time, on the clock of its location or as the day was called
// where the person was then.
func (l Ledger) sentOn(t time.Time) bool {
	return l.Day == t.Format(time.DateOnly) || slices.ContainsFunc(l.Sent, func(sent time.Time) bool {
		return sent.In(t.Location()).Format(time.DateOnly) == t.Format(time.DateOnly)
	})
}

// Earliest is the first time from t on, on the clock of its location, that is not quiet, on a day that is no holiday and
// on which nothing was sent: for messages that are not bound to a time.
func (p Policy) Earliest(t time.Time, l Ledger) time.Time {
	for t = p.Quiet.After(t); l.sentOn(t) || p.Holiday != nil && p.Holiday(t); {
		t = p.Quiet.After(nextDay(t))
	}
	return t
}

// Verdict is what becomes of something that is due.
type Verdict int

// The verdicts.
const (
	SendNow Verdict = iota
	Wait            // until the time that comes with it
	Skip            // it is not sent at all; the next one comes when it is due
)

// Reason says why a verdict is what it is, for whoever wonders why nothing came.
type Reason string

// The reasons.
const (
	InTime    Reason = "in time"
	QuietNow  Reason = "quiet hours"
	TooLate   Reason = "too late"
	OneADay   Reason = "one a day"
	FullWeek  Reason = "enough for a week"
	BackOff   Reason = "backing off"
	OnHoliday Reason = "holiday"
)

// Decide says what becomes, now, of something that was due at a time. Now carries the person's zone. What they asked
// for by name ("in an hour") counts against no limit, but is never sent in the quiet hours either.
func (p Policy) Decide(now, due time.Time, l Ledger, asked bool) (Verdict, time.Time, Reason) {
	late := p.Late
	if late <= 0 {
		late = LateDefault
	}
	last := due.Add(late)
	switch {
	case now.After(last):
		return Skip, time.Time{}, TooLate
	case p.Holiday != nil && p.Holiday(now) && !asked:
		return Skip, time.Time{}, OnHoliday
	}
	if open := p.Quiet.After(now); open.After(now) {
		if open.After(last) && !asked {
			return Skip, time.Time{}, QuietNow
		}
		return Wait, open, QuietNow
	}
	if !asked {
		if why := p.limit(now, l); why != "" {
			return Skip, time.Time{}, why
		}
	}
	return SendNow, now, InTime
}

// limit is the limit that a nudge now would break, or "".
func (p Policy) limit(now time.Time, l Ledger) Reason {
	if l.sentOn(now) {
		return OneADay
	}
	week := 0
	for _, t := range l.Sent {
		if daysSince(t, now) < 7 {
			week++
		}
	}
	if p.Week > 0 && week >= p.Week {
		return FullWeek
	}
	if n := len(l.Sent); l.Silent >= 2 && n > 0 {
		if wait := BackOffAfter(now.Sub(l.Heard)); daysSince(l.Sent[n-1], now) < int(wait/(24*time.Hour)) {
			return BackOff
		}
	}
	return ""
}

// daysSince is how many days ago a time was, by the calendar of now's location: what came an hour late, or before the
// clocks were put forward, is no nearer for it.
func daysSince(t, now time.Time) int {
	return int(dayOf(wallClock(now.Location(), now)) - dayOf(wallClock(now.Location(), t)))
}

// Tomorrow is the same time on the next day, on the clock of the time's location; where the clock skips it, the end of
// the gap.
func Tomorrow(t time.Time) time.Time {
	return onClock(t.Location(), wallClock(t.Location(), t)+daySeconds)
}

// nextDay is the first moment of the day after a time's.
func nextDay(t time.Time) time.Time {
	return onClock(t.Location(), (dayOf(wallClock(t.Location(), t))+1)*daySeconds)
}

// onClock is the moment at which a zone's clock shows a time.
func onClock(zone *time.Location, wall int64) time.Time {
	return time.Unix(when(zone, wall, eraAt(zone, wall)).at, 0).In(zone)
}

// BackOffAfter is how long to leave a person alone who has not written for a time: the waits that were published for
// prompts to people of a health programme, by days without a word (docs/decisions.md names them).
func BackOffAfter(idle time.Duration) time.Duration {
	const day = 24 * time.Hour
	switch {
	case idle < 2*day:
		return 3 * day
	case idle < 10*day:
		return 2 * day
	case idle < 30*day:
		return 6 * day
	}
	return 15 * day
}
