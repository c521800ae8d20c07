package bot

import (
	"fmt"

	"tandem/bot/care"
	"tandem/dialog"
)

const (
	offeredFlow  = "offered"  // to a practitioner: a goal to agree on
	proposalFlow = "proposal" // to a client: what the practitioner proposes
	answeredFlow = "answered" // to a client: what the practitioner said to their offer
	letterFlow   = "letter"   // to a client: a message from the practitioner
	mailFlow     = "mail"     // to a practitioner: a message from a client
)

// keepProposal is both sides of a proposal: the practitioner sends it or answers an offer, the client answers it.
func keepProposal(s *scene, r dialog.Record) error {
	switch r.Do {
	case "send":
		base := 0
		if n := number(r, "base"); n != nil {
			base = *n
		}
		return s.propose(text(r, "case"), care.Proposal{
			Kind: care.ProposalKind(text(r, "kind")), Goal: text(r, "goal"), Base: base, Text: text(r, "text"), Note: text(r, "note"),
		})
	case "agree", "decline":
		version := 0
		if n := number(r, "version"); n != nil {
			version = *n
		}
		return s.answerOffer(text(r, "matter"), version, r.Do, text(r, "text"))
	case "accept", "refuse", "counter":
		return s.answerProposal(text(r, "proposal"), r.Do, text(r, "reason"))
	}
	return fmt.Errorf("a proposal knows no %q", r.Do)
}

// propose sends a proposal to a client.
func (s *scene) propose(caseID string, p care.Proposal) error {
	c, err := s.findCase(caseID)
	switch {
	case err != nil:
		return err
	case c == nil || !s.practises():
		return s.noRole("propose")
	case !p.Kind.Known() || (p.Text == "" && p.Kind != care.FirstGoal) || (p.Goal == "" && p.Kind.Asks() && p.Kind != care.OwnGoal):
		return &dialog.BrokenError{Reason: "a proposal of the kind " + string(p.Kind) + " lacks its goal or its words"}
	}
	p.ID, p.At = s.newID("p"), s.now
	if err := s.putRecord("proposed/"+p.ID, p); err != nil {
		return err
	}
	if err := s.met(c.ID, p.Goal); err != nil {
		return err
	}
	s.relay(c.Conversation, proposed, map[string]any{"proposal": p, "by": s.ownName(), "from": s.snap.Conversation})
	return nil
}

// proposedTo is a practitioner's proposal reaching its client. It is kept before it is said: it waits, and is not lost.
func (s *scene) proposedTo() error {
	from, _ := s.update.With["from"].(string)
	if from == "" || from != s.state.Client.Practitioner {
		s.keepNeeds() // they work with each other no longer
		return nil
	}
	var p care.Proposal
	if err := recast(s.update.With["proposal"], &p); err != nil {
		return fmt.Errorf("read a proposal: %w", err)
	}
	p.From, p.Ref, p.ID = from, p.ID, s.newID("p")
	if err := s.putRecord("proposal/"+p.ID, p); err != nil {
		return err
	}
	return s.arrive(arrival{Flow: proposalFlow, With: map[string]any{"proposal": p.ID}})
}

// answerProposal is the client's answer. A yes to a wording makes a version that both agreed to; where the goal has moved
// on since it was proposed, the flow has shown both, and the client has chosen.
func (s *scene) answerProposal(id, answer, reason string) error {
	p, err := s.proposal(id)
	if err != nil {
		return err
	}
	if p == nil || p.Answer != "" || (p.From != "" && p.From != s.state.Client.Practitioner) {
		return &dialog.BrokenError{Reason: "the proposal to answer is not there"}
	}
	if answer == "accept" {
		if err := s.takeOver(p); err != nil {
			return err
		}
	}
	p.Answer = map[string]string{"accept": "accepted", "refuse": "declined", "counter": "countered"}[answer]
	if err := s.putRecord("proposal/"+p.ID, p); err != nil {
		return err
	}
	if p.Kind.Asks() && answer != "counter" { // their own wording is told by itself
		s.relay(s.state.Client.Practitioner, answered, map[string]any{
			"from": s.snap.Conversation, "proposal": p.Ref, "answer": p.Answer, "reason": reason,
		})
	}
	return nil
}

// takeOver makes a proposal that the client agreed to part of the goal.
func (s *scene) takeOver(p *care.Proposal) error {
	goals, err := s.goals()
	if err != nil {
		return err
	}
	if p.Kind == care.OwnGoal && p.Goal == "" {
		return s.takeGoal(p, goals)
	}
	g := goals.find(p.Goal)
	if g == nil {
		return &dialog.BrokenError{Reason: "the goal of the proposal is not there"}
	}
	if p.Kind == care.FirstGoal {
		care.Rank(goals.open(), g.ID, 1)
		for _, other := range goals.open() {
			if err := s.putRecord("goal/"+other.ID, other); err != nil {
				return err
			}
		}
		return nil
	}
	v := g.Now()
	v.At, v.By, v.Reason = s.now, care.ByPractitioner, p.Note
	switch p.Kind {
	case care.Rewording, care.OwnGoal:
		v.Words = p.Text
	case care.NewMeasure:
		v.Measure = p.Text
	case care.SmallerStep:
		v.Step, v.When = p.Text, ""
	}
	if err := g.Change(v); err != nil {
		return err
	}
	return s.agreeOn(g, p)
}

// takeGoal makes a goal of one that the practitioner proposed.
func (s *scene) takeGoal(p *care.Proposal, goals goalList) error {
	g, err := care.NewGoal(s.newID("g"), len(goals.open())+1, care.Version{At: s.now, By: care.ByPractitioner, Reason: p.Note, Words: p.Text})
	if err != nil {
		return err
	}
	p.Goal = g.ID
	return s.agreeOn(g, p)
}

// agreeOn notes both yeses to a goal's newest version. What both agreed on in these words stands open between them: they
// are the practitioner's own.
func (s *scene) agreeOn(g *care.Goal, p *care.Proposal) error {
	for _, party := range []care.Party{care.ByPractitioner, care.ByClient} {
		if err := g.Agree(party, s.now); err != nil {
			return err
		}
	}
	part := map[care.ProposalKind]string{care.OwnGoal: "words", care.Rewording: "words", care.NewMeasure: "measure", care.SmallerStep: "step"}[p.Kind]
	grant := care.Grant{
		ID: s.newID("w"), Audience: practitionerFor, At: s.now, Shown: p.Text,
		Fields: map[string]any{"goal": g.ID, "version": len(g.Versions), "status": string(g.Status), part: p.Text},
	}
	if err := s.putRecord(grantKey(grant.ID), grant); err != nil {
		return err
	}
	s.replan(false)
	return s.putRecord("goal/"+g.ID, g)
}

// proposal is one that reached this client, or nil.
func (s *scene) proposal(id string) (*care.Proposal, error) {
	all, err := s.proposals()
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, nil //nolint:nilnil // no such proposal is an answer
}

// proposals are those that reached this client, oldest first.
func (s *scene) proposals() ([]*care.Proposal, error) {
	return readRecords(s, "proposal/", func(a, b *care.Proposal) int { return compareIDs(a.ID, b.ID) })
}
