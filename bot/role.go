package bot

import (
	"cmp"
	"errors"
	"time"

	"tandem/dialog"
)

// What a caller of the practitioner's pages tells apart.
var (
	// ErrNotPractitioner: the conversation is not a practitioner's.
	ErrNotPractitioner = errors.New("the conversation is not a practitioner's")
	// ErrNoCase: the practitioner has no such client, or has no longer.
	ErrNoCase = errors.New("no such client in this caseload")
)

const (
	practitionerFor = "practitioner" // dialog.Flow.For
	anyoneFor       = "anyone"
	deskFlow        = "desk" // where a practitioner's conversation begins
)

// practice is what a practitioner's conversation holds beside what every conversation holds.
type practice struct {
	Name  string    `json:"name"`            // as clients read it
	Admin bool      `json:"admin,omitempty"` // may add others
	Since time.Time `json:"since,omitzero"`
	// Rhythm is when they want a digest, as a reminder's: "0 8 * * 1", or "0 8 * * 5 every 2"; "" never.
	Rhythm string    `json:"rhythm,omitempty"`
	From   time.Time `json:"from,omitzero"`   // when they chose it
	Last   time.Time `json:"last,omitzero"`   // the last digest: the next one tells what is new since
	Before time.Time `json:"before,omitzero"` // the digest before that: where the last one was not sent, the next one begins there
	Next   time.Time `json:"next,omitzero"`   // when it is due; zero: never
	Asked  string    `json:"asked,omitempty"` // the goal that the last question for a yes was about, as "case/goal"
	Shown  []string  `json:"shown,omitempty"` // the clients of whom the talk that is under way shows something
}

// practises tells whether the conversation is a practitioner's: one that the settings name, or that was added by an
// administrator.
func (s *scene) practises() bool { return s.bot.practises(s.snap.Conversation, s.state) }

func (b *Bot) practises(conversation string, st *state) bool {
	_, named := b.Settings.Practitioners[conversation]
	return named || st.Desk != nil
}

// atDesk is what a practitioner's conversation keeps; it is made at the first need.
func (s *scene) atDesk() *practice {
	if s.state.Desk == nil {
		s.state.Desk = &practice{Since: s.now}
	}
	return s.state.Desk
}

// ownName is a practitioner's name, as clients read it.
func (s *scene) ownName() string {
	named := s.bot.Settings.Practitioners[s.snap.Conversation]
	if s.state.Desk != nil {
		return cmp.Or(s.state.Desk.Name, named, s.state.Client.Name)
	}
	return cmp.Or(named, s.state.Client.Name)
}

// administers tells whether a practitioner may add others.
func (s *scene) administers() bool {
	return s.bot.Settings.Admins[s.snap.Conversation] || (s.state.Desk != nil && s.state.Desk.Admin)
}

// withName is the name of the practitioner that a client works with; "" alone.
func (s *scene) withName() string {
	c := s.state.Client
	if c.Practitioner == "" {
		return ""
	}
	return cmp.Or(c.With, s.bot.Settings.Practitioners[c.Practitioner])
}

// mayOpen tells whether a flow is for who this conversation belongs to. Before consent that is only what may run before
// it, for clients; a practitioner agrees to nothing of the kind.
func (s *scene) mayOpen(f *dialog.Flow) bool {
	switch {
	case f == nil:
		return false
	case s.practises():
		return f.For == practitionerFor || f.For == anyoneFor
	case f.For == practitionerFor:
		return false
	}
	return f.BeforeConsent || s.state.Client.Consented()
}
