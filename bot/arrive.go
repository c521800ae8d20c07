package bot

import (
	"slices"
	"strings"
	"time"

	"tandem/dialog"
)

// arrival is something that another conversation has for the person of this one: the flow that says it, and what it is
// handed. It waits where it cannot be said yet, and never gets lost.
type arrival struct {
	Flow string         `json:"flow"`
	With map[string]any `json:"with,omitempty"`
	Soon bool           `json:"soon,omitempty"` // from a person, in their own words: it interrupts a talk that is under way
}

// arrive says what has come, or keeps it for a better moment: a client is not written to while nothing can be sent, in
// the night, after a stop or while they may be in danger, and not in the middle of another talk; a person's letter may
// interrupt. What waits is said when they write, or when the reason is over.
func (s *scene) arrive(a arrival) error {
	if until, wait := s.unfit(a); wait {
		s.state.Waiting = append(s.state.Waiting, a)
		s.state.Until = earliest(s.state.Until, until)
		s.keepNeeds()
		s.tellWaits(until)
		return nil
	}
	return s.say(a)
}

// tellWaits lets a practitioner know that what they have just sent waits: until a time, or until the client writes.
func (s *scene) tellWaits(until time.Time) {
	from, _ := s.update.With["from"].(string)
	if s.practises() || from != s.state.Client.Practitioner || (s.update.Event != letter && s.update.Event != proposed) {
		return
	}
	about := "waits"
	switch {
	case s.opens(proposalFlow):
		about = "waits-its-turn"
	case until.IsZero():
		about = "waits-for-them"
	}
	s.relay(from, Notify, map[string]any{"about": about, "client": s.state.Client.Alias, "from": s.snap.Conversation})
}

// say opens the flow of an arrival. What is under way here goes on afterwards.
func (s *scene) say(a arrival) error {
	if open, err := s.fill(&a); err != nil || !open {
		s.keepNeeds()
		return err
	}
	if s.state.Session == nil {
		return s.begin(a.Flow, a.With)
	}
	if s.opens(a.Flow) { // a second letter stands beside the first
		s.tell(dialog.Message{Text: s.letterText(a)})
		s.keepNeeds()
		return nil
	}
	s.update.With = a.With
	return s.converse(func(session *dialog.Session, c dialog.Context) (dialog.Result, error) {
		return s.bot.Library.Interrupt(session, a.Flow, c)
	})
}

// letterText is a letter as it is told where the question after another one is open.
func (s *scene) letterText(a arrival) string {
	form, who := s.pack().Letter, s.withName()
	if a.Flow == mailFlow {
		form = s.pack().Mail
		who, _ = a.With["client"].(string)
	}
	words, _ := a.With["text"].(string)
	return strings.Replace(strings.Replace(form, "{}", who, 1), "{}", words, 1)
}

// unfit tells whether this is no moment for an arrival, and when it is looked at again; zero: when the person writes.
func (s *scene) unfit(a arrival) (until time.Time, wait bool) {
	if s.snap.Parked || s.opens(a.Flow) && a.Flow != letterFlow && a.Flow != mailFlow {
		return time.Time{}, true // a second one of a kind waits for the first: each is read, and answered, by itself
	}
	if s.practises() {
		return time.Time{}, false
	}
	talking := s.state.Nudges.Ledger.Heard.Add(busyFor)
	c, quiet := s.state.Client, s.policy().Quiet
	switch {
	case s.state.Alarm != "" && a.Soon && s.update.Event == letter:
		return time.Time{}, false // a human being's words are what helps then, but for those from before
	case s.state.Alarm != "", !c.Consented():
		return time.Time{}, true
	case (c.Stopped || s.resting()) && (!s.now.Before(talking) || !s.state.Nudges.Ledger.Heard.After(c.StoppedAt)):
		return time.Time{}, true
	case s.now.Before(talking):
		if s.state.Session == nil || a.Soon {
			return time.Time{}, false
		}
		return talking, true
	case quiet.Holds(s.now):
		return quiet.After(s.now), true
	}
	return time.Time{}, false
}

// opens tells whether a flow is part of the talk that is under way.
func (s *scene) opens(flow string) bool {
	return s.state.Session != nil && slices.ContainsFunc(s.state.Session.Frames, func(f dialog.Frame) bool { return f.Flow == flow })
}

// passOn lets in what waits, by the door that everything comes in by. What still is untimely then waits on.
func (s *scene) passOn(ready func(arrival) bool) {
	var rest []arrival
	for _, a := range s.state.Waiting {
		if !ready(a) {
			rest = append(rest, a)
			continue
		}
		s.relay(s.snap.Conversation, arrived, map[string]any{"flow": a.Flow, "with": a.With, "soon": a.Soon})
	}
	s.state.Waiting = rest
	if len(rest) == 0 {
		s.state.Until = time.Time{}
	}
}

// fits tells whether an arrival can be said now.
func (s *scene) fits(a arrival) bool {
	_, wait := s.unfit(a)
	return !wait && s.state.Alarm == ""
}

func everything(arrival) bool { return true }

// waited is an arrival that comes in once more.
func (s *scene) waited() error {
	flow, _ := s.update.With["flow"].(string)
	with, _ := s.update.With["with"].(map[string]any)
	soon, _ := s.update.With["soon"].(bool)
	return s.arrive(arrival{Flow: flow, With: with, Soon: soon})
}
