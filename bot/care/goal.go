package care

import (
	"fmt"
	"slices"
	"time"
)

// Status is where a goal stands. Letting go is a good outcome, not a failure.
type Status string

// The statuses of a goal.
const (
	Draft    Status = "draft"    // being put into words
	Proposed Status = "proposed" // one side said yes to the newest version
	Agreed   Status = "agreed"   // both sides said yes to the same version
	Active   Status = "active"   // being worked on
	Paused   Status = "paused"
	Achieved Status = "achieved"
	LetGo    Status = "let-go"
)

// ways are the changes of status that make sense. A goal that was achieved or let go can be taken up again.
func ways() map[Status][]Status {
	return map[Status][]Status{
		Draft:    {Proposed, Agreed, Active, LetGo},
		Proposed: {Agreed, Active, Paused, LetGo, Draft},
		Agreed:   {Active, Paused, LetGo, Achieved, Proposed},
		Active:   {Paused, Achieved, LetGo, Proposed, Agreed},
		Paused:   {Active, Achieved, LetGo, Proposed},
		Achieved: {Active},
		LetGo:    {Active},
	}
}

// Open tells whether the goal is still one: neither achieved nor let go.
func (s Status) Open() bool { return s != Achieved && s != LetGo }

// Goal is something that the client wants to be different, in their own words. Its versions are never overwritten: each
// keeps who wrote it, when and why.
type Goal struct {
	ID       string    `json:"id"`
	Status   Status    `json:"status"`
	Rank     int       `json:"rank"`            // the client's own order; 1 first
	Until    string    `json:"until,omitempty"` // Paused: the day it is to be taken up again, "2026-11-23"; "" until they say
	Versions []Version `json:"versions"`        // oldest first; never empty
	Moves    []Move    `json:"moves,omitempty"`
}

// Version is a goal as it was put into words at one time.
type Version struct {
	At         time.Time `json:"at"`
	By         Party     `json:"by"`
	Reason     string    `json:"reason,omitempty"` // why it was changed, in the words of who did
	Agreed     []Party   `json:"agreed,omitempty"` // who said yes to exactly this
	Area       string    `json:"area,omitempty"`
	Words      string    `json:"words"`                // what the client wants, exactly as they said it
	Why        string    `json:"why,omitempty"`        // why it matters to them
	Value      string    `json:"value,omitempty"`      // what it says about what they care for
	Importance *int      `json:"importance,omitempty"` // 0 to 10
	Confidence *int      `json:"confidence,omitempty"` // 0 to 10
	Measure    string    `json:"measure,omitempty"`    // how they will notice
	Baseline   string    `json:"baseline,omitempty"`   // how it is now
	Target     string    `json:"target,omitempty"`     // how it would be
	Step       string    `json:"step,omitempty"`       // the first small step
	When       string    `json:"when,omitempty"`       // and when
	Obstacle   string    `json:"obstacle,omitempty"`   // if this gets in the way,
	Plan       string    `json:"plan,omitempty"`       // then they will do that
	Supporters string    `json:"supporters,omitempty"` // who can help
	Review     string    `json:"review,omitempty"`     // when to look at it again, "2026-11-23"
}

// Move is a change of status.
type Move struct {
	At     time.Time `json:"at"`
	By     Party     `json:"by"`
	From   Status    `json:"from"`
	To     Status    `json:"to"`
	Reason string    `json:"reason,omitempty"` // in their own words
}

// NewGoal makes a goal that the client set for themselves and works on from now.
func NewGoal(id string, rank int, v Version) (*Goal, error) {
	if v.Words == "" {
		return nil, fmt.Errorf("a goal has words of the client's own; this one has none")
	}
	v.Agreed = []Party{v.By}
	return &Goal{ID: id, Status: Active, Rank: rank, Versions: []Version{v}}, nil
}

// Now is the newest version.
func (g *Goal) Now() Version { return g.Versions[len(g.Versions)-1] }

// Change adds a version. What the change leaves out stays as it was. A goal that was agreed is agreed again only once both
// have said yes to the new version.
func (g *Goal) Change(v Version) error {
	if v.Words == "" {
		return fmt.Errorf("a goal has words of the client's own; this change would take them away")
	}
	v.Agreed = []Party{v.By}
	g.Versions = append(g.Versions, v)
	if g.Status == Agreed { // what both said yes to is another version
		return g.MoveTo(Active, v.By, v.At, "")
	}
	return nil
}

// MoveTo changes the status.
func (g *Goal) MoveTo(to Status, by Party, at time.Time, reason string) error {
	if g.Status == to {
		return nil
	}
	if !slices.Contains(ways()[g.Status], to) {
		return fmt.Errorf("a goal that is %s cannot become %s", g.Status, to)
	}
	g.Moves = append(g.Moves, Move{At: at, By: by, From: g.Status, To: to, Reason: reason})
	g.Status = to
	return nil
}

// Rank puts goals in the client's order after one of them was given a new place, from 1.
func Rank(goals []*Goal, id string, place int) {
	slices.SortStableFunc(goals, func(a, b *Goal) int { return a.Rank - b.Rank })
	i := slices.IndexFunc(goals, func(g *Goal) bool { return g.ID == id })
	if i < 0 {
		return
	}
	g := goals[i]
	goals = slices.Delete(goals, i, i+1)
	at := min(max(place-1, 0), len(goals))
	goals = slices.Insert(goals, at, g)
	for i, g := range goals {
		g.Rank = i + 1
	}
}
