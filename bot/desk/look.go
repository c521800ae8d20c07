package desk

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tandem/bot/care"
)

// quietAfter is how long a client has not written when they count as quiet, unless they answered every reminder and the
// next is still to come: whoever chose to be asked once a month is not quiet for three weeks.
const quietAfter = 14 * 24 * time.Hour

// quietMissed is how many reminders without an answer make them count as quiet whenever that was.
const quietMissed = 2

// look is a client as the practitioner may see them.
type look struct {
	Case
	shared
	found []Found
	quiet bool
}

func lookAt(c Case, now time.Time) look {
	s := read(c.Grants)
	return look{Case: c, shared: s, found: s.track(c, now), quiet: quiet(c, now)}
}

// quiet tells whether a client is silent, as far as they agreed to have that told.
func quiet(c Case, now time.Time) bool {
	switch {
	case !c.Open:
		return false
	case c.Missed >= quietMissed:
		return true
	case c.Heard.IsZero() || now.Sub(c.Heard) < quietAfter:
		return false
	}
	return c.Missed > 0 || !c.Next.After(now)
}

// well tells whether the last that they opened of a goal is good, and no rule fired.
func (l look) well(now time.Time) bool {
	_, c := l.last()
	if c == nil || len(l.found) > 0 || l.quiet || now.Sub(c.at) > trackFor {
		return false
	}
	return c.outcome == care.Well || c.outcome == care.Reached
}

// shows tells whether a filter shows the client. A filter that is not known shows everybody.
func (l look) shows(f Filter, now time.Time) bool {
	switch f {
	case ForYou:
		return len(l.Waiting) > 0
	case Attention:
		return len(l.found) > 0
	case Quiet:
		return l.quiet
	case Well:
		return l.well(now)
	}
	return true
}

// place is where a client stands: an alarm, somebody who asked for a person, what waits, what asks for thought, the rest.
func (l look) place() int {
	switch {
	case l.waits(Alarm):
		return 0
	case l.waits(Person):
		return 1
	case len(l.Waiting) > 0:
		return 2
	case len(l.found) > 0:
		return 3
	}
	return 4
}

func (l look) waits(kind Kind) bool {
	return slices.ContainsFunc(l.Waiting, func(w Waiting) bool { return w.Kind == kind })
}

// lookAtAll looks at every client, in the order in which they are shown: by place, then by name.
func lookAtAll(cases []Case, now time.Time) []look {
	type placed struct {
		look
		place int
		name  string
	}
	accents := strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n~")
	all := make([]placed, len(cases))
	for i, c := range cases {
		l := lookAt(c, now)
		all[i] = placed{l, l.place(), accents.Replace(strings.ToLower(clean(c.Name)))}
	}
	slices.SortStableFunc(all, func(a, b placed) int {
		return cmp.Or(a.place-b.place, strings.Compare(a.name, b.name), strings.Compare(a.ID, b.ID))
	})
	looks := make([]look, len(all))
	for i := range all {
		looks[i] = all[i].look
	}
	return looks
}
