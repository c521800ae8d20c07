package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tandem/adapters/adaptertest"
	"tandem/bot"
	"tandem/dialog"
)

// one waits until the bot was told of exactly one thing.
func (r *deskRig) one() bot.Update {
	r.t.Helper()
	r.until("the bot is told", func() bool { return len(r.kept()) > 0 })
	r.settled()
	got := r.kept()
	if len(got) != 1 {
		r.t.Fatalf("the bot was told %d times: %+v", len(got), got)
	}
	return got[0]
}

func (r *deskRig) told(u bot.Update, text string, with map[string]any) {
	r.t.Helper()
	if u.Event != bot.Desk || u.Conversation != "slack:T0TANDEM:D2" || u.From.ID != "U2" || u.At.IsZero() {
		r.t.Errorf("the bot was told %+v", u)
	}
	if want := (dialog.Input{Kind: dialog.Text, Text: text}); u.Input != want {
		r.t.Errorf("the safety screen would see %+v, want %+v", u.Input, want)
	}
	if diff := cmp.Diff(with, u.With); diff != "" {
		r.t.Errorf("with (-want +got)\n%s", diff)
	}
}

// Kim writes to Sam: an empty message is refused in the window, she sees it as Sam will, goes back, changes it, and sends it.
func TestSlackModal_Letter(t *testing.T) {
	for name, requests := range transports {
		t.Run(name, func(t *testing.T) {
			fake := adaptertest.NewSlack(t, atKims())
			r := atDesk(t, fake, requests)
			r.page()
			r.press("Write to Sam")
			write := r.reads("For Sam")
			r.submits(write, map[string]string{"text": " \n "})
			if got := fake.View(write.ID).Errors["text"]; !strings.Contains(got, "There is nothing here yet") {
				t.Errorf("an empty message: %q", got)
			}
			r.submits(write, map[string]string{"text": "See you, " + marker})
			preview := r.reads("Sam will read this")
			if !strings.Contains(preview.Text, "Kim, a person, writes to you:\n“See you, "+marker+"”") || preview.Over != write.ID {
				t.Errorf("the preview %+v", preview)
			}
			if got := r.kept(); len(got) != 0 {
				t.Fatalf("the bot was told before it was sent: %+v", got)
			}
			fake.CloseModal(preview.ID) // [Back]
			r.submits(write, map[string]string{"text": "See you on Monday, *" + marker + "* & <@U1>"})
			r.submits(r.reads("on Monday"), nil)
			text := "See you on Monday, *" + marker + "* & <@U1>"
			r.told(r.one(), text, map[string]any{"do": "letter", "case": "c1", "text": text})
			r.until("the modals are closed", func() bool { return fake.Modal("U2") == nil })
		})
	}
}

// What is suggested carries the version of the goal that was on the page.
func TestSlackModal_Suggest(t *testing.T) {
	for name, c := range map[string]struct {
		button string
		typed  map[string]string
		reads  string
		with   map[string]any
	}{
		"a wording": {"Suggest something", map[string]string{"kind": "words", "text": "calm mornings", "note": "it is shorter"}, "Kim has an idea for the words of your goal.\nKim's idea: “calm mornings”\nKim adds: “it is shorter”",
			map[string]any{"do": "propose", "case": "c1", "goal": "g1", "base": 2.0, "kind": "words", "text": "calm mornings", "note": "it is shorter"}},
		"a measure": {"Suggest something", map[string]string{"kind": "measure", "text": "days a week"}, "how you could notice that it works",
			map[string]any{"do": "propose", "case": "c1", "goal": "g1", "base": 2.0, "kind": "measure", "text": "days a week", "note": ""}},
		"a step": {"Suggest something", map[string]string{"kind": "step", "text": "one morning"}, "an idea for your next step",
			map[string]any{"do": "propose", "case": "c1", "goal": "g1", "base": 2.0, "kind": "step", "text": "one morning", "note": ""}},
		"a comment": {"Suggest something", map[string]string{"kind": "comment", "text": "I wonder"}, "Kim, a person, writes to you about your goal:\n“I wonder”",
			map[string]any{"do": "propose", "case": "c1", "goal": "g1", "base": 2.0, "kind": "comment", "text": "I wonder", "note": ""}},
		"an affirmation": {"Suggest something", map[string]string{"kind": "affirmation", "text": "You kept at it"}, "“You kept at it”",
			map[string]any{"do": "propose", "case": "c1", "goal": "g1", "base": 2.0, "kind": "affirmation", "text": "You kept at it", "note": ""}},
		"a goal": {"Suggest a new goal", map[string]string{"text": "a walk a day"}, "Kim proposes a goal for you.\nKim's idea: “a walk a day”",
			map[string]any{"do": "propose", "case": "c1", "goal": "", "base": 0.0, "kind": "goal", "text": "a walk a day", "note": ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := adaptertest.NewSlack(t, atKims())
			r := atDesk(t, fake, true)
			r.page()
			r.press(c.button)
			r.submits(r.reads("For Sam"), c.typed)
			r.submits(r.reads(c.reads), nil)
			r.told(r.one(), strings.TrimSpace(c.typed["text"]+"\n"+c.typed["note"]), c.with)
		})
	}
}

// An invitation needs a name, and no preview.
func TestSlackModal_Invite(t *testing.T) {
	fake := adaptertest.NewSlack(t, atKims())
	r := atDesk(t, fake, false)
	fake.DM(2).OpenHome()
	r.sees("U2", "Sam")
	r.press("Invite someone")
	r.submits(r.reads("What do you call them?"), map[string]string{"name": "  Ana  "})
	r.told(r.one(), "Ana", map[string]any{"do": "invite", "name": "Ana"})
}

