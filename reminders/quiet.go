package reminders

import (
	"errors"
	"fmt"
	"time"
)

// ErrQuiet is the error of quiet hours that cannot be read, or that leave no time to write in.
var ErrQuiet = errors.New("not quiet hours")

// Quiet is the time of day in which a person is not written to, on the clock of their own zone. From is in it, To is
// not; From after To runs over midnight. The zero value is no quiet at all.
type Quiet struct {
	From int `json:"from"` // minutes since midnight
	To   int `json:"to"`
}

// DefaultQuiet is from nine in the evening to eight in the morning.
func DefaultQuiet() Quiet { return Quiet{From: 21 * 60, To: 8 * 60} }

const dayMinutes = 24 * 60

// leastOpen is how much of a day quiet hours must leave, in minutes.
const leastOpen = 60

// ParseQuiet reads two times of day, such as "21:00" and "08:00". The same time twice is no quiet.
func ParseQuiet(from, to string) (Quiet, error) {
	var q Quiet
	for _, end := range []struct {
		said string
		at   *int
	}{{from, &q.From}, {to, &q.To}} {
		t, err := time.Parse("15:04", end.said)
		if err != nil {
			return Quiet{}, fmt.Errorf("%w: %q is not a time of day; write it as 21:00", ErrQuiet, shorten(end.said))
		}
		*end.at = t.Hour()*60 + t.Minute()
	}
	if q.length() > dayMinutes-leastOpen {
		return Quiet{}, fmt.Errorf("%w: %s to %s leaves less than an hour of the day to write in; make it shorter", ErrQuiet, from, to)
	}
	return q, nil
}

// String is the quiet hours as "21:00-08:00", "" for none.
func (q Quiet) String() string {
	if q.From == q.To {
		return ""
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", q.From/60, q.From%60, q.To/60, q.To%60)
}

// length is in minutes.
func (q Quiet) length() int { return (q.To - q.From + dayMinutes) % dayMinutes }

// Holds tells whether a time is in the quiet hours, on the clock of the time's own location.
func (q Quiet) Holds(t time.Time) bool {
	return (t.Hour()*60+t.Minute()-q.From+dayMinutes)%dayMinutes < q.length()
}

// After is the first time from t on that is not quiet: t itself, or the end of the quiet hours that t is in. Where the
// clocks are changed in between, it is the end on the clock of the day that it comes on.
func (q Quiet) After(t time.Time) time.Time {
	if !q.Holds(t) {
		return t
	}
	for end := t.Truncate(time.Minute).Add(time.Minute); ; end = end.Add(time.Minute) {
		if !q.Holds(end) {
			return end
		}
	}
}
