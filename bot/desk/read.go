package desk

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"

	"tandem/bot/care"
)

// audience is who a grant must be for: what was opened to a team is not for the practitioner alone.
const audience = "practitioner"

// shared is what a client opened, put together from the grants that stand.
type shared struct {
	goals    []*goal // in the order in which they were first opened
	relation []*relation
}

// goal is a goal as far as it was opened.
type goal struct {
	id       string
	version  int             // the newest that was opened
	parts    map[string]part // words, why, step ... as they were last opened
	wordings []part          // of the words, oldest first
	status   care.Status     // "": not opened
	moved    time.Time       // when the status was first opened
	changed  time.Time       // when something of it was opened that was not open before, check-ins aside
	checkins []*checkin      // oldest first
}

// part is one text of a goal.
type part struct {
	text    string
	version int
	at      time.Time // when it was first opened
}

// checkin is a look at how a goal was going, as far as it was opened.
type checkin struct {
	id         string
	at         time.Time
	opened     time.Time // when something of it was opened last
	outcome    care.Outcome
	rating     *int
	confidence *int
	said       string
	helped     string
	learned    string
	next       string
}

// relation is what a client said of working together.
type relation struct {
	at      time.Time
	answers map[string]int // heard, worked-on, fit: 0 to 10
	change  string
}

// none tells whether nothing stands open.
func (s shared) none() bool { return len(s.goals) == 0 && len(s.relation) == 0 }

// read puts together what the grants open. One that was taken back, or that is for others, is left out, whoever handed
// it in; and so is what is not of the form that the fields have.
func read(grants []care.Grant) shared {
	var s shared
	for _, g := range byTime(grants) {
		f := fields(g.Fields)
		switch id := f.text("goal"); {
		case f["relationship"] == true:
			s.addRelation(f, g.At)
		case id == "":
		case f.text("checkin") != "":
			s.goal(id).addCheckin(f, g.At)
		default:
			s.goal(id).add(f, g.At)
		}
	}
	for _, g := range s.goals {
		slices.SortStableFunc(g.checkins, func(a, b *checkin) int { return a.at.Compare(b.at) })
	}
	return s
}

// byTime are the grants that stand, oldest first.
func byTime(grants []care.Grant) []care.Grant {
	var open []care.Grant
	for _, g := range grants {
		if g.Open() && g.Audience == audience {
			open = append(open, g)
		}
	}
	slices.SortStableFunc(open, func(a, b care.Grant) int { return a.At.Compare(b.At) })
	return open
}

// goal finds a goal, or begins it.
func (s *shared) goal(id string) *goal {
	for _, g := range s.goals {
		if g.id == id {
			return g
		}
	}
	g := &goal{id: id, version: 1, parts: map[string]part{}}
	s.goals = append(s.goals, g)
	return g
}

func (s *shared) addRelation(f fields, at time.Time) {
	r := &relation{at: at, answers: map[string]int{}, change: f.text("change")}
	for _, name := range relationQuestions() {
		if n := f.scale(name); n != nil {
			r.answers[name] = *n
		}
	}
	s.relation = append(s.relation, r)
}

// relationQuestions are what a client is asked of working together, each on a ruler.
func relationQuestions() []string { return []string{"heard", "worked-on", "fit"} }

// add takes in a snapshot of the goal. One of an older version than what is known changes only what no newer one tells.
func (g *goal) add(f fields, at time.Time) {
	version := g.version
	if n := f.number("version"); n >= 1 && n <= 1_000_000 {
		version = int(n)
	}
	if status := care.Status(f.text("status")); status != "" && status != g.status && version >= g.version {
		g.status, g.moved, g.changed = status, at, at
	}
	g.version = max(g.version, version)
	for _, name := range []string{"words", "why", "step", "when", "plan", "measure"} {
		if text := f.text(name); text != "" {
			g.put(name, part{text, version, at})
		}
	}
}

// put keeps a text. One that was open before is not new because it was opened once more.
func (g *goal) put(name string, p part) {
	if name == "words" {
		g.word(p)
	}
	old, known := g.parts[name]
	if known && (p.version < old.version || p.text == old.text && p.version == old.version) {
		return
	}
	g.parts[name], g.changed = p, p.at
}

// word keeps a wording in its place: by version, and by time where the version was not told.
func (g *goal) word(p part) {
	i := 0
	for i < len(g.wordings) && g.wordings[i].version <= p.version {
		i++
	}
	if i == 0 || g.wordings[i-1].text != p.text {
		g.wordings = slices.Insert(g.wordings, i, p)
	}
}

// addCheckin takes in answers of a check-in. They may have been opened one after the other.
func (g *goal) addCheckin(f fields, at time.Time) {
	c := g.checkin(f.text("checkin"), at)
	c.opened = at
	if outcome := care.Outcome(f.text("outcome")); outcome.Known() {
		c.outcome = outcome
	}
	if n := f.scale("rating"); n != nil {
		c.rating = n
	}
	if n := f.scale("confidence"); n != nil {
		c.confidence = n
	}
	for name, into := range map[string]*string{"said": &c.said, "helped": &c.helped, "learned": &c.learned, "next": &c.next} {
		if text := f.text(name); text != "" {
			*into = text
		}
	}
}

func (g *goal) checkin(id string, at time.Time) *checkin {
	for _, c := range g.checkins {
		if c.id == id {
			return c
		}
	}
	c := &checkin{id: id, at: at}
	g.checkins = append(g.checkins, c)
	return c
}

// last is the newest check-in that was opened, and its goal; nil where there is none.
func (s shared) last() (*goal, *checkin) {
	var of *goal
	var last *checkin
	for _, g := range s.goals {
		for _, c := range g.checkins {
			if last == nil || c.at.After(last.at) {
				of, last = g, c
			}
		}
	}
	return of, last
}

// fields are the values of a grant, as JSON gives them.
type fields map[string]any

// text is a text, cleaned; "" where there is none.
func (f fields) text(name string) string {
	s, _ := f[name].(string)
	return clean(strings.ToValidUTF8(s, " "))
}

// number is a number; NaN where there is none.
func (f fields) number(name string) float64 {
	switch n := f[name].(type) {
	case float64:
		return n
	case int:
		return float64(n)
	case json.Number:
		if v, err := n.Float64(); err == nil {
			return v
		}
	}
	return math.NaN()
}

// scale is a point of a ruler, 0 to 10; nil where there is none.
func (f fields) scale(name string) *int {
	n := f.number(name)
	if !(n >= 0 && n <= 10) || n != math.Trunc(n) {
		return nil
	}
	v := int(n)
	return &v
}
