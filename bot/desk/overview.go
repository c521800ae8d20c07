package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// RowsMost is the most rows of an overview: what fits well on a page.
const RowsMost = 20

// Overview is the caseload at a glance, in a language, with the rows that a filter shows from a place on, at most
// RowsMost: who waits for the practitioner first, alarms before all, then who is worth a thought, then the rest by
// name. A place behind the last row gives the last page. Days are days in the zone of now.
func (w *Words) Overview(lang string, cases []Case, filter Filter, from int, now time.Time) Overview {
	t := w.at(lang, now)
	all := lookAtAll(cases, now)
	if !slices.Contains(filters(), filter) {
		filter = All
	}
	rows := slices.DeleteFunc(slices.Clone(all), func(l look) bool { return !l.shows(filter, now) })
	if from >= len(rows) {
		from = (len(rows) - 1) / RowsMost * RowsMost
	}
	from = max(from, 0)
	to := min(from+RowsMost, len(rows))
	o := Overview{Title: t.OverviewTitle, Counts: t.counts(all), Filter: filter, From: from, More: len(rows) - to}
	for _, l := range rows[from:to] {
		o.Rows = append(o.Rows, t.row(l))
	}
	if len(o.Rows) == 0 {
		_, o.Empty = t.filter(filter)
	}
	return o
}

// filters are in the order in which they are offered.
func filters() []Filter { return []Filter{All, ForYou, Attention, Quiet, Well} }

// filter gives the label of a filter, and what to say where it finds nobody.
func (t teller) filter(f Filter) (label, empty string) {
	switch f {
	case ForYou:
		return t.FilterForYou, t.EmptyForYou
	case Attention:
		return t.FilterAttention, t.EmptyAttention
	case Quiet:
		return t.FilterQuiet, t.EmptyQuiet
	case Well:
		return t.FilterWell, t.EmptyWell
	}
	return t.FilterAll, t.EmptyAll
}

func (t teller) counts(all []look) []Count {
	var counts []Count
	for _, f := range filters() {
		label, _ := t.filter(f)
		c := Count{Filter: f, Label: label}
		for _, l := range all {
			if l.shows(f, t.now) {
				c.N++
			}
		}
		counts = append(counts, c)
	}
	return counts
}

func (t teller) row(l look) Row {
	return Row{
		Case: l.ID, Name: t.name(l.Case),
		Status: upper(strings.Join(t.rowStatus(l), " · ")), Waiting: upper(strings.Join(t.waiting(l), "; ")),
	}
}

// rowStatus says what stands out, the last that was shared, the next reminder.
func (t teller) rowStatus(l look) []string {
	var bits []string
	for _, f := range l.found {
		if rule := t.finding(l, f).Rule; !slices.Contains(bits, rule) {
			bits = append(bits, rule)
		}
	}
	if l.quiet {
		bits = append(bits, t.silence(l.Case))
	}
	bits = append(bits, t.lastShared(l))
	if next := t.ahead(l.Case); !next.IsZero() {
		bits = append(bits, fill(t.RowNext, "when", t.when(next)))
	}
	return bits
}

func (t teller) lastShared(l look) string {
	_, c := l.last()
	switch n := len(l.goals); {
	case l.none():
		return t.Nothing
	case c != nil:
		return fill(t.RowLast, "outcome", t.outcome(c.outcome), "when", t.when(c.at))
	case n == 0:
		return t.RowSome
	case n == 1:
		return t.RowGoal
	default:
		return fill(t.RowGoals, "n", strconv.Itoa(n))
	}
}
