package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"tandem/bot/care"
	"tandem/dialog"
)

// inputs gathers what a flow wants to know: what it was handed, and what is known of the client.
func (s *scene) inputs(flow string, with map[string]any) (map[string]dialog.Value, error) {
	out := make(map[string]dialog.Value)
	f := s.bot.Library.Flow(flow)
	if f == nil {
		return out, nil
	}
	handed, _ := with["goal"].(string)
	reminder, _ := with["reminder"].(string)
	for _, name := range f.Inputs() {
		if raw, ok := with[name]; ok {
			v, err := dialog.ValueOf(raw)
			if err != nil {
				return nil, fmt.Errorf("hand %s to the flow %s: %w", name, flow, err)
			}
			out[name] = v
			continue
		}
		v, err := s.input(name, handed, reminder, with)
		if err != nil {
			return nil, err
		}
		out[name] = v
	}
	return out, nil
}

// input is one thing that is known of the client. A name that is not known here is empty: a flow can say given(...).
func (s *scene) input(name, goal, reminder string, with map[string]any) (dialog.Value, error) {
	c := s.state.Client
	switch name {
	case "name":
		return dialog.TextValue(c.Name), nil
	case "app":
		platform, _, _ := strings.Cut(s.snap.Conversation, ":")
		return dialog.TextValue(platform), nil
	case "practitioner":
		return dialog.TextValue(s.withName()), nil
	case "resource":
		return dialog.TextValue(s.bot.Settings.resource(c.Lang)), nil
	case "tier":
		return dialog.TextValue(cmp.Or(s.tier, s.state.Alarm)), nil
	case "languages":
		return dialog.OptionsValue(s.languages()), nil
	}
	if v, known, err := s.togetherInput(name, with); known || err != nil {
		return v, err
	}
	if s.practises() {
		if v, known, err := s.deskInput(name, with); known || err != nil {
			return v, err
		}
	}
	if v, known, err := s.reminderInput(name, reminder); known || err != nil {
		return v, err
	}
	goals, err := s.goals()
	if err != nil {
		return dialog.Value{}, err
	}
	switch name {
	case "goals":
		return dialog.OptionsValue(goalOptions(goals.open())), nil
	case "closed_goals":
		return dialog.OptionsValue(goalOptions(closed(goals))), nil
	case "active_goals":
		return dialog.NumberValue(float64(countActive(goals))), nil
	case "goal":
		return dialog.TextValue(goalID(goals, goal)), nil
	case "new_goal":
		return dialog.TextValue(newest(goals.open())), nil
	}
	if rest, ok := strings.CutPrefix(name, "goal_"); ok {
		return s.goalInput(rest, goals.find(goalID(goals, goal)))
	}
	if name == "has_checkins" {
		ins, err := s.checkIns()
		return dialog.YesValue(len(ins) > 0), err
	}
	return dialog.Value{}, nil
}

func (s *scene) languages() []dialog.Option {
	var out []dialog.Option
	for _, code := range s.bot.Library.Languages() {
		out = append(out, dialog.Option{ID: code, Label: s.bot.Library.Pack(code).Name})
	}
	return out
}

const goalLabel = 40 // characters of a goal on a button

// goalOptions lists goals for a menu, each in the client's words, shortened where they are long.
func goalOptions(goals []*care.Goal) []dialog.Option {
	out := make([]dialog.Option, 0, len(goals))
	for _, g := range goals {
		out = append(out, dialog.Option{ID: g.ID, Label: shorten(g.Now().Words, goalLabel)})
	}
	return out
}

// closed are the goals that were achieved or let go, the last one first.
func closed(goals goalList) []*care.Goal {
	var out []*care.Goal
	for _, g := range goals {
		if !g.Status.Open() {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(a, b *care.Goal) int { return lastMove(b).At.Compare(lastMove(a).At) })
	return out
}

func shorten(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	cut := string([]rune(s)[:most-1])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

func countActive(goals []*care.Goal) int {
	n := 0
	for _, g := range goals {
		if g.Status == care.Active || g.Status == care.Agreed || g.Status == care.Proposed {
			n++
		}
	}
	return n
}

// newest is the goal that was set last, "" where there is none.
func newest(goals []*care.Goal) (id string) {
	for _, g := range goals {
		if compareIDs(g.ID, id) > 0 {
			id = g.ID
		}
	}
	return id
}

// goalID is the goal that was handed over, or the client's only open one.
func goalID(goals goalList, handed string) string {
	if open := goals.open(); handed == "" && len(open) == 1 {
		return open[0].ID
	}
	return handed
}
