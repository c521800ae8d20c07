package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"tandem/bot/care"
	"tandem/bot/desk"
	"tandem/dialog"
)

// between does what one conversation of ours has for another; false where the update is of another kind. Each has been
// stored and is done once, like everything that comes in.
func (s *scene) between() (handled bool, err error) {
	switch s.update.Event {
	case Notify:
		err = s.notified()
	case Shared:
		err = s.sharedHere()
	case Desk:
		err = s.deskHere()
	case arrived:
		err = s.waitOver()
	case digestDue:
		err = s.dueDigest()
	case joined:
		err = s.joins()
	case uninvited:
		err = s.turnedAway()
	case offered:
		err = s.offeredTo()
	case proposed:
		err = s.proposedTo()
	case answered:
		err = s.answeredHere()
	case letter:
		err = s.letterHere()
	case withdrawn:
		err = s.withdrawnHere()
	case looked:
		err = s.noteLook()
	case seen:
		err = s.keepRead()
	case appointed:
		err = s.isAppointed()
	case bondDue:
		err = s.dueBond()
	case bonded:
		err = s.bondedHere()
	case left:
		err = s.leaves()
	default:
		return false, nil
	}
	return true, err
}

// isNobody tells whether a practitioner's words reached a conversation that was erased: nobody is there, and they are told.
func (s *scene) isNobody() bool {
	from, _ := s.update.With["from"].(string)
	if len(s.snap.State) > 0 || s.practises() || (s.update.Event != letter && s.update.Event != proposed) {
		return false
	}
	s.relay(from, left, map[string]any{"from": s.snap.Conversation})
	return true
}

// waitOver lets in what waited until now; what comes in again is looked at anew.
func (s *scene) waitOver() error {
	if s.update.With != nil {
		return s.waited()
	}
	s.keepNeeds()
	s.state.Until = time.Time{}
	s.passOn(everything)
	return nil
}

// sharedHere shows a practitioner what a client has just opened to them.
func (s *scene) sharedHere() error {
	c, name, err := s.ofWhom()
	if err != nil || c == nil {
		s.keepNeeds()
		return err
	}
	return s.arrive(arrival{Flow: notifyFlow, With: map[string]any{
		"about": "shared", "client": name, "case": c.ID, "grant": s.update.With["grant"],
	}})
}

// fill reads what an arrival shows of a client at the moment in which it is said, and not before: what waits holds none of
// their words. False where nothing of it stands open any more.
func (s *scene) fill(a *arrival) (bool, error) {
	about, _ := a.With["case"].(string)
	switch {
	case a.Flow == compareFlow:
		with, err := s.bothBonds(about)
		a.With = with
		return with != nil, err
	case a.With["about"] != "shared":
		return true, nil
	}
	open, err := s.glanceOne(about)
	if isNoCase(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	id, _ := a.With["grant"].(string)
	whole := s.bot.desk.Page(s.state.Client.Lang, open, s.now)
	open.Grants = slices.DeleteFunc(slices.Clone(open.Grants), func(g care.Grant) bool { return g.ID != id })
	if len(open.Grants) == 0 {
		return false, nil
	}
	words := cmp.Or(sharedWords(s.bot.desk.Page(s.state.Client.Lang, open, s.now), whole), open.Grants[0].Shown)
	s.reading(open)
	a.With = map[string]any{"about": "shared", "client": open.Name, "said": words}
	return true, nil
}

// sharedWords is what a client has just opened, as it stands on their page; a check-in under the goal's words, where
// those are open too.
func sharedWords(fresh, whole desk.Page) string {
	var lines []string
	for _, g := range fresh.Goals {
		for _, w := range whole.Goals {
			if w.ID == g.ID {
				g.Title = w.Title
			}
		}
		lines = append(append(append(lines, g.Title), g.Lines...), g.Shared...)
	}
	return strings.Join(lines, "\n")
}

// deskHere screens what a practitioner typed on a page like everything that anybody types, then does it. From anybody
// else it is what it says: words.
func (s *scene) deskHere() error {
	if !s.practises() {
		s.logRefused("desk")
		s.update.Event, s.update.With = "", nil
		return s.handle()
	}
	if handled, err := s.screen(); handled || err != nil {
		return err
	}
	return s.deskDone()
}

// withdrawnHere takes out of a practitioner's conversation what a client took back: an offer that waits, and a question
// that shows it.
func (s *scene) withdrawnHere() error {
	c, name, err := s.ofWhom()
	if err != nil || c == nil {
		s.keepNeeds()
		return err
	}
	goals, _ := s.update.With["goals"].([]any)
	for _, goal := range goals {
		if id, _ := goal.(string); id != "" {
			if err := s.dealt(c.ID, id, "offer"); err != nil {
				return err
			}
		}
	}
	s.endShown(c.ID)
	return s.arrive(arrival{Flow: notifyFlow, With: map[string]any{"about": "withdrawn", "client": name}})
}

// endShown ends the talk that is under way here, if it shows something of a client that is not open any more.
func (s *scene) endShown(caseID string) {
	if s.state.Session != nil && s.state.Desk != nil && slices.Contains(s.state.Desk.Shown, caseID) {
		s.state.Session = nil
		s.clearAnswers()
	}
}

// keepMatterDone takes something that waited off a practitioner's list: they have seen to it.
func keepMatterDone(s *scene, r dialog.Record) error {
	c, err := s.findCase(text(r, "case"))
	switch {
	case err != nil:
		return err
	case c == nil:
		return s.noRole("matter")
	case r.Do != "done":
		return fmt.Errorf("a matter knows no %q", r.Do)
	}
	if kind := text(r, "kind"); kind != "" {
		return s.dealt(c.ID, text(r, "goal"), kind)
	}
	return s.dealt(c.ID, "", "letter", "person", "alarm") // an offer wants a yes or a no
}
