package bot

import (
	"cmp"
	"fmt"

	"tandem/bot/care"
	"tandem/dialog"
)

// keepGoal makes a goal, or changes one. Its words are the client's; a change is a new version, and nothing is written
// over.
func keepGoal(s *scene, r dialog.Record) error {
	if r.Do == "create" {
		return s.createGoal(r)
	}
	goals, err := s.goals()
	if err != nil {
		return err
	}
	g := goals.find(text(r, "goal"))
	if g == nil {
		return &dialog.BrokenError{Reason: "the goal to " + r.Do + " is not there"}
	}
	reason := text(r, "reason")
	switch r.Do {
	case "change":
		v := g.Now()
		v.At, v.By, v.Reason = s.now, care.ByClient, reason
		putFields(&v, r)
		err = g.Change(v)
	case "pause":
		g.Until = text(r, "until")
		err = g.MoveTo(care.Paused, care.ByClient, s.now, reason)
	case "resume":
		g.Until = ""
		err = g.MoveTo(care.Active, care.ByClient, s.now, reason)
	case "let-go":
		err = g.MoveTo(care.LetGo, care.ByClient, s.now, reason)
	case "achieve":
		err = g.MoveTo(care.Achieved, care.ByClient, s.now, cmp.Or(text(r, "meaning"), reason))
	case "offer":
		err = s.offerGoal(g)
	case "rank":
		return s.rankGoal(goals, g, r)
	default:
		err = fmt.Errorf("a goal knows no %q", r.Do)
	}
	if err != nil {
		return err
	}
	s.replan(false) // a goal that rests, or is over, has its reminders rest too
	return s.putRecord("goal/"+g.ID, g)
}

func (s *scene) createGoal(r dialog.Record) error {
	goals, err := s.goals()
	if err != nil {
		return err
	}
	id := s.made(r, "g")
	v := care.Version{At: s.now, By: care.ByClient}
	putFields(&v, r)
	if g := goals.find(id); g != nil { // the client corrected what they had just said
		if err := g.Change(v); err != nil {
			return err
		}
		return s.putRecord("goal/"+g.ID, g)
	}
	g, err := care.NewGoal(id, len(goals.open())+1, v)
	if err != nil {
		return err
	}
	return s.putRecord("goal/"+g.ID, g)
}

func (s *scene) rankGoal(goals goalList, g *care.Goal, r dialog.Record) error {
	place := number(r, "position")
	if place == nil {
		return fmt.Errorf("a rank needs a position")
	}
	open := goals.open()
	care.Rank(open, g.ID, *place)
	for _, other := range open {
		if err := s.putRecord("goal/"+other.ID, other); err != nil {
			return err
		}
	}
	return nil
}

// putFields takes over what a record says about a goal; what it leaves out stays as it was.
func putFields(v *care.Version, r dialog.Record) {
	for name, field := range map[string]*string{
		"area": &v.Area, "words": &v.Words, "why": &v.Why, "value": &v.Value, "measure": &v.Measure, "baseline": &v.Baseline,
		"target": &v.Target, "step": &v.Step, "when": &v.When, "obstacle": &v.Obstacle, "plan": &v.Plan,
		"supporters": &v.Supporters, "review": &v.Review,
	} {
		if s := text(r, name); s != "" {
			*field = s
		}
	}
	for name, field := range map[string]**int{"importance": &v.Importance, "confidence": &v.Confidence} {
		if n := number(r, name); n != nil {
			*field = n
		}
	}
}
