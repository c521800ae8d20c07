package bot_test

import (
	"strings"
	"testing"

	"tandem/bot"
	"tandem/dialog"
)

// clocks is a flow that asks where the person is, and keeps it.
func clocks() map[string]string {
	return map[string]string{
		"zone/flow.yaml": `flow: zone
target_change: a test
stance: neutral
inputs: {moved_to: text, moved_place: text, moved_clock: text}
start: where
steps:
  where: {kind: zone, next: keep}
  keep: {kind: record, record: zone, do: set, fields: {zone: where}, next: end}
  end: {kind: end}
`,
		"zone/en.yaml": "where: Where are you?\n",
	}
}

func TestASharedPlaceTellsTheZone(t *testing.T) {
	w := newWorld(t)
	p := w.process(library(t, clocks()))
	p.begin(chat, "zone")
	u := w.update(chat, dialog.Input{Kind: dialog.Media, Media: "location"})
	u.Spot = bot.SpotAt(40.4168, -3.7038)
	p.take(u)
	if said := w.told(chat, 1); len(said) != 1 || !strings.Contains(said[0], "19:00 in Madrid") {
		t.Fatalf("told %q of a place in Madrid at 18:00 UTC", said)
	}
	p.say(chat, "yes")
	snap, err := p.store.Load(t.Context(), chat)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(snap.State), `"zone":"Europe/Madrid"`) {
		t.Errorf("the zone is not kept: %s", snap.State)
	}
}

func TestASpotIsNoAddress(t *testing.T) {
	if got := *bot.SpotAt(40.4168, -3.7038); got != (bot.Spot{Latitude: 40.4, Longitude: -3.7}) {
		t.Errorf("got %+v", got)
	}
	for _, c := range [][2]float64{{91, 0}, {0, 181}, {-90.1, 0}} {
		if got := bot.SpotAt(c[0], c[1]); got != nil {
			t.Errorf("%v is no place on the map: %+v", c, got)
		}
	}
}