// What Slack delivers again, and what a person sends off again because they were told to, is done once; and another
// process takes the second window as well as the first.
func TestSlackModal_Once(t *testing.T) {
	for name, requests := range transports {
		t.Run(name, func(t *testing.T) {
			fake := adaptertest.NewSlack(t, atKims())
			r := atDesk(t, fake, requests)
			r.page()
			r.press("Write to Sam")
			fake.Again()
			r.submits(r.reads("For Sam"), map[string]string{"text": "hello"})
			preview := r.reads("Kim, a person, writes to you")
			fake.DropSockets()
			r.end() // whoever opened it is gone
			other := atDesk(t, fake, requests)
			other.storeAway(true)
			if err := fake.Submit(preview.ID, "U2", nil); err != nil {
				t.Fatal(err)
			}
			other.until("it failed", func() bool { return other.door.Counts().Failed > 0 })
			if fake.Pending() == 0 || len(other.kept()) != 0 {
				t.Error("what was not stored is acknowledged")
			}
			other.storeAway(false)
			other.settled()
			if err := fake.Submit(preview.ID, "U2", nil); err != nil { // "We had some trouble connecting. Try again?"
				t.Fatal(err)
			}
			fake.Again()
			fake.Again()
			other.settled()
			other.told(other.one(), "hello", map[string]any{"do": "letter", "case": "c1", "text": "hello"})
			if said := fake.DM(2).FromBot(); len(said) != 0 || len(r.kept()) != 0 {
				t.Errorf("said %+v; the first was told %+v", said, r.kept())
			}
		})
	}
}

// A window that did not open in time: the person is told, once, in their language.
func TestSlackModal_Late(t *testing.T) {
	for word, told := range map[string]int{"expired_trigger_id": 1, "exchanged_trigger_id": 0, "internal_error": 1} {
		t.Run(word, func(t *testing.T) {
			fake := adaptertest.NewSlack(t, atKims())
			refused := adaptertest.SlackRefuse(word)
			refused.Method = "views.open"
			fake.Inject(refused)
			r := atDesk(t, fake, true)
			r.page()
			r.press("Write to Sam")
			r.until("it was tried", func() bool { return calls(fake, "views.open") == 1 })
			r.until("that is over", func() bool { return len(r.door.opening) == 0 })
			said := fake.DM(2).FromBot()
			if len(said) != told || told > 0 && !strings.Contains(said[0].Text, "did not open in time") {
				t.Errorf("said %+v", said)
			}
		})
	}
}

// Somebody else's modal, one that names another conversation, and one that was tampered with: refused, logged without
// words, and the bot knows nothing of it.
func TestSlackModal_Forged(t *testing.T) {
	fake := adaptertest.NewSlack(t, atKims())
	r := atDesk(t, fake, true)
	r.page()
	r.press("Write to Sam")
	write := r.reads("For Sam")
	r.submits(write, map[string]string{"text": marker})
	preview := r.reads("Kim, a person, writes to you")
	if err := fake.Submit(preview.ID, "U9", nil); err != nil { // U9 has it from nobody
		t.Fatal(err)
	}
	r.settled()
	old := strings.Replace(preview.Metadata, "\n1", "\n0", 1)
	for name, c := range map[string]struct{ user, callback, metadata string }{
		"another conversation": {"U9", "preview", preview.Metadata},
		"another workspace":    {"U2", "preview", strings.Replace(preview.Metadata, "T0TANDEM", "T0OTHER", 1)},
		"a conversation alone": {"U2", "preview", "slack:T0TANDEM:D2"},
		"nothing":              {"U2", "preview", ""},
		"another version":      {"U2", "preview", old},
		"no preview of ours":   {"U2", "other", preview.Metadata},
		"the first window":     {"U2", "preview", write.Metadata},
	} {
		if status := r.post(c.user, c.callback, c.metadata); status != http.StatusOK {
			t.Errorf("%s is answered with %d", name, status)
		}
	}
	if got := r.kept(); len(got) != 0 {
		t.Errorf("the bot was told %+v", got)
	}
	for _, want := range []string{"by somebody whose conversation it is not", "that cannot be read"} {
		if !strings.Contains(r.log.String(), want) {
			t.Errorf("the log does not say %q:\n%s", want, r.log)
		}
	}
	r.until("Kim is told that it is too old", func() bool { return len(fake.DM(2).FromBot()) == 3 })
	for _, m := range fake.DM(2).FromBot() {
		if !strings.Contains(m.Text, "older than I am") {
			t.Errorf("said %+v", m)
		}
	}
}

// post sends a modal off that Slack never showed.
func (r *deskRig) post(user, callback, metadata string) int {
	r.t.Helper()
	body, err := json.Marshal(map[string]any{"type": "view_submission", "trigger_id": fmt.Sprintf("9.%d.x", time.Now().UnixNano()),
		"team": map[string]string{"id": "T0TANDEM"}, "user": map[string]string{"id": user},
		"view": map[string]any{"id": "V9", "callback_id": callback, "private_metadata": metadata}})
	if err != nil {
		r.t.Fatal(err)
	}
	req, err := r.fake.Request(r.t.Context(), r.hook, "interactive", "payload", body, time.Now())
	if err != nil {
		r.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}
