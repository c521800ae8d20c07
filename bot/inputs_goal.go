package bot

import (
	"strings"
	"time"

	"tandem/bot/care"
	"tandem/dialog"
)

// goalInput is what a flow wants to know of one goal; empty, or -1, where there is nothing to know.
func (s *scene) goalInput(name string, g *care.Goal) (dialog.Value, error) {
	if g == nil {
		g = &care.Goal{Versions: []care.Version{{}}}
	}
	v := g.Now()
	switch name {
	case "words":
		return dialog.TextValue(v.Words), nil
	case "why":
		return dialog.TextValue(v.Why), nil
	case "step":
		return dialog.TextValue(v.Step), nil
	case "when":
		return dialog.TextValue(v.When), nil
	case "obstacle":
		return dialog.TextValue(v.Obstacle), nil
	case "plan":
		return dialog.TextValue(v.Plan), nil
	case "supporters":
		return dialog.TextValue(v.Supporters), nil
	case "measure":
		return dialog.TextValue(v.Measure), nil
	case "review":
		return dialog.TextValue(v.Review), nil
	case "status":
		return dialog.TextValue(string(g.Status)), nil
	case "paused_until":
		return dialog.TextValue(g.Until), nil
	case "moved_on":
		return dialog.TextValue(s.movedOn(g)), nil
	case "moved_reason":
		return dialog.TextValue(lastMove(g).Reason), nil
	case "importance":
		return level(v.Importance), nil
	case "confidence":
		return level(v.Confidence), nil
	case "rating":
		return s.lastRating(g)
	case "shared":
		open, err := s.shared(g.ID)
		return dialog.YesValue(open), err
	case "history":
		return dialog.TextValue(s.history(g)), nil
	}
	return dialog.TextValue(""), nil
}

func level(n *int) dialog.Value {
	if n == nil {
		return dialog.NumberValue(-1)
	}
	return dialog.NumberValue(float64(*n))
}

// lastRating is how the client last rated the goal.
func (s *scene) lastRating(g *care.Goal) (dialog.Value, error) {
	ins, err := s.checkIns()
	if err != nil {
		return dialog.Value{}, err
	}
	rating := level(nil)
	for _, c := range ins {
		if c.Goal == g.ID && c.Rating != nil {
			rating = level(c.Rating)
		}
	}
	return rating, nil
}

// lastMove is the last change of a goal's status; empty where there was none.
func lastMove(g *care.Goal) care.Move {
	if len(g.Moves) == 0 {
		return care.Move{}
	}
	return g.Moves[len(g.Moves)-1]
}

// movedOn is the day of the last change of status, as the client's language says it; "" where there was none.
func (s *scene) movedOn(g *care.Goal) string {
	at := lastMove(g).At
	if at.IsZero() {
		return ""
	}
	return s.day(at)
}

// history is a goal's versions, oldest first: when, what was new in each, who proposed it where that was not the client,
// and why it was changed. It is people's own words, a name and a day, so that it reads in every language.
func (s *scene) history(g *care.Goal) string {
	var lines []string
	before := care.Version{}
	for _, v := range g.Versions {
		if fresh := news(before, v); len(fresh) > 0 {
			line := s.day(v.At) + ": " + s.quoted(fresh)
			if name := s.withName(); v.By == care.ByPractitioner && name != "" {
				line += " · " + name
			}
			if v.Reason != "" {
				line += " (" + v.Reason + ")"
			}
			lines = append(lines, line)
		}
		before = v
	}
	return strings.Join(lines, "\n")
}

// news is what a version says of the goal, the step, the plan and the sign that the one before it did not.
func news(before, now care.Version) []string {
	var out []string
	for _, pair := range [][2]string{{before.Words, now.Words}, {before.Step, now.Step}, {before.Plan, now.Plan}, {before.Measure, now.Measure}} {
		if pair[1] != "" && pair[1] != pair[0] {
			out = append(out, pair[1])
		}
	}
	return out
}

func (s *scene) quoted(texts []string) string {
	marks := s.pack().Quotes
	return marks[0] + strings.Join(texts, marks[1]+", "+marks[0]) + marks[1]
}

// day says a day as the client's language does.
func (s *scene) day(at time.Time) string { return s.pack().SayDay(at.In(s.now.Location()), s.now) }
