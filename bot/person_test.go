package bot_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem/bot"
	"tandem/bot/care"
)

// A platform that tells a person's zone is believed, unless it is none, or the person said another.
func TestPlatformTellsTheZone(t *testing.T) {
	for name, c := range map[string]struct {
		before string
		told   string
		want   string
	}{
		"told":              {"", "America/New_York", `"zone":"America/New_York"`},
		"said themselves":   {"Europe/Madrid", "America/New_York", `"zone":"Europe/Madrid"`},
		"no zone":           {"", "Mars/Olympus", ""},
		"the machine's own": {"", "Local", ""},
		"not told":          {"", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			p := w.process(library(t, watched()))
			client := care.Client{Lang: "en", Since: w.now, Zone: c.before}
			if err := bot.Prepare(t.Context(), p.store, chat, client, 0, nil); err != nil {
				t.Fatal(err)
			}
			u := w.update(chat, text("hello"))
			u.From.Zone = c.told
			p.take(u)
			snap, err := p.store.Load(t.Context(), chat)
			if err != nil {
				t.Fatal(err)
			}
			state := string(snap.State)
			if c.want != "" && !strings.Contains(state, c.want) || c.want == "" && strings.Contains(state, `"zone"`) {
				t.Errorf("kept %s", state)
			}
		})
	}
}

// Where people begin with a code, and the platform has no links, it is typed.
func TestACodeIsTyped(t *testing.T) {
	for name, c := range map[string]struct {
		invite bool
		said   []string
		want   []string
		works  bool // with the practitioner of the code
	}{
		"the code":           {true, []string{" code "}, []string{"Do you agree?"}, true},
		"after something":    {true, []string{"hello", "code"}, []string{"You need a link.", "Do you agree?"}, true},
		"another":            {true, []string{"kode"}, []string{"You need a link."}, false},
		"among other words":  {true, []string{"the code is code"}, []string{"You need a link."}, false},
		"no code is needed":  {false, []string{"code"}, []string{"Do you agree?"}, false},
		"taken in already":   {true, []string{"code", "other"}, []string{"Do you agree?"}, true},
		"nothing to be read": {true, []string{" "}, []string{"You need a link."}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.settings = bot.Settings{Invite: c.invite, Codes: map[string]string{"code": "paper:kim", "other": "paper:sam"}}
			p := w.process(library(t, watched()))
			for _, words := range c.said {
				p.say(chat, words)
			}
			if diff := cmp.Diff(c.want, w.told(chat, 0)[:len(c.want)]); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			snap, err := p.store.Load(t.Context(), chat)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(string(snap.State), `"practitioner":"paper:kim"`); got != c.works {
				t.Errorf("kept %s", snap.State)
			}
		})
	}
}
