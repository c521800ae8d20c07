package bot

import (
	"fmt"

	"tandem/bot/care"
	"tandem/dialog"
)

// keepCheckIn keeps one look at a goal.
func keepCheckIn(s *scene, r dialog.Record) error {
	goals, err := s.goals()
	if err != nil {
		return err
	}
	g := goals.find(text(r, "goal"))
	if g == nil {
		return &dialog.BrokenError{Reason: "the goal that was checked in on is not there"}
	}
	outcome := care.Outcome(text(r, "outcome"))
	if !outcome.Known() {
		return fmt.Errorf("a check-in has no outcome %q", outcome)
	}
	c := care.CheckIn{
		ID: s.made(r, "c"), Goal: g.ID, Version: len(g.Versions), At: s.now,
		Outcome: outcome, Said: text(r, "said"), Helped: text(r, "helped"), Learned: text(r, "learned"),
		Rating: number(r, "rating"), Confidence: number(r, "confidence"), Next: text(r, "next"),
	}
	return s.putRecord("check-in/"+c.ID, c)
}
