package bot

import (
	"fmt"
	"time"

	"tandem/reminders"
)

// bondRhythm is how often a client wants to be asked how it is to work with their practitioner.
type bondRhythm struct {
	Weeks int       `json:"weeks,omitempty"` // 0: never
	Next  time.Time `json:"next,omitzero"`
}

// bondLate is how late the question may still come: it is bound to no hour.
const bondLate = 7 * 24 * time.Hour

// chooseBonds keeps the rhythm that the client chose.
func (s *scene) chooseBonds(weeks *int) error {
	if weeks == nil || *weeks < 0 || *weeks > 52 {
		return fmt.Errorf("a rhythm in weeks is 0 to 52")
	}
	s.state.Bonds = bondRhythm{Weeks: *weeks}
	if *weeks > 0 {
		s.state.Bonds.Next = s.now.AddDate(0, 0, 7**weeks)
	}
	return nil
}

// dueBond asks the client how it is to work together, and has their practitioner told that it is time. It is a message that
// nobody asked for like any nudge: it keeps to the same limits, and waits for a day on which they allow it.
func (s *scene) dueBond() error {
	b := &s.state.Bonds
	s.keepNeeds()
	round := s.now.AddDate(0, 0, 7*b.Weeks)
	if !s.mayNudge() || s.state.Client.Practitioner == "" {
		b.Next = round
		return nil
	}
	if heard := s.state.Nudges.Ledger.Heard.Add(busyFor); s.state.Session != nil && s.now.Before(heard) {
		b.Next = heard
		return nil
	}
	policy := s.policy()
	policy.Late = bondLate
	verdict, until, why := policy.Decide(s.now, b.Next, s.state.Nudges.Ledger, false)
	s.note.Nudges = append(s.note.Nudges, "together: "+string(why))
	switch verdict {
	case reminders.Wait:
		b.Next = until
		return nil
	case reminders.Skip:
		if b.Next = reminders.Tomorrow(s.now); why == reminders.TooLate {
			b.Next = round
		}
		return nil
	case reminders.SendNow:
	}
	b.Next = round
	s.state.Nudges.Ledger.Send(s.now)
	s.notify("together-due", nil)
	return s.say(arrival{Flow: togetherFlow, With: map[string]any{"again": true}})
}
