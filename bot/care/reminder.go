package care

import "time"

// Reminder is a rhythm in which the client wants to be asked how it goes: theirs to choose, to change and to end.
type Reminder struct {
	ID    string        `json:"id"`
	Goal  string        `json:"goal,omitempty"`  // the goal's id; "" asks how things are in general
	Spec  string        `json:"spec"`            // five cron fields, on the clock of the client's zone
	Every int           `json:"every,omitempty"` // in weeks; 0 and 1: every week
	From  time.Time     `json:"from"`            // when it was chosen: weeks are counted from here
	Until time.Time     `json:"until,omitzero"`  // nothing after it; zero: no end
	Late  time.Duration `json:"late,omitempty"`  // how much later it may still come; 0: the default of three hours
	Ended time.Time     `json:"ended,omitzero"`  // when the client ended it
}

// Open tells whether the reminder still runs.
func (r Reminder) Open() bool { return r.Ended.IsZero() }
