package dialog

import "time"

// Moved reads what somebody says of a new place without having been asked, "I'm in Madrid now", in any language: the
// IANA zone of that place. It is only ever true for a message that says nothing else, of a place that has one zone.
func (l *Library) Moved(text string, now time.Time) (zone string, ok bool) {
	for _, code := range l.langs {
		if zone, _, ok = l.packs[code].lexicon.Moved(text, now); ok && zone != "" {
			return zone, true
		}
	}
	return "", false
}

// PlaceIn is what people call a zone, in a language: its largest place. A zone without a place is called by its name.
func (l *Library) PlaceIn(zone, lang string) string {
	place, _ := l.packs[l.langs[0]].lexicon.Places().Largest(zone)
	return placeName(zone, place, lang)
}

// Near is the IANA zone of a place on the map, in degrees; false where the places around it do not agree on the time.
func (l *Library) Near(latitude, longitude float64, now time.Time) (zone string, sure bool) {
	return l.packs[l.langs[0]].lexicon.Places().Near(latitude, longitude, now)
}
