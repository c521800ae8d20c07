package care

import "time"

// Wish is a client's wish to talk to a human being.
type Wish struct {
	ID   string    `json:"id"`
	At   time.Time `json:"at"`
	Said string    `json:"said,omitempty"` // a line for the practitioner, in the client's words
}

// Concern is what came of a message that the safety screen stopped.
type Concern struct {
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	Tier   string    `json:"tier,omitempty"`   // what the screen found
	Answer string    `json:"answer,omitempty"` // what the client said to it
}

// Grant is what a client opened to an audience, as they saw it. Taking it back works from that moment.
type Grant struct {
	ID        string         `json:"id"`
	Audience  string         `json:"audience"`
	Fields    map[string]any `json:"fields"`
	Shown     string         `json:"shown"` // the words that the client agreed to
	At        time.Time      `json:"at"`
	Withdrawn time.Time      `json:"withdrawn,omitzero"`
}

// Open tells whether the grant still stands.
func (g Grant) Open() bool { return g.Withdrawn.IsZero() }
