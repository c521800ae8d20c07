package care

import (
	"slices"
	"time"
)

// Invite lets one person in to work with a practitioner: once, and until a day. It is kept twice: with the practitioner,
// who hands the code out, and under the code itself.
type Invite struct {
	ID           string    `json:"id"`             // in the practitioner's conversation
	Code         string    `json:"code,omitempty"` // only with the practitioner
	Name         string    `json:"name"`           // the pseudonym under which the client is to appear
	Practitioner string    `json:"practitioner"`   // their conversation
	By           string    `json:"by"`             // their name, as clients read it
	Made         time.Time `json:"made"`
	Until        time.Time `json:"until"`
	Used         time.Time `json:"used,omitzero"`
	Client       string    `json:"client,omitempty"` // the conversation of who used it
}

// Holds tells whether the invite can still be used.
func (i Invite) Holds(now time.Time) bool { return i.Used.IsZero() && now.Before(i.Until) }

// Case is a client in a practitioner's caseload.
type Case struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"` // the pseudonym that the practitioner gave
	Conversation string    `json:"conversation"`
	Since        time.Time `json:"since"`
}

// Matter is something of a client's that waits for their practitioner. It holds none of the client's words: they are read
// when they are shown, as far as they stand open then.
type Matter struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind"` // offer, letter, person or alarm
	Case    string    `json:"case"`
	Goal    string    `json:"goal,omitempty"`
	Version int       `json:"version,omitempty"` // of the goal, from 1
	At      time.Time `json:"at"`
	Met     bool      `json:"met,omitempty"` // an offer: the practitioner has proposed something else; a yes is still one
}

// ProposalKind is what a practitioner proposes.
type ProposalKind string

// The kinds of proposals. A comment and an affirmation ask for nothing.
const (
	OwnGoal     ProposalKind = "goal"
	Rewording   ProposalKind = "words"
	NewMeasure  ProposalKind = "measure"
	SmallerStep ProposalKind = "step"
	FirstGoal   ProposalKind = "order" // this goal first, in the client's order
	Comment     ProposalKind = "comment"
	Affirmation ProposalKind = "affirmation"
)

// Known tells whether a kind is one of these.
func (k ProposalKind) Known() bool {
	return slices.Contains([]ProposalKind{OwnGoal, Rewording, NewMeasure, SmallerStep, FirstGoal, Comment, Affirmation}, k)
}

// Asks tells whether the client is to say yes or no.
func (k ProposalKind) Asks() bool { return k != Comment && k != Affirmation }

// Proposal is what a practitioner proposes to a client. It changes nothing by itself.
type Proposal struct {
	ID     string       `json:"id"` // in the practitioner's conversation
	Kind   ProposalKind `json:"kind"`
	Goal   string       `json:"goal,omitempty"` // "" for a new one
	Base   int          `json:"base,omitempty"` // the goal's version that it was written for, from 1
	Text   string       `json:"text,omitempty"`
	Note   string       `json:"note,omitempty"` // why, in the practitioner's words
	At     time.Time    `json:"at"`
	Ref    string       `json:"ref,omitempty"`    // its id with the practitioner, as the client keeps it
	From   string       `json:"from,omitempty"`   // the practitioner's conversation, as the client keeps it
	Answer string       `json:"answer,omitempty"` // accepted, declined or countered; "" while it is open
}

// Read is one look of a practitioner at what a client has opened: the client can ask for all of them.
type Read struct {
	ID   string    `json:"id"`
	By   string    `json:"by"`   // the practitioner's name
	What string    `json:"what"` // overview, page, digest or offer
	At   time.Time `json:"at"`
}

// AgreedBy tells whether a party said yes to exactly this version.
func (v Version) AgreedBy(p Party) bool { return slices.Contains(v.Agreed, p) }

// Agree notes a party's yes to the newest version. With the second yes the goal is agreed; one that rests goes on resting.
func (g *Goal) Agree(by Party, at time.Time) error {
	v := &g.Versions[len(g.Versions)-1]
	if !v.AgreedBy(by) {
		v.Agreed = append(slices.Clone(v.Agreed), by)
	}
	if g.Status == Paused || !v.AgreedBy(ByClient) || !v.AgreedBy(ByPractitioner) {
		return nil
	}
	return g.MoveTo(Agreed, by, at, "")
}
