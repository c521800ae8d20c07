package desk

import (
	"cmp"
	"strings"
	"time"

	"tandem/bot/care"
)

// item is one thing to say of a client in a section.
type item struct {
	text string
	at   time.Time
}

// items are what there is to say of a client, by section.
func (t teller) items(l look, since time.Time) (items [sections][]item) {
	if waiting := t.waiting(l); len(waiting) > 0 {
		items[waitingOnes] = []item{{text: strings.Join(waiting, "; ")}}
	}
	if l.quiet {
		items[silences] = []item{{t.silence(l.Case), l.Heard}}
	}
	for _, f := range l.found {
		d := t.finding(l, f)
		items[offTrack] = append(items[offTrack], item{text: fill(t.TrackLine, "rule", d.Rule, "why", d.Why, "prompt", d.Prompt)})
	}
	for _, g := range l.goals {
		if s, it := t.goalItem(g, since); it.text != "" {
			items[s] = append(items[s], it)
		}
	}
	for _, r := range l.relation {
		if r.at.After(since) {
			items[news] = append(items[news], item{t.relationItem(r), r.at})
		}
	}
	return items
}

// goalItem is what is new of a goal, and where it belongs. What was reached comes before all else.
func (t teller) goalItem(g *goal, since time.Time) (section, item) {
	c := g.newest(since)
	if g.status == care.Achieved && g.moved.After(since) || c != nil && c.outcome == care.Reached {
		return milestones, t.milestone(g, c)
	}
	if c != nil {
		return t.checkinItem(g, c)
	}
	title := t.title(g, t.brief)
	switch {
	case !g.changed.After(since):
		return news, item{}
	case g.moved.After(since) && (g.status == care.Paused || g.status == care.LetGo):
		return news, item{fill(t.NewsAbout, "goal", title, "text", t.status(g.status)), g.moved}
	case g.parts["words"].at.After(since):
		return news, item{fill(t.NewsGoal, "goal", title), g.changed}
	}
	return news, item{t.NewsOther, g.changed}
}

// newest is the newest check-in of which something was opened after a time; nil where there is none.
func (g *goal) newest(since time.Time) *checkin {
	var newest *checkin
	for _, c := range g.checkins {
		if c.opened.After(since) {
			newest = c
		}
	}
	return newest
}

// milestone names what was reached, and what the client did for it, in their own words where these stand open.
func (t teller) milestone(g *goal, c *checkin) item {
	title := t.title(g, t.brief)
	if c == nil || c.outcome != care.Reached && c.outcome != care.Well { // words on a slip do not belong here
		return item{fill(t.MilestoneBare, "goal", title), g.moved}
	}
	text := fill(t.MilestoneBare, "goal", title)
	switch {
	case c.helped != "":
		text = fill(t.MilestoneHelped, "goal", title, "words", t.brief(c.helped))
	case c.said != "":
		text = fill(t.MilestoneSaid, "goal", title, "words", t.brief(c.said))
	}
	return item{text, c.opened}
}

func (t teller) checkinItem(g *goal, c *checkin) (section, item) {
	title := t.title(g, t.brief)
	with := func(text, words string) item {
		if words == "" {
			return item{title, c.opened}
		}
		return item{fill(text, "goal", title, "words", t.brief(words)), c.opened}
	}
	switch {
	case c.outcome == care.Well:
		return goingWell, with(t.WellWords, cmp.Or(c.helped, c.said))
	case c.outcome == care.Slipped && c.learned != "":
		return slips, with(t.SlippedLearned, c.learned)
	case c.outcome == care.Slipped:
		return slips, with(t.SlippedSaid, c.said)
	}
	return news, item{fill(t.NewsAbout, "goal", title, "text", t.outcome(c.outcome)), c.opened}
}

// relationItem tells that something about working together was opened. Its numbers are never shown.
func (t teller) relationItem(r *relation) string {
	if r.change == "" {
		return t.NewsOther
	}
	return fill(t.NewsRelationship, "words", t.brief(r.change))
}
