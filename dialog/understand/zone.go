package understand

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"tandem/dialog/understand/places"
)

const (
	maxCandidates = 6 // places that are offered where several fit
	zoneStrangers = 1 // words around a place that nobody answers with
	nameWords     = 6 // of a place with its country
)

// Where is where a person is, as far as it was said.
type Where struct {
	Zone       string         // IANA name; "" where it was not understood
	Place      places.Place   // the place that was named; without a name where only a zone was
	Candidates []places.Place // with Several: the places that fit, at most 6, the likeliest first
}

type zoneWords struct {
	table                                             *places.Table
	likely                                            []string
	fillers, clock, moved, here, tail, negator, names phrases
}

func newZoneWords(d zoneData) zoneWords {
	return zoneWords{
		likely: d.Likely, fillers: phrasesOf(d.Fillers), clock: phrasesOf(d.Clock), moved: phrasesOf(d.Moved),
		here: phrasesOf(d.Here), tail: phrasesOf(d.Tail), negator: phrasesOf(d.Negators), names: phrasesOf(d.Words),
	}
}

// Zone reads where somebody is: a city or a country, alone or in a sentence ("I'm in Madrid now"), or the name of a zone
// ("Europe/Madrid"). What fits several zones is Several, with the places to choose from: a country with more than one,
// two cities of a name, an offset ("UTC+2", which says nothing of summer time), and what time it is there ("it's 3pm
// here"). It is never guessed. now is the present in any zone.
func (l *Lexicon) Zone(text string, now time.Time) (Where, Why) {
	if tooLong(text) {
		return Where{}, TooLong
	}
	if strings.TrimSpace(text) == "" {
		return Where{}, Empty
	}
	if w, why, named := l.zoneNamed(text, now); named {
		return w, why
	}
	if seconds, said := offsetIn(text); said {
		return l.among(l.placesWhere(now, func(_, offset int) bool { return offset == seconds }), now)
	}
	r := l.readPlaces(text)
	switch {
	case len(r.found) > 0 && r.negated:
		return Where{}, Negated
	case len(r.found) > 0 && r.strangers <= zoneStrangers:
		return l.settled(r.found, now)
	}
	if w, why := l.zoneByClock(text, now); why != NotUnderstood {
		return w, why
	}
	if t := l.zones.table; r.rest != "" && len(r.found) == 0 && !r.negated && len(t.Exact(r.rest)) == 0 { // no word that is also a name
		if found := t.Find(r.rest); len(found) > 0 {
			return l.settled(found, now)
		}
	}
	if l.hedges(l.tokens(nil, text)) {
		return Where{}, Unsure
	}
	return Where{}, NotUnderstood
}

// Places is the gazetteer that Zone reads names with.
func (l *Lexicon) Places() *places.Table { return l.zones.table }

// settled takes the places that were named for one answer where all have the same time, and for candidates otherwise.
func (l *Lexicon) settled(found []places.Place, now time.Time) (Where, Why) {
	found = slices.Clone(found)
	slices.SortStableFunc(found, func(a, b places.Place) int { return l.rank(a) - l.rank(b) })
	for _, p := range found[1:] {
		if !l.zones.table.Same(found[0], p, now) {
			return l.among(found, now)
		}
	}
	return Where{Zone: found[0].Zone, Place: found[0]}, ""
}

// rank puts the places first whose country is one that speaks the language.
func (l *Lexicon) rank(p places.Place) int {
	if slices.Contains(l.zones.likely, p.Country) {
		return 0
	}
	return 1
}

// among offers places to choose from, one of each time that a country has; none is not understood.
func (l *Lexicon) among(found []places.Place, now time.Time) (Where, Why) {
	var out []places.Place
	for _, p := range found {
		again := slices.ContainsFunc(out, func(q places.Place) bool {
			return q.Zone == p.Zone || q.Country == p.Country && l.zones.table.Same(q, p, now)
		})
		if !again && len(out) < maxCandidates {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return Where{}, NotUnderstood
	}
	return Where{Candidates: out}, Several
}

// placeReading is what a message says of places.
type placeReading struct {
	found     []places.Place
	strangers int
	negated   bool
	rest      string // the words that are neither names nor around them
}

// readPlaces finds the names of places among the words of a message, the longest first.
func (l *Lexicon) readPlaces(text string) placeReading {
	toks := scan(nil, fold(text))
	var r placeReading
	var rest []string
	for i := 0; i < len(toks); {
		if found, n := l.placeNamed(text, toks, i); n > 0 {
			for _, p := range found {
				if !slices.Contains(r.found, p) {
					r.found = append(r.found, p)
				}
			}
			i += n
			continue
		}
		w := &l.zones
		if k := w.negator.len(toks, i); k > 0 && w.fillers.len(toks, i) <= k {
			r.negated = true
			i += k
			continue
		}
		if k := max(w.fillers.len(toks, i), l.polite.len(toks, i), l.articles.len(toks, i)); k > 0 {
			i += k
			continue
		}
		if toks[i].kind == word || toks[i].kind == digits {
			r.strangers++
			rest = append(rest, toks[i].text)
		}
		i++
	}
	r.rest = strings.Join(rest, " ")
	return r
}

// placeNamed reads the longest name of a place at i. A name that is also a word must be written as a name.
func (l *Lexicon) placeNamed(text string, toks []token, i int) ([]places.Place, int) {
	for n := min(nameWords, len(toks)-i); n > 0; n-- {
		name, sound := nameOf(toks[i : i+n])
		if !sound {
			continue
		}
		found := l.zones.table.Exact(name)
		if len(found) == 0 {
			continue
		}
		if l.zones.names.len(toks, i) == n && !writtenAsName(text, name) {
			return nil, 0
		}
		return found, n
	}
	return nil, 0
}

// nameOf joins the words of a name. It begins and ends with a word, and has no stop inside besides commas.
func nameOf(toks []token) (string, bool) {
	if toks[0].kind != word || toks[len(toks)-1].kind != word {
		return "", false
	}
	var words []string
	for _, t := range toks {
		switch {
		case t.kind == word:
			words = append(words, t.text)
		case !t.is(",") && !t.is(".") && !t.is("'"):
			return "", false
		}
	}
	return strings.Join(words, " "), true
}

// writtenAsName tells whether the first word of a folded name stands in the text with a capital letter, or, where it is
// short, all in capitals.
func writtenAsName(text, name string) bool {
	first, _, _ := strings.Cut(name, " ")
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if fold(w) != first {
			continue
		}
		if len(first) <= 3 && first == name {
			return w == strings.ToUpper(w)
		}
		return unicode.IsUpper([]rune(w)[0])
	}
	return false
}
