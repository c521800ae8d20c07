package desk

import (
	"slices"
	"time"

	"tandem/bot/care"
)

// RuleID names a rule of "not on track".
type RuleID string

// The rules.
const (
	FallingRatings    RuleID = "ratings"      // how a goal goes, by the client's own ratings, went down
	FallingConfidence RuleID = "confidence"   // and so did how sure they are
	MissedCheckIns    RuleID = "missed"       // reminders got no answer; only where the client agreed to tell
	Relationship      RuleID = "relationship" // something in working together asks for repair
)

// Found is a rule that fired: a reason to think about support, no verdict on anybody.
type Found struct {
	Rule   RuleID
	Goal   string // of ratings and confidence: the goal's id
	Values []int  // oldest first; of Relationship none, because a number would be read as a score
}

// What the rules look at.
const (
	missedMost = 3                   // so many reminders without an answer
	fallFrom   = 3                   // so many points below the best
	fallAmong  = 5                   // of so many last values
	repairAt   = 4                   // an answer on working together that is not above this
	repairFall = 2                   // or so many points below the one before
	trackFor   = 90 * 24 * time.Hour // what was last said longer ago tells nothing of how things go now
)

// Track applies the rules to what a client opened: of each goal that is being worked on the ratings and the
// confidence, then missed check-ins, then working together. Two values are never called a fall.
func Track(c Case, now time.Time) []Found { return read(c.Grants).track(c, now) }

func (s shared) track(c Case, now time.Time) []Found {
	var found []Found
	for _, g := range s.goals {
		found = append(found, g.track(now)...)
	}
	if c.Open && c.Missed >= missedMost {
		found = append(found, Found{Rule: MissedCheckIns, Values: []int{c.Missed}})
	}
	if s.wantsRepair(now) {
		found = append(found, Found{Rule: Relationship})
	}
	return found
}

func (g *goal) track(now time.Time) []Found {
	if g.ended() || g.status == care.Paused {
		return nil
	}
	var found []Found
	if values := falling(g.values(now, func(c *checkin) *int { return c.rating })); values != nil {
		found = append(found, Found{Rule: FallingRatings, Goal: g.id, Values: values})
	}
	if values := falling(g.values(now, func(c *checkin) *int { return c.confidence })); values != nil {
		found = append(found, Found{Rule: FallingConfidence, Goal: g.id, Values: values})
	}
	return found
}

// ended tells whether the client is done with the goal, as far as they said.
func (g *goal) ended() bool {
	if !g.status.Open() {
		return true
	}
	n := len(g.checkins)
	return n > 0 && g.checkins[n-1].outcome == care.Reached && !g.checkins[n-1].at.Before(g.moved)
}

// values are one ruler's, oldest first; none where the last is old.
func (g *goal) values(now time.Time, of func(*checkin) *int) []int {
	var values []int
	var last time.Time
	for _, c := range g.checkins {
		if v := of(c); v != nil {
			values, last = append(values, *v), c.at
		}
	}
	if now.Sub(last) > trackFor {
		return nil
	}
	return values
}

// falling gives the values that show a fall, nil where there is none: the last three, each lower than the one before, or
// the last five, where the last is far below the best of them.
func falling(values []int) []int {
	n := len(values)
	if n < 3 {
		return nil
	}
	if three := values[n-3:]; three[0] > three[1] && three[1] > three[2] {
		return slices.Clone(three)
	}
	few := values[max(0, n-fallAmong):]
	if slices.Max(few)-few[len(few)-1] >= fallFrom {
		return slices.Clone(few)
	}
	return nil
}

// wantsRepair tells whether the last answers on working together are low, or lower than the ones before them. That is no
// decline, only a reason to ask.
func (s shared) wantsRepair(now time.Time) bool {
	before := map[string]int{}
	repair, last := false, time.Time{}
	for _, r := range s.relation {
		if len(r.answers) == 0 {
			continue
		}
		repair, last = false, r.at
		for name, v := range r.answers {
			old, known := before[name]
			repair = repair || v <= repairAt || known && old-v >= repairFall
			before[name] = v
		}
	}
	return repair && now.Sub(last) <= trackFor
}
