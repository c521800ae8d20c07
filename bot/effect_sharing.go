package bot

import (
	"fmt"
	"slices"
	"time"

	"tandem/bot/care"
	"tandem/dialog"
)

// keepSharing takes back what was opened to others, from this moment: for one goal, or for all where none is named.
// What was seen already cannot be taken back, and the flow says so.
func keepSharing(s *scene, r dialog.Record) error {
	if r.Do == "leave" {
		return s.leave()
	}
	if r.Do != "withdraw" {
		return fmt.Errorf("sharing knows no %q", r.Do)
	}
	grants, err := s.grants()
	if err != nil {
		return err
	}
	goal := text(r, "goal")
	if goal == "" {
		if err := s.hideBonds("", s.state.Client.Practitioner); err != nil {
			return err
		}
	}
	for _, g := range grants {
		about, _ := g.Fields["goal"].(string)
		if !g.Open() || (goal != "" && about != goal) {
			continue
		}
		if err := s.close(g); err != nil {
			return err
		}
	}
	return nil
}

// leave ends the work with the practitioner: everything that stands open is closed, and they are told that, and no more.
func (s *scene) leave() error {
	c := &s.state.Client
	to := c.Practitioner
	if to == "" {
		return nil
	}
	c.Practitioner = "" // what is closed now need not be told one by one
	if err := keepSharing(s, dialog.Record{Do: "withdraw"}); err != nil {
		return err
	}
	if err := s.dropProposals(); err != nil {
		return err
	}
	if err := s.dropRecord(bondKey("", "theirs", "")); err != nil {
		return err
	}
	s.hasLeft = true
	s.relay(to, left, map[string]any{"from": s.snap.Conversation, "client": c.Alias})
	c.With, c.Alias, c.TellSilence, s.state.Bonds = "", "", false, bondRhythm{}
	return nil
}

// endTheirs ends a talk that lies below the one in which the client has just left their practitioner, where it is about
// them: a letter, an idea of theirs. Its question is not asked again.
func (s *scene) endTheirs() {
	session := s.state.Session
	if !s.hasLeft || session == nil {
		return
	}
	for _, flow := range []string{letterFlow, proposalFlow, answeredFlow, compareFlow, togetherFlow} {
		if s.opens(flow) {
			s.commit.Outbox = slices.DeleteFunc(s.commit.Outbox, func(o Outgoing) bool {
				return o.Kind == Say && o.Message.Prompt != "" && o.Message.Prompt == session.Prompt
			})
			s.state.Session = nil
			s.clearAnswers()
			return
		}
	}
}

// dropProposals closes what waits from a practitioner whom the client has left.
func (s *scene) dropProposals() error {
	all, err := s.proposals()
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.Answer != "" {
			continue
		}
		p.Answer = "declined"
		if err := s.putRecord("proposal/"+p.ID, p); err != nil {
			return err
		}
	}
	s.state.Waiting, s.state.Until = nil, time.Time{}
	return nil
}

// shared tells whether something of a goal is open to others now.
func (s *scene) shared(goal string) (bool, error) {
	grants, err := s.grants()
	for _, g := range grants {
		if about, _ := g.Fields["goal"].(string); about == goal && g.Open() {
			return true, err
		}
	}
	return false, err
}

// hideBonds takes back what this side would have shown of how they find the work together. The other side's copy goes too;
// nothing is said of it, because it was shown to nobody before both had shown theirs.
func (s *scene) hideBonds(about, to string) error {
	all, err := s.ownBonds(about)
	if err != nil {
		return err
	}
	hidden := false
	for _, b := range all {
		if !b.Show {
			continue
		}
		b.Show, hidden = false, true
		if err := s.putRecord(bondKey(about, "own", b.ID), b); err != nil {
			return err
		}
	}
	if hidden {
		s.relay(to, bonded, map[string]any{"from": s.snap.Conversation, "client": s.state.Client.Alias, "bond": care.Bond{At: s.now}})
	}
	return nil
}
