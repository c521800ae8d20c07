package understand

import (
	"strings"
	"time"

	"tandem/dialog/understand/places"
)

// Moved reads what somebody says of a new place without having been asked: "I'm in Madrid now", "me mudé a Quito". It is
// only true for a message that says nothing else: the person, the name of a place without a slip, and a word such as
// "now". Then zone is the IANA name, or, where the place has several, it is "" and candidates are those to choose from.
// now is the present in any zone.
func (l *Lexicon) Moved(text string, now time.Time) (zone string, candidates []places.Place, ok bool) {
	if tooLong(text) || strings.ContainsAny(text, "?¿") {
		return "", nil, false
	}
	toks := l.trimPolite(scan(nil, fold(text)))
	lead := max(l.zones.moved.len(toks, 0), l.zones.here.len(toks, 0))
	if lead == 0 {
		return "", nil, false
	}
	found, n := l.placeNamed(text, toks, lead)
	if n == 0 || !l.endsAt(toks, lead+n) {
		return "", nil, false
	}
	w, _ := l.settled(found, now)
	return w.Zone, w.Candidates, true
}

// endsAt tells whether nothing but "now" and the like, and marks, stands from i on.
func (l *Lexicon) endsAt(toks []token, i int) bool {
	for i < len(toks) {
		n := l.zones.tail.len(toks, i)
		if n == 0 && toks[i].kind == mark {
			n = 1
		}
		if n == 0 {
			return false
		}
		i += n
	}
	return true
}
