package care_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tandem/bot/care"
)

func at(day int) time.Time { return time.Date(2026, 3, day, 18, 0, 0, 0, time.UTC) }

func newGoal(t *testing.T, id string, rank int) *care.Goal {
	t.Helper()
	g, err := care.NewGoal(id, rank, care.Version{At: at(1), By: care.ByClient, Words: "sleep beter"})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestAGoalHasTheClientsWords(t *testing.T) {
	if g, err := care.NewGoal("g1", 1, care.Version{By: care.ByClient}); err == nil {
		t.Errorf("a goal without words was made: %+v", g)
	}
	g := newGoal(t, "g1", 1)
	if err := g.Change(care.Version{By: care.ByClient}); err == nil || len(g.Versions) != 1 {
		t.Errorf("a change took the words away: %v, %+v", err, g.Versions)
	}
}

func TestAChangeIsANewVersion(t *testing.T) {
	g := newGoal(t, "g1", 1)
	if err := g.Change(care.Version{At: at(8), By: care.ByPractitioner, Words: "sleep seven hours", Reason: "easier to see"}); err != nil {
		t.Fatal(err)
	}
	want := []care.Version{
		{At: at(1), By: care.ByClient, Agreed: []care.Party{care.ByClient}, Words: "sleep beter"},
		{At: at(8), By: care.ByPractitioner, Agreed: []care.Party{care.ByPractitioner}, Words: "sleep seven hours", Reason: "easier to see"},
	}
	if diff := cmp.Diff(want, g.Versions); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
	if g.Now().Words != "sleep seven hours" {
		t.Errorf("the newest version is %q", g.Now().Words)
	}
}

func TestMoveTo(t *testing.T) {
	cases := map[string]struct {
		from, to care.Status
		ok       bool
	}{
		"rest":                     {care.Active, care.Paused, true},
		"take up again":            {care.Paused, care.Active, true},
		"let go":                   {care.Active, care.LetGo, true},
		"let go while it rests":    {care.Paused, care.LetGo, true},
		"reach":                    {care.Active, care.Achieved, true},
		"take up what was let go":  {care.LetGo, care.Active, true},
		"nothing changes":          {care.Active, care.Active, true},
		"a draft is not achieved":  {care.Draft, care.Achieved, false},
		"what is over cannot rest": {care.Achieved, care.Paused, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			g := newGoal(t, "g1", 1)
			g.Status = c.from
			err := g.MoveTo(c.to, care.ByClient, at(9), "because")
			if (err == nil) != c.ok {
				t.Fatalf("MoveTo: %v, want ok %v", err, c.ok)
			}
			switch {
			case !c.ok && g.Status != c.from:
				t.Errorf("the goal is %s after a move that was refused", g.Status)
			case c.ok && c.from != c.to:
				want := []care.Move{{At: at(9), By: care.ByClient, From: c.from, To: c.to, Reason: "because"}}
				if diff := cmp.Diff(want, g.Moves); diff != "" {
					t.Errorf("moves (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestRank(t *testing.T) {
	cases := map[string]struct {
		id    string
		place int
		want  []string
	}{
		"to the front":     {"c", 1, []string{"c", "a", "b"}},
		"to the end":       {"a", 3, []string{"b", "c", "a"}},
		"beyond the end":   {"a", 99, []string{"b", "c", "a"}},
		"before the start": {"b", -1, []string{"b", "a", "c"}},
		"unknown":          {"x", 1, []string{"a", "b", "c"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			goals := []*care.Goal{newGoal(t, "b", 2), newGoal(t, "a", 1), newGoal(t, "c", 3)}
			care.Rank(goals, c.id, c.place)
			got := make([]string, len(goals))
			for _, g := range goals {
				got[g.Rank-1] = g.ID
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("order (-want +got):\n%s", diff)
			}
		})
	}
}
