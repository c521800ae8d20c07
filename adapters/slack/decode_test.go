package slack_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem/adapters/slack"
	"tandem/bot"
	"tandem/dialog"
)

// us is the bot of the test data.
var us = slack.Self{Team: "T0TANDEM", User: "U0TANDEM"}

// decoded is what a golden file holds.
type decoded struct {
	Ours   bool       `json:"ours"`
	Update bot.Update `json:"update,omitzero"`
}

// TestDecode reads every testdata/updates/<kind>-<name>.json and compares it with <kind>-<name>.golden.json. One that is
// missing is a failure, on either side.
func TestDecode(t *testing.T) {
	for _, file := range updateFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			var want decoded
			if err := json.Unmarshal(readFile(t, strings.TrimSuffix(file, ".json")+".golden.json"), &want); err != nil {
				t.Fatal(err)
			}
			u, ours, err := slack.Decode(kindOf(file), readFile(t, file), us)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, decoded{ours, u}); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// updateFiles are the updates of the test data; a golden file without one is a failure.
func updateFiles(t testing.TB) (updates []string) {
	t.Helper()
	files, err := filepath.Glob("testdata/updates/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no updates: %v", err)
	}
	for _, file := range files {
		name, isGolden := strings.CutSuffix(file, ".golden.json")
		if !isGolden {
			updates = append(updates, file)
		} else if _, err := os.Stat(name + ".json"); err != nil {
			t.Errorf("%s belongs to nothing", file)
		}
	}
	return updates
}

func kindOf(file string) slack.Kind {
	kind, _, _ := strings.Cut(filepath.Base(file), "-")
	return slack.Kind(kind)
}

func TestDecodeRefusesGarbage(t *testing.T) {
	event := func(inner string) string {
		return `{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":` + inner + `}`
	}
	for name, c := range map[string]struct {
		kind slack.Kind
		body string
	}{
		"nothing":            {slack.Events, ""},
		"not JSON":           {slack.Events, "secretword"},
		"cut off":            {slack.Events, `{"type":"event_callback","event":{"text":"secretword`},
		"no event id":        {slack.Events, `{"type":"event_callback","team_id":"T1","event":{"type":"message","text":"secretword"}}`},
		"event id of words":  {slack.Events, `{"type":"event_callback","team_id":"T1","event_id":"secret word","event":{"type":"message"}}`},
		"no event":           {slack.Events, `{"type":"event_callback","event_id":"Ev1"}`},
		"text is a list":     {slack.Events, event(`{"type":"message","text":["secretword"]}`)},
		"channel is a thing": {slack.Events, event(`{"type":"message","channel":{"id":"secretword"}}`)},
		"too deep":           {slack.Events, event(`{"type":"message","message":` + strings.Repeat(`{"x":`, 20_000) + strings.Repeat("}", 20_001))},
		"no interaction":     {slack.Interactive, `{"user":"secretword"}`},
		"no trigger": {slack.Interactive, `{"type":"block_actions","team":{"id":"T0TANDEM"},"user":{"id":"U5"},"channel":{"id":"D5"},
			"actions":[{"type":"button","value":"secretword","action_ts":"1760000005.123456"}]}`},
		"no command":                {slack.Slash, `{"text":"secretword"}`},
		"a command without trigger": {slack.Slash, `{"command":"/tandem","text":"secretword","team_id":"T0TANDEM","channel_id":"D5","user_id":"U5"}`},
		"an unknown kind":           {"secretword", `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			u, ours, err := slack.Decode(c.kind, []byte(c.body), us)
			if err == nil || ours || !cmp.Equal(u, bot.Update{}) {
				t.Fatalf("got %v, %v, %+v", err, ours, u)
			}
			if strings.Contains(err.Error(), "secretword") {
				t.Errorf("the error tells the content: %v", err)
			}
		})
	}
}

// TestPayloads: what only Slack has is the same before and after the store.
func TestPayloads(t *testing.T) {
	read := func(name string) bot.Update {
		file := "testdata/updates/" + name + ".json"
		u, ours, err := slack.Decode(kindOf(file), readFile(t, file), us)
		if err != nil || !ours {
			t.Fatalf("%s: %v %v", name, ours, err)
		}
		stored, err := json.Marshal(u)
		if err != nil {
			t.Fatal(err)
		}
		var again bot.Update
		if err := json.Unmarshal(stored, &again); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(u, again); diff != "" {
			t.Errorf("%s is another after the store:\n%s", name, diff)
		}
		return again
	}
	command := slack.Command{Name: "/tandem", Text: "goal @sam <3", Trigger: "13.37.ab0e", Mentions: []string{"U7"}}
	if c, ok := slack.CommandOf(read("slash_commands-tandem-channel")); !ok || !cmp.Equal(c, command) {
		t.Errorf("command %+v %v", c, ok)
	}
	page := slack.Pressed{Data: `{"do":"open","case":"c1"}`, Trigger: "13.37.ab1a"}
	if p, ok := slack.PressedOf(read("interactive-page")); !ok || p != page {
		t.Errorf("pressed %+v %v", p, ok)
	}
	if s, ok := slack.SubmittedOf(read("interactive-modal-carries")); !ok || s.Carried != "first line\nsecond line" || s.View != "V3" {
		t.Errorf("carried %+v %v", s, ok)
	}
	if o, ok := slack.OpenedOf(read("events_api-app_home_opened")); !ok || o.Tab != "home" {
		t.Errorf("opened %+v %v", o, ok)
	}
	modal := read("interactive-modal")
	want := slack.Submitted{CallbackID: "goal", View: "V2", Values: map[string][]string{"why": {"to sleep\n<!channel>"}, "left-empty": nil,
		"when": {"2026-03-01"}, "days": {"mon", "wed"}, "size": {"small"}, "more": {"and more"}}}
	if got, ok := slack.SubmittedOf(modal); !ok || !cmp.Equal(got, want) {
		t.Errorf("submitted (-want +got)\n%s", cmp.Diff(want, got))
	}
	if trigger, ok := slack.TriggerOf(read("interactive-press")); !ok || trigger != "13.37.ab0f" {
		t.Errorf("trigger %q %v", trigger, ok)
	}
	if _, ok := slack.CommandOf(modal); ok {
		t.Error("a modal is read as a command")
	}
	if _, ok := slack.TriggerOf(read("events_api-message.im")); ok {
		t.Error("a message has a trigger")
	}
}

func FuzzDecode(f *testing.F) {
	for _, file := range updateFiles(f) {
		f.Add(string(kindOf(file)), readFile(f, file))
	}
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		u, ours, err := slack.Decode(slack.Kind(kind), body, us)
		if !ours {
			if !cmp.Equal(u, bot.Update{}) {
				t.Errorf("not ours, and not empty: %+v", u)
			}
			return
		}
		if err != nil || !strings.HasPrefix(u.Conversation, "slack:T0TANDEM:") || !strings.HasPrefix(u.Delivery, "slack:T0TANDEM:") {
			t.Errorf("%v %+v", err, u)
		}
		if u.Input.Kind == "" && u.Event == "" {
			t.Errorf("ours, and says nothing: %+v", u)
		}
		if p := u.Input; p.Kind == dialog.Press && (p.Prompt == "" || len(p.Prompt)+len(p.Choice) > 148) {
			t.Errorf("a press of %q %q", p.Prompt, p.Choice)
		}
		if u.Seq < 0 || u.From.ID == "" || u.From.ID == us.User {
			t.Errorf("seq %d, from %+v", u.Seq, u.From)
		}
	})
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
