package bot

import (
	"cmp"
	"encoding/json"
	"fmt"

	"tandem/bot/care"
	"tandem/dialog"
)

// offerGoal asks the practitioner for a yes to the goal as it stands. The client has shown it to them before: what is
// offered is what stands open.
func (s *scene) offerGoal(g *care.Goal) error {
	to := s.state.Client.Practitioner
	if to == "" {
		return &dialog.BrokenError{Reason: "there is nobody to offer a goal to"}
	}
	grants, err := s.grants()
	if err != nil {
		return err
	}
	open := false
	for _, grant := range grants {
		words, _ := grant.Fields["words"].(string)
		open = open || grant.Open() && grant.Fields["goal"] == g.ID && words == g.Now().Words
	}
	if !open {
		return &dialog.BrokenError{Reason: "a goal is offered before its words were shared"}
	}
	if err := g.Agree(care.ByClient, s.now); err != nil {
		return err
	}
	if g.Status != care.Agreed {
		if err := g.MoveTo(care.Proposed, care.ByClient, s.now, ""); err != nil {
			return err
		}
	}
	s.relay(to, offered, map[string]any{"from": s.snap.Conversation, "client": s.state.Client.Alias, "goal": g.ID, "version": len(g.Versions)})
	return nil
}

// offeredTo is a client's goal reaching the practitioner, who is asked for a yes or another wording.
func (s *scene) offeredTo() error {
	c, _, err := s.ofWhom()
	if err != nil {
		return err
	}
	if c == nil {
		return s.noRole("offered")
	}
	goal, _ := s.update.With["goal"].(string)
	version, _ := s.update.With["version"].(float64)
	m := care.Matter{Kind: "offer", Case: c.ID, Goal: goal, Version: int(version)}
	if err := s.keepMatter(m); err != nil {
		return err
	}
	about := c.ID + "/" + goal
	if s.opens(offeredFlow) && len(s.state.Session.Frames) == 1 && s.atDesk().Asked == about {
		s.state.Session = nil // the question is open for a wording that is not offered any more
		s.clearAnswers()
	}
	s.atDesk().Asked = about
	return s.arrive(arrival{Flow: offeredFlow, With: map[string]any{"case": c.ID, "goal": goal}})
}

// met notes that the practitioner has answered an offer with a proposal: it is off their list, and can still be agreed to.
func (s *scene) met(caseID, goal string) error {
	all, err := s.allMatters()
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Kind == "offer" && m.Case == caseID && m.Goal == goal && !m.Met {
			m.Met = true
			if err := s.putRecord("matter/"+m.ID, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// answerOffer is the practitioner's yes or no to a goal that a client offered, in the version that they were shown.
func (s *scene) answerOffer(id string, version int, answer, line string) error {
	all, err := s.allMatters()
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.ID != id || m.Kind != "offer" {
			continue
		}
		c, err := s.findCase(m.Case)
		if err != nil {
			return err
		}
		if c == nil || !s.practises() {
			return s.noRole("answer an offer")
		}
		s.relay(c.Conversation, answered, map[string]any{
			"from": s.snap.Conversation, "goal": m.Goal, "version": cmp.Or(version, m.Version), "answer": answer, "line": line,
		})
		if version != 0 && version != m.Version {
			return nil // the newer one still waits for its own answer
		}
		return s.dropRecord("matter/" + m.ID)
	}
	return &dialog.BrokenError{Reason: "the offer to answer is not there"}
}

// answeredHere is an answer that comes back: to a client's offer, or to a practitioner's proposal.
func (s *scene) answeredHere() error {
	if s.practises() {
		return s.proposalAnswered()
	}
	with := s.update.With
	if from, _ := with["from"].(string); from == "" || from != s.state.Client.Practitioner {
		s.keepNeeds()
		return nil
	}
	goals, err := s.goals()
	if err != nil {
		return err
	}
	id, _ := with["goal"].(string)
	version, _ := with["version"].(float64)
	answer, _ := with["answer"].(string)
	g := goals.find(id)
	if g == nil || !g.Status.Open() {
		s.keepNeeds() // it was let go meanwhile: there is nothing to agree on
		return nil
	}
	moved := int(version) != len(g.Versions)
	if answer == "agree" && !moved {
		if err := g.Agree(care.ByPractitioner, s.now); err != nil {
			return err
		}
		if err := s.putRecord("goal/"+g.ID, g); err != nil {
			return err
		}
	}
	earlier := ""
	if n := int(version); moved && n >= 1 && n <= len(g.Versions) {
		earlier = g.Versions[n-1].Words
	}
	return s.arrive(arrival{Flow: answeredFlow, With: map[string]any{
		"goal": g.ID, "answer": answer, "line": with["line"], "moved": moved, "earlier": earlier,
	}})
}

// proposalAnswered tells the practitioner what became of their proposal.
func (s *scene) proposalAnswered() error {
	c, name, err := s.ofWhom()
	if err != nil || c == nil {
		s.keepNeeds()
		return err
	}
	id, _ := s.update.With["proposal"].(string)
	answer, _ := s.update.With["answer"].(string)
	mine, err := readRecords(s, "proposed/", func(a, b *care.Proposal) int { return compareIDs(a.ID, b.ID) })
	if err != nil {
		return err
	}
	for _, p := range mine {
		if p.ID != id || p.Answer != "" {
			continue
		}
		p.Answer = answer
		if err := s.putRecord("proposed/"+p.ID, p); err != nil {
			return err
		}
		return s.arrive(arrival{Flow: notifyFlow, With: map[string]any{
			"about": answer, "client": name, "case": c.ID, "said": p.Text, "reason": s.update.With["reason"],
		}})
	}
	s.keepNeeds()
	return nil
}

// recast reads a value that came through JSON as what it was.
func recast(from, to any) error {
	data, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(data, to)
	}
	if err != nil {
		return fmt.Errorf("read what was handed over: %w", err)
	}
	return nil
}
