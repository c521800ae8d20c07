package dialog_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tandem/dialog"
)

// weekly is a calendar that knows one rhythm: Mondays at 20:00.
type weekly struct{ err error }

func (w weekly) Next(spec string, every int, after time.Time) (time.Time, error) {
	if w.err != nil || spec != "0 20 * * 1" || every != 1 {
		return time.Time{}, errors.Join(w.err, errors.New("not mondays"))
	}
	at := time.Date(after.Year(), after.Month(), after.Day(), 20, 0, 0, 0, after.Location())
	for at.Weekday() != time.Monday || !at.After(after) {
		at = at.AddDate(0, 0, 1)
	}
	return at, nil
}

func oneStep(kind, question string) fstest.MapFS {
	flow := "flow: one\ntarget_change: a test of the engine\nstance: neutral\nstart: ask\nsteps:\n" +
		"  ask: " + kind + "\n  end: {kind: end}\n"
	return fstest.MapFS{
		"one/flow.yaml": {Data: []byte(flow)},
		"one/en.yaml":   {Data: []byte("ask: " + question + "\n")},
	}
}

// said gives the last thing that the flow says to an input.
func said(t *testing.T, loader dialog.Loader, flows fstest.MapFS, now time.Time, inputs ...dialog.Input) string {
	t.Helper()
	lib, err := loader.Load(flows)
	if err != nil {
		t.Fatal(err)
	}
	s := &dialog.Session{ID: "s1", Lang: "en"}
	out, err := lib.Begin(s, "one", dialog.Context{Now: now, All: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range inputs {
		if out, err = lib.Step(s, dialog.Context{Now: now, All: true}, in); err != nil {
			t.Fatal(err)
		}
	}
	last := ""
	for _, e := range out.Effects {
		if tell, ok := e.(dialog.Tell); ok {
			last = tell.Message.Text
		}
	}
	return last
}

// A rhythm is read back with its next two dates, where there is a calendar that knows them.
func TestScheduleDates(t *testing.T) {
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	monday := time.Date(2026, 3, 9, 21, 0, 0, 0, madrid)
	for _, c := range []struct {
		name     string
		calendar dialog.Calendar
		text     string
		want     string
	}{
		{"dates", weekly{}, "mondays at 8pm", "I read that as every Monday at 20:00, first on Monday 16 March and then on Monday 23 March. Is that right?"},
		{"no calendar", nil, "mondays at 8pm", "I read that as every Monday at 20:00. Is that right?"},
		{"unknown", weekly{}, "tuesdays at 8pm", "I read that as every Tuesday at 20:00. Is that right?"},
		{"an error", weekly{err: errors.New("broken")}, "mondays at 8pm", "I read that as every Monday at 20:00. Is that right?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			flows := oneStep("{kind: schedule, next: end}", "How often?")
			got := said(t, dialog.Loader{Calendar: c.calendar}, flows, monday, dialog.Input{Kind: dialog.Text, Text: c.text})
			if got != c.want {
				t.Errorf("the rhythm is read back as %q, want %q", got, c.want)
			}
		})
	}
}

// A shared location is read back where its zone is known, and asked for as a city where it is not.
func TestZoneLocation(t *testing.T) {
	now := time.Date(2026, 3, 9, 12, 5, 0, 0, time.UTC)
	for _, c := range []struct{ name, zone, want string }{
		{"known", "Europe/Madrid", "It is 13:05 in Madrid now. Is that right?"},
		{"without a place", "US/Pacific", "It is 05:05 in Pacific now. Is that right?"},
		{"not sure", "", "I can't tell for sure what time it is at that place. The name of a city near you will do.\n\nWhere are you?"},
		{"no zone", "Mars/Olympus", "I can't tell for sure what time it is at that place. The name of a city near you will do.\n\nWhere are you?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := dialog.Input{Kind: dialog.Media, Media: "location", Zone: c.zone}
			if got := said(t, dialog.Loader{}, oneStep("{kind: zone, next: end}", "Where are you?"), now, in); got != c.want {
				t.Errorf("the location is answered with %q, want %q", got, c.want)
			}
		})
	}
}

// A suggestion that the engine cannot word is refused when the flow is loaded.
func TestSuggestedRhythms(t *testing.T) {
	for spec, taken := range map[string]bool{
		"0 9 * * 1-5": true, "30 18 * * 1,4": true, "0 9 1 * *": true, "0 10 * * 5 every 2": true, "0 9,18 * * *": true,
		"0 9 * * MON": false, "*/5 * * * *": false, "@daily": false, "0 25 * * 1": false, "0 9 1 1 *": false, "0 9 1 * 1": false,
		"0 9 * * 8": false, "often": false,
	} {
		_, err := dialog.Load(oneStep("{kind: schedule, suggest: [\""+spec+"\"], next: end}", "How often?"))
		if (err == nil) != taken || err != nil && !strings.Contains(err.Error(), spec) {
			t.Errorf("the suggestion %q gives the error %v; taken should be %v", spec, err, taken)
		}
	}
}
