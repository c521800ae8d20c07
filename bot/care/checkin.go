package care

import "time"

// Outcome is how it went, as the client sees it.
type Outcome string

// The outcomes of a check-in.
const (
	Well    Outcome = "well"
	Same    Outcome = "same"
	Slipped Outcome = "slipped"
	Reached Outcome = "reached"
	Private Outcome = "private" // they would rather not say, and that is an answer
)

// Known tells whether an outcome is one of these.
func (o Outcome) Known() bool {
	switch o {
	case Well, Same, Slipped, Reached, Private:
		return true
	}
	return false
}

// CheckIn is one look at how a goal is going.
type CheckIn struct {
	ID         string    `json:"id"`
	Goal       string    `json:"goal"`    // the goal's id
	Version    int       `json:"version"` // of the goal, from 1
	At         time.Time `json:"at"`
	Outcome    Outcome   `json:"outcome"`
	Said       string    `json:"said,omitempty"`    // how it went, in their own words
	Helped     string    `json:"helped,omitempty"`  // what helped
	Learned    string    `json:"learned,omitempty"` // what they found out
	Rating     *int      `json:"rating,omitempty"`  // 0 to 10
	Confidence *int      `json:"confidence,omitempty"`
	Next       string    `json:"next,omitempty"` // what they will do now
}
