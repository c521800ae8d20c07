package reminders

import (
	"errors"
	"fmt"
	"time"
)

// ErrNever is the error of a schedule on which nothing would ever be due.
var ErrNever = errors.New("nothing would ever be due")

// ErrEvery is the error of a number of weeks that makes no sense.
var ErrEvery = errors.New("not a number of weeks to count by")

// MostWeeks is the greatest number of weeks that a rhythm can count by: ten years.
const MostWeeks = 520

// Rhythm is a schedule as plain data: what is stored, and what people are asked about.
type Rhythm struct {
	Spec  string    `json:"spec"`            // five cron fields, such as "0 9 * * 1"
	Zone  string    `json:"zone"`            // IANA name, such as Europe/Madrid
	Every int       `json:"every,omitempty"` // only every so many weeks, Monday first; 0 and 1: every week
	From  time.Time `json:"from,omitzero"`   // nothing is due before it; its local week is the first that counts
	Until time.Time `json:"until,omitzero"`  // nothing is due after it; zero: no end
}

// Parse makes a schedule of a rhythm. Its errors are ErrSpec, ErrZone, ErrEvery and ErrNever, and say what to write
// instead.
func Parse(r Rhythm) (*Schedule, error) {
	zone, err := Zone(r.Zone)
	if err != nil {
		return nil, err
	}
	return ParseIn(r, zone)
}

// ParseIn is Parse for callers who have the rhythm's zone at hand, from Zone.
func ParseIn(r Rhythm, zone *time.Location) (*Schedule, error) {
	if zone == nil || zone.String() != r.Zone || r.Zone == "Local" || r.Zone == "" {
		return nil, fmt.Errorf("%w: %q goes with the location %q; take it from Zone", ErrZone, shorten(r.Zone), zone)
	}
	fields, spec, err := parseSpec(r.Spec)
	if err != nil {
		return nil, err
	}
	days := newCalendar(fields)
	r.Spec = spec
	if r.Every < 0 || r.Every > MostWeeks {
		return nil, fmt.Errorf("%w: %d; write a number from 1 to %d", ErrEvery, r.Every, MostWeeks)
	}
	if r.Every > 1 {
		if r.From.IsZero() {
			return nil, fmt.Errorf("%w: every %d weeks, and from when is not said; give a day of the first week", ErrEvery, r.Every)
		}
		days.every, days.first = int64(r.Every), weekOf(dayOf(wallClock(zone, r.From)))
	}
	if r.Every == 1 {
		r.Every = 0 // one way to store it
	}
	if _, ok := days.nextDay(days.earliest()); !ok {
		return nil, never(r)
	}
	return &Schedule{rhythm: r, zone: zone, days: days}, nil
}

// never says that a rhythm comes to nothing.
func never(r Rhythm) error {
	if r.Every > 1 {
		return fmt.Errorf("%w with %q every %d weeks; write it with fewer weeks, or none", ErrNever, r.Spec, r.Every)
	}
	return fmt.Errorf("%w with %q: no month in it has such a day; write other days, or * for any month", ErrNever, r.Spec)
}
