package bot

import (
	"fmt"

	"tandem/bot/care"
	"tandem/dialog"
)

const (
	compareFlow  = "compare"  // both sides' answers, beside each other
	togetherFlow = "together" // to a client: the four questions
)

// keepBond keeps how one side finds the work together. Where they would show it, the other side is told that; each reads
// the other's answers only once both have shown their own.
func keepBond(s *scene, r dialog.Record) error {
	if r.Do == "every" {
		return s.chooseBonds(number(r, "weeks"))
	}
	if r.Do != "add" {
		return fmt.Errorf("how it is to work together knows no %q", r.Do)
	}
	show, _ := r.Fields["show"].(bool)
	b := care.Bond{
		ID: s.newID("b"), By: care.ByClient, At: s.now, Heard: number(r, "heard"), WorkedOn: number(r, "worked-on"), Fit: number(r, "fit"),
		Change: text(r, "change"), Show: show,
	}
	to, about := s.state.Client.Practitioner, ""
	if s.practises() {
		c, err := s.findCase(text(r, "case"))
		if err != nil {
			return err
		}
		if c == nil {
			return s.noRole("work together")
		}
		b.By, to, about = care.ByPractitioner, c.Conversation, c.ID
	}
	if !show { // what they say now takes the place of what they would have shown before
		if err := s.hideBonds(about, to); err != nil {
			return err
		}
	}
	if err := s.putRecord(bondKey(about, "own", b.ID), b); err != nil {
		return err
	}
	if !show || to == "" {
		return nil
	}
	s.relay(to, bonded, map[string]any{"from": s.snap.Conversation, "client": s.state.Client.Alias, "bond": b})
	return s.compare(about)
}

// bondKey names the record of one side's answers. Of the other side's the last alone is kept; of their own, all.
func bondKey(caseID, side, id string) string { return "bond-" + side + "/" + caseID + "/" + id }

// bondedHere takes the other side's answers in. They are not shown before this side has shown its own.
func (s *scene) bondedHere() error {
	var b care.Bond
	if err := recast(s.update.With["bond"], &b); err != nil {
		return err
	}
	about, name := "", s.withName()
	if s.practises() {
		c, known, err := s.ofWhom()
		if err != nil || c == nil {
			s.keepNeeds()
			return err
		}
		about, name = c.ID, known
	} else if from, _ := s.update.With["from"].(string); from == "" || from != s.state.Client.Practitioner {
		s.keepNeeds()
		return nil
	}
	if !b.Show {
		s.keepNeeds()
		return s.dropRecord(bondKey(about, "theirs", "")) // they took it back
	}
	before, err := s.theirBond(about)
	if err != nil {
		return err
	}
	if err := s.putRecord(bondKey(about, "theirs", ""), b); err != nil {
		return err
	}
	if s.practises() && b.Strained(before) {
		if err := s.arrive(arrival{Flow: notifyFlow, With: map[string]any{"about": "repair", "client": name, "case": about}}); err != nil {
			return err
		}
	}
	own, err := s.ownBond(about)
	if err != nil {
		return err
	}
	if own != nil && own.Show && own.Fresh(s.now) {
		s.keepNeeds()
		return s.compare(about)
	}
	if !s.practises() {
		return s.arrive(arrival{Flow: togetherFlow, With: map[string]any{"asked": true}})
	}
	s.relay(s.snap.Conversation, arrived, map[string]any{"flow": notifyFlow, "with": map[string]any{"about": "together", "client": name, "case": about}})
	s.keepNeeds()
	return nil
}

// ownBonds are this side's answers, oldest first.
func (s *scene) ownBonds(about string) ([]*care.Bond, error) {
	return readRecords(s, bondKey(about, "own", ""), func(a, b *care.Bond) int { return compareIDs(a.ID, b.ID) })
}

// ownBond is this side's newest answers, or nil.
func (s *scene) ownBond(about string) (*care.Bond, error) {
	all, err := s.ownBonds(about)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[len(all)-1], nil
}

// theirBond is the other side's newest answers, or nil.
func (s *scene) theirBond(about string) (*care.Bond, error) {
	if err := s.loadRecords(); err != nil {
		return nil, err
	}
	data, ok := s.records[bondKey(about, "theirs", "")]
	if !ok {
		return nil, nil //nolint:nilnil // no answers is an answer
	}
	b := new(care.Bond)
	return b, recast(data, b)
}

// compare shows both sides' answers to this side, where both agreed. Inside a talk it comes once that is over.
func (s *scene) compare(about string) error {
	with, err := s.bothBonds(about)
	if err != nil || with == nil {
		return err
	}
	s.relay(s.snap.Conversation, arrived, map[string]any{"flow": compareFlow, "with": map[string]any{"case": about}})
	return nil
}

// bothBonds is what the flow that compares them is handed, as both stand now; nil where one of them is not open to the
// other, or is old.
func (s *scene) bothBonds(about string) (map[string]any, error) {
	own, err := s.ownBond(about)
	if err != nil {
		return nil, err
	}
	theirs, err := s.theirBond(about)
	if err != nil || own == nil || theirs == nil || !own.Show || !theirs.Show || !own.Fresh(s.now) || !theirs.Fresh(s.now) {
		return nil, err
	}
	with := map[string]any{"case": about, "other": s.withName(), "my_change": own.Change, "their_change": theirs.Change}
	c, err := s.findCase(about)
	if err != nil {
		return nil, err
	}
	if c != nil {
		with["other"] = c.Name
		s.looks = append(s.looks, look{c.Conversation, "together"})
	}
	for name, level := range map[string][2]*int{"heard": {own.Heard, theirs.Heard}, "worked_on": {own.WorkedOn, theirs.WorkedOn}, "fit": {own.Fit, theirs.Fit}} {
		for i, side := range []string{"my_", "their_"} {
			with[side+name] = -1.0
			if level[i] != nil {
				with[side+name] = float64(*level[i])
			}
		}
	}
	return with, nil
}
