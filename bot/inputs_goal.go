package bot

import (
	"fmt"
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
	case "status":
		return dialog.TextValue(string(g.Status)), nil
	case "paused_until":
		return dialog.TextValue(g.Until), nil
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

// history is a goal's versions, oldest first: when, in which words, and why they changed.
func (s *scene) history(g *care.Goal) string {
	var b strings.Builder
	for i, v := range g.Versions {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s  %s", v.At.In(s.now.Location()).Format(time.DateOnly), v.Words)
		if v.Reason != "" {
			fmt.Fprintf(&b, " (%s)", v.Reason)
		}
	}
	return b.String()
}
