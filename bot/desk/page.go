package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Page is what a practitioner may see of one client, in a language. It is the same whether nothing else exists or much
// does. Days are days in the zone of now.
func (w *Words) Page(lang string, c Case, now time.Time) Page {
	t := w.at(lang, now)
	l := lookAt(c, now)
	p := Page{Case: c.ID, Name: t.name(c), Lines: t.pageLines(l), Private: t.Private}
	for _, line := range t.waiting(l) {
		p.Waiting = append(p.Waiting, upper(line))
	}
	for _, f := range l.found {
		p.Findings = append(p.Findings, t.finding(l, f))
	}
	for _, g := range l.goals {
		p.Goals = append(p.Goals, t.goal(g))
	}
	return p
}

func (t teller) pageLines(l look) []string {
	var lines []string
	if !l.Since.IsZero() {
		lines = append(lines, fill(t.PageJoined, "when", t.when(l.Since)))
	}
	switch base, _, _ := strings.Cut(l.Lang, "-"); base {
	case "en":
		lines = append(lines, t.PageEnglish)
	case "es":
		lines = append(lines, t.PageSpanish)
	}
	lines = append(lines, t.heard(l.Case)...)
	if next := t.ahead(l.Case); !next.IsZero() {
		lines = append(lines, fill(t.PageNext, "when", t.when(next)))
	}
	for _, r := range slices.Backward(l.relation) {
		if r.change != "" {
			lines = append(lines, fill(t.PageChange, "text", t.quote(r.change)))
			break
		}
	}
	if l.none() {
		lines = append(lines, t.NothingPage)
	}
	return lines
}

// heard says when a client last wrote, where they agreed that this is told.
func (t teller) heard(c Case) []string {
	if !c.Open || c.Heard.IsZero() {
		return nil
	}
	lines := []string{fill(t.PageHeard, "when", t.when(c.Heard))}
	switch {
	case c.Missed == 1:
		lines = append(lines, t.PageMissed)
	case c.Missed > 1:
		lines = append(lines, fill(t.PageMissedMany, "n", strconv.Itoa(c.Missed)))
	}
	return lines
}

func (t teller) goal(g *goal) Goal {
	page := Goal{ID: g.id, Version: g.version, Title: upper(t.title(g, t.quote)), Lines: t.goalLines(g), History: t.history(g)}
	for _, c := range g.checkins {
		if c.rating != nil {
			page.Ratings = append(page.Ratings, Rating{At: c.at, Value: *c.rating})
		}
	}
	for _, c := range slices.Backward(g.checkins) {
		page.Shared = append(page.Shared, t.checkin(c))
	}
	return page
}

func (t teller) goalLines(g *goal) []string {
	var lines []string
	if status := t.status(g.status); status != "" {
		lines = append(lines, fill(t.LineStatus, "text", status))
	}
	for _, line := range []struct{ part, text string }{
		{"why", t.LineWhy}, {"measure", t.LineMeasure}, {"step", t.LineStep}, {"when", t.LineWhen}, {"plan", t.LinePlan},
	} {
		if p, ok := g.parts[line.part]; ok {
			lines = append(lines, fill(line.text, "text", t.versioned(g, p, t.quote)))
		}
	}
	return lines
}

// history are the wordings before the one that the title gives.
func (t teller) history(g *goal) []string {
	var lines []string
	for i, w := range g.wordings {
		if i < len(g.wordings)-1 {
			lines = append(lines, fill(t.History, "n", strconv.Itoa(w.version), "date", t.date(w.at), "text", t.quote(w.text)))
		}
	}
	return lines
}

// checkin is what was opened of a check-in, in one line.
func (t teller) checkin(c *checkin) string {
	bits := []string{t.outcome(c.outcome)}
	if c.rating != nil {
		bits = append(bits, fill(t.SharedRating, "n", strconv.Itoa(*c.rating)))
	}
	if c.confidence != nil {
		bits = append(bits, fill(t.SharedSure, "n", strconv.Itoa(*c.confidence)))
	}
	for _, answer := range []struct{ words, text string }{
		{c.said, "{text}"}, {c.helped, t.SharedHelped}, {c.learned, t.SharedLearned}, {c.next, t.SharedNext},
	} {
		if answer.words != "" {
			bits = append(bits, fill(answer.text, "text", t.quote(answer.words)))
		}
	}
	return fill(t.Shared, "date", t.date(c.at), "text", strings.Join(bits, "; "))
}
