package dialog

import (
	"slices"
	"strings"
	"time"

	"tandem/dialog/understand"
	"tandem/dialog/understand/places"
)

// zoneKind asks where the person is, for the time there, and keeps the zone's IANA name. A city, a country with one
// zone, a zone's name, or a shared location (the application gives its zone with the input) is read back with the time
// it is there now. Where several places fit ("USA", "it's 3pm here"), they are offered as buttons; a name is fine too.
//
//	where: {kind: zone, next: keep}
type zoneKind struct{}

const zoneKindName = "zone"

func (*zoneKind) read(field) bool { return false }

func (*zoneKind) check(*check, *step) needs { return needs{text: true} }

func (*zoneKind) valueType() valueType { return textType }

func (*zoneKind) key(_ *turn, _ *step, v Value) (string, bool) { return "", v.Text != nil }

func (*zoneKind) buttons(t *turn, _ *step) []Button {
	if t.s.Draft != nil {
		return t.draftButtons()
	}
	return buttonsOf(t.offered())
}

// onTheWay asks which of several places it is, or whether it is that late there.
func (*zoneKind) onTheWay(t *turn) string {
	if t.s.Draft == nil {
		return t.pack.Zone["several"]
	}
	clock := ""
	if loc, err := time.LoadLocation(*t.s.Draft.Value.Text); err == nil {
		clock = t.now.In(loc).Format("15:04")
	}
	return strings.NewReplacer("{time}", clock, "{place}", t.s.Draft.Shown).Replace(t.pack.Zone["read-back"])
}

func (k *zoneKind) take(t *turn, _ *step, in Input) taken {
	table := t.words.Places()
	switch {
	case in.Kind == Media:
		place, _ := table.Largest(in.Zone)
		return t.draftZone(in.Zone, place)
	case in.Kind == Press && t.s.Draft == nil:
		place, ok := table.ByID(in.Choice)
		if !ok || !slices.Contains(t.s.Offered, in.Choice) {
			return taken{why: understand.NotUnderstood}
		}
		return t.draftZone(place.Zone, place)
	}
	var several []places.Place
	got := t.takeDraft(in, func(text string) (Value, string, understand.Why) {
		where, why := t.where(text)
		if several = where.Candidates; why != "" {
			return Value{}, "", why
		}
		if _, err := time.LoadLocation(where.Zone); err != nil {
			return Value{}, "", understand.NotUnderstood
		}
		return TextValue(where.Zone), placeName(where.Zone, where.Place, t.lang), ""
	})
	switch {
	case got.why == understand.Several && len(several) > 0:
		return t.offer(several)
	case got.more, got.redo:
		t.s.Offered = nil
	}
	return got
}

// where reads a place, or one of those that were offered.
func (t *turn) where(text string) (understand.Where, understand.Why) {
	where, why := t.words.Zone(text, t.now)
	options := t.offered()
	if why == "" || len(options) == 0 {
		return where, why
	}
	if i, whyNot := t.words.Choice(text, options); whyNot == "" {
		place, _ := t.words.Places().ByID(options[i].ID)
		return understand.Where{Zone: place.Zone, Place: place}, ""
	}
	return where, why
}

// offered are the places to choose from, with their names.
func (t *turn) offered() []understand.Option {
	var list []places.Place
	for _, id := range t.s.Offered {
		if p, ok := t.words.Places().ByID(id); ok {
			list = append(list, p)
		}
	}
	var out []understand.Option
	for i, label := range t.words.Places().Labels(list, t.lang) {
		out = append(out, understand.Option{ID: list[i].ID(), Label: label})
	}
	return out
}

// offer asks which of several places is meant. Who says the same again is not asked the same again and again.
func (t *turn) offer(several []places.Place) taken {
	var ids []string
	for _, p := range several {
		ids = append(ids, p.ID())
	}
	if strings.Join(ids, " ") == strings.Join(t.s.Offered, " ") {
		return taken{why: understand.NotUnderstood}
	}
	t.s.Draft, t.s.Offered = nil, ids
	return taken{more: true}
}

// draftZone reads a zone back. One that this machine does not know is not taken.
func (t *turn) draftZone(zone string, place places.Place) taken {
	if _, err := time.LoadLocation(zone); err != nil {
		return taken{why: understand.NotUnderstood}
	}
	shown := placeName(zone, place, t.lang)
	t.s.Draft, t.s.Offered = &Draft{Value: TextValue(zone), Shown: shown}, nil
	return taken{more: true, shown: shown}
}

// placeName is what a zone is called: its place, or the last part of its name.
func placeName(zone string, place places.Place, lang string) string {
	if name := place.In(lang); name != "" {
		return name
	}
	return strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
}
