// Package care holds the field's nouns: the client, the goal that they set in their own words, the check-in on it, the
// consent that comes before everything. They are plain data with the rules that keep them honest; they know no
// platform, no store and no flow.
package care

import "time"

// Party is who did something: a goal belongs to the client, whoever wrote it down.
type Party string

// The parties.
const (
	ByClient       Party = "client"
	ByPractitioner Party = "practitioner"
	ByTeam         Party = "team"
)

// Client is the person who sets goals. The record is small: it is read at every turn.
type Client struct {
	Name         string    `json:"name,omitempty"`         // as their platform gives it, theirs to change
	Lang         string    `json:"lang"`                   // the language that Tandem speaks with them: "en"
	Zone         string    `json:"zone,omitempty"`         // IANA name; "" until it is known
	Consent      int       `json:"consent,omitempty"`      // the version of the consent text that they agreed to; 0: none
	Stopped      bool      `json:"stopped,omitempty"`      // they said stop: nothing is sent that they did not ask for
	StoppedAt    time.Time `json:"stoppedAt,omitzero"`     // when they said it
	Paused       bool      `json:"paused,omitempty"`       // they said pause: no nudges until then, or until they say
	Until        string    `json:"until,omitempty"`        // Paused: the day the pause ends, "2026-12-01"; "" until they say
	Quiet        *Quiet    `json:"quiet,omitempty"`        // nil: the quiet hours of whoever runs Tandem
	NudgeWords   bool      `json:"nudgeWords,omitempty"`   // a nudge may name the goal on a locked screen: they asked for that
	TellSilence  bool      `json:"tellSilence,omitempty"`  // they agreed that the practitioner is told when they stay silent
	Practitioner string    `json:"practitioner,omitempty"` // the conversation of the practitioner they work with; "" alone
	With         string    `json:"with,omitempty"`         // the practitioner's name, as they gave it
	Alias        string    `json:"alias,omitempty"`        // the pseudonym under which the practitioner knows the client
	Since        time.Time `json:"since,omitzero"`
}

// Quiet is the time of day in which a client is not written to, in minutes since midnight in their own zone.
type Quiet struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// ConsentVersion is the version of the consent text that the shipped flows hold. A change of meaning raises it, and
// everyone is asked again.
const ConsentVersion = 1

// Consented tells whether the client agreed to the consent text in force.
func (c Client) Consented() bool { return c.Consent >= ConsentVersion }

// Consent is one yes or no to the consent text. Each is kept; the last one counts.
type Consent struct {
	Version int       `json:"version"`
	Lang    string    `json:"lang"` // of the text that was read
	Given   bool      `json:"given"`
	At      time.Time `json:"at"`
}
