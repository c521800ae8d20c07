package desk

import (
	"strconv"
	"strings"
	"time"

	"tandem/bot/care"
)

// naming is how texts of a goal are quoted: whole, or only their beginning.
type naming func(words string) string

// title names a goal in the client's words, or says that they are private.
func (t teller) title(g *goal, quote naming) string {
	if g == nil {
		return t.SomeGoal
	}
	words, ok := g.parts["words"]
	if !ok {
		return t.GoalPrivate
	}
	return t.versioned(g, words, quote)
}

// versioned quotes a part of a goal, and says of which version it is where that is not the newest known.
func (t teller) versioned(g *goal, p part, quote naming) string {
	text := quote(p.text)
	if p.version == g.version {
		return text
	}
	return fill(t.FromVersion, "text", text, "n", strconv.Itoa(p.version))
}

// find is the goal of an id; nil where nothing of it stands open.
func (s shared) find(id string) *goal {
	for _, g := range s.goals {
		if g.id == id {
			return g
		}
	}
	return nil
}

// status is where a goal stands, in words; "" where that is not known.
func (t teller) status(s care.Status) string {
	switch s {
	case care.Draft:
		return t.StatusDraft
	case care.Proposed:
		return t.StatusProposed
	case care.Agreed:
		return t.StatusAgreed
	case care.Active:
		return t.StatusActive
	case care.Paused:
		return t.StatusPaused
	case care.Achieved:
		return t.StatusAchieved
	case care.LetGo:
		return t.StatusLetGo
	}
	return ""
}

// outcome is how a check-in went, in words. That somebody would rather not say is nobody's business.
func (t teller) outcome(o care.Outcome) string {
	switch o {
	case care.Well:
		return t.OutcomeWell
	case care.Same:
		return t.OutcomeSame
	case care.Slipped:
		return t.OutcomeSlipped
	case care.Reached:
		return t.OutcomeReached
	}
	return t.OutcomeNone
}

// waiting says what of a client's waits for the practitioner, a line for each kind, what is most urgent first.
func (t teller) waiting(l look) []string {
	var lines []string
	for _, kind := range []Kind{Alarm, Person, Offer, Letter} {
		var of []Waiting
		for _, w := range l.Waiting {
			if w.Kind == kind {
				of = append(of, w)
			}
		}
		if len(of) > 0 {
			lines = append(lines, t.waitingOf(l, kind, of))
		}
	}
	return lines
}

func (t teller) waitingOf(l look, kind Kind, of []Waiting) string {
	first := of[0]
	for _, w := range of {
		if w.At.Before(first.At) {
			first = w
		}
	}
	one, many := t.LetterOne, t.LetterMany
	switch kind {
	case Alarm:
		one, many = t.AlarmOne, t.AlarmMany
	case Person:
		one, many = t.PersonOne, t.PersonMany
	case Offer:
		one, many = t.OfferOne, t.OfferMany
	}
	when := t.when(first.At)
	if len(of) > 1 {
		return fill(many, "n", strconv.Itoa(len(of)), "when", when)
	}
	return fill(one, "when", when, "goal", t.title(l.find(first.Goal), t.brief))
}

// silence says since when a client has been quiet.
func (t teller) silence(c Case) string {
	n, date := strconv.Itoa(c.Missed), t.date(c.Heard)
	switch {
	case c.Heard.IsZero():
		return fill(t.QuietNoDay, "n", n)
	case c.Missed == 0:
		return fill(t.QuietSince, "date", date)
	case c.Missed == 1:
		return fill(t.QuietOne, "date", date)
	}
	return fill(t.QuietMany, "date", date, "n", n)
}

// finding puts a rule that fired into words.
func (t teller) finding(l look, f Found) Finding {
	switch f.Rule {
	case FallingRatings:
		return Finding{Rule: t.RuleRatings, Why: t.fall(l, f), Prompt: t.PromptRatings}
	case FallingConfidence:
		return Finding{Rule: t.RuleConfidence, Why: t.fall(l, f), Prompt: t.PromptConfidence}
	case MissedCheckIns:
		return Finding{Rule: t.RuleMissed, Why: fill(t.WhyMissed, "n", strconv.Itoa(l.Missed)), Prompt: t.PromptMissed}
	}
	return Finding{Rule: t.RuleRelationship, Why: t.WhyRelationship, Prompt: t.PromptRelationship}
}

func (t teller) fall(l look, f Found) string {
	values := make([]string, len(f.Values))
	for i, v := range f.Values {
		values[i] = strconv.Itoa(v)
	}
	return fill(t.WhyValues, "goal", t.title(l.find(f.Goal), t.brief), "values", strings.Join(values, ", "))
}

// ahead tells when the next reminder comes; zero where that is not known, not told, or past.
func (t teller) ahead(c Case) time.Time {
	if !c.Open || c.Next.Before(t.now) {
		return time.Time{}
	}
	return c.Next
}
