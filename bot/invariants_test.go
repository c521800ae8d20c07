package bot_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tandem/bot"
	"tandem/bot/bottest"
	"tandem/dialog"
)

func TestInvariant1_InputsTakeEffectInPlatformOrder(t *testing.T) {
	w := newWorld(t)
	one, two := w.process(library(t, three())), w.process(library(t, three()))
	one.begin(chat, "three")
	first, second, third := w.update(chat, text("first")), w.update(chat, text("red")), w.update(chat, text("third"))
	// The last arrives before the first; it waits for those before it.
	third.Hold, second.Hold = 300*time.Millisecond, 300*time.Millisecond
	two.take(third)
	one.take(second)
	two.take(first)
	w.wait(time.Second)
	one.pickUp()
	two.pickUp()
	want := []string{"What is a? -> first", "What is b? -> red", "What is c? -> third"}
	if diff := cmp.Diff(want, one.answered(chat)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
}

func TestInvariant1_TwoProcessesAtOnce(t *testing.T) {
	w := newWorld(t)
	processes := []*process{w.process(library(t, three())), w.process(library(t, three()))}
	processes[0].begin(chat, "three")
	// Sent faster than they are answered, to two processes by turns.
	for i, words := range []string{"one", "blue", "two"} {
		if err := processes[i%2].Receive(context.Background(), w.update(chat, text(words))); err != nil {
			t.Fatal(err)
		}
	}
	settle(w, processes)
	want := []string{"What is a? -> one", "What is b? -> blue", "What is c? -> two"}
	if diff := cmp.Diff(want, processes[0].answered(chat)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	told := []string{"What is a?", "What is b?", "What is c?", "Thank you. one, Blue, two."}
	if diff := cmp.Diff(told, w.told(chat, 0)); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

func settle(w *world, processes []*process) {
	for range 10 {
		for _, p := range processes {
			p.pickUp()
		}
		w.wait(time.Second)
	}
}

func TestInvariant2_ADeliveryTakesEffectOnce(t *testing.T) {
	w := newWorld(t)
	one, two := w.process(library(t, three())), w.process(library(t, three()))
	one.begin(chat, "three")
	u := w.update(chat, text("only once"))
	var all sync.WaitGroup
	for i := range 100 {
		all.Add(1)
		go func() {
			defer all.Done()
			if err := []*process{one, two}[i%2].Receive(context.Background(), u); err != nil {
				t.Error(err)
			}
		}()
	}
	all.Wait()
	settle(w, []*process{one, two})
	restarted := w.process(library(t, three()))
	restarted.take(u)
	if diff := cmp.Diff([]string{"What is a? -> only once"}, restarted.answered(chat)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"What is a?", "What is b?"}, w.told(chat, 0)); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

func TestInvariant3_NothingIsSentThatWasNotCommitted(t *testing.T) {
	w := newWorld(t)
	p := w.process(library(t, three()))
	p.begin(chat, "three")
	stored := make(map[string]bool)
	w.platform.Fail(func(conversation string, o bot.Outgoing) *bot.SendError {
		snap, err := p.store.Load(context.Background(), conversation)
		if err != nil || snap.Revision < 2 || len(snap.Inbox) > 0 {
			t.Errorf("sent %q before it was committed: revision %d, %d in the inbox, %v", o.Message.Text, snap.Revision, len(snap.Inbox), err)
		}
		stored[o.Message.Text] = true
		return nil
	})
	p.say(chat, "anything")
	if !stored["What is b?"] {
		t.Error("nothing was sent")
	}
}

func TestInvariant3_NothingIsAcknowledgedThatIsNotStored(t *testing.T) {
	w := newWorld(t)
	p := w.process(library(t, three()))
	p.begin(chat, "three")
	u := w.update(chat, text("stored?"))
	w.redis.SetError("LOADING the server is away")
	if err := p.Receive(context.Background(), u); err == nil {
		t.Fatal("an update was acknowledged that could not be stored")
	}
	w.redis.SetError("")
	p.take(u) // the platform delivers it again
	if diff := cmp.Diff([]string{"What is a? -> stored?"}, p.answered(chat)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
}

func TestInvariant4_SendsThatFailAreMadeAgainInOrder(t *testing.T) {
	w := newWorld(t)
	p := w.process(library(t, three()))
	p.begin(chat, "three")
	before := len(w.platform.Said(chat))
	w.platform.Fail(func(string, bot.Outgoing) *bot.SendError {
		return &bot.SendError{Code: "server", Status: 502, Fate: bot.Later}
	})
	for _, words := range []string{"one", "red", "two"} {
		p.say(chat, words)
	}
	for range 60 { // for an hour
		w.wait(time.Minute)
		p.pickUp()
	}
	if said := w.told(chat, before); len(said) > 0 {
		t.Fatalf("told %q while every send fails", said)
	}
	w.platform.Fail(nil)
	p = w.process(library(t, three())) // and after a restart
	settle(w, []*process{p})
	w.wait(5 * time.Minute)
	p.pickUp()
	want := []string{"What is b?", "What is c?", "Thank you. one, Red, two."}
	if diff := cmp.Diff(want, w.told(chat, before)); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

func TestInvariant4_RetryAfterIsKept(t *testing.T) {
	w := newWorld(t)
	p := w.process(library(t, three()))
	p.begin(chat, "three")
	tries := 0
	w.platform.Fail(func(string, bot.Outgoing) *bot.SendError {
		if tries++; tries == 1 {
			return &bot.SendError{Code: "rate", Status: 429, Fate: bot.Later, After: 30 * time.Second}
		}
		return nil
	})
	p.say(chat, "one")
	w.wait(29 * time.Second)
	p.pickUp()
	if tries != 1 {
		t.Errorf("tried %d times within the time that the platform asked to wait", tries)
	}
	w.wait(2 * time.Second)
	p.pickUp()
	if tries != 2 {
		t.Errorf("tried %d times after the time that the platform asked to wait, want 2", tries)
	}
}

func TestBlockedIsParkedAndComesBack(t *testing.T) {
	w := newWorld(t)
	p := w.process(library(t, three()))
	p.begin(chat, "three")
	tries := 0
	w.platform.Fail(func(string, bot.Outgoing) *bot.SendError {
		tries++
		return &bot.SendError{Code: "blocked", Status: 403, Fate: bot.Gone}
	})
	p.say(chat, "one")
	for range 20 {
		w.wait(time.Hour)
		p.pickUp()
	}
	if tries != 1 {
		t.Errorf("a conversation that blocked the bot was tried %d times", tries)
	}
	w.platform.Fail(nil)
	back := w.update(chat, dialog.Input{})
	back.Event = bot.Unblocked
	p.take(back)
	settle(w, []*process{p})
	said := w.told(chat, 1)
	if diff := cmp.Diff([]string{"What is b?"}, said); diff != "" {
		t.Errorf("told after coming back (-want +got):\n%s", diff)
	}
}

func TestInvariant5_AStaleTimerDoesNothing(t *testing.T) {
	files := three()
	files["three/flow.yaml"] = `flow: three
target_change: a test
stance: neutral
start: a
timeout: {after: 1h, next: gone}
steps:
  a: {kind: text, next: b}
  b: {kind: text, next: end}
  gone: {kind: say, next: end}
  end: {kind: end}
`
	files["three/en.yaml"] = "a: What is a?\nb: What is b?\ngone: Until another time.\n"
	w := newWorld(t)
	p := w.process(library(t, files))
	p.begin(chat, "three")
	w.wait(59 * time.Minute)
	p.say(chat, "just in time")
	w.wait(2 * time.Minute) // the first question's hour is over, the second's is not
	p.pickUp()
	if diff := cmp.Diff([]string{"What is a?", "What is b?"}, w.told(chat, 0)); diff != "" {
		t.Fatalf("told (-want +got):\n%s", diff)
	}
	w.wait(time.Hour)
	p.pickUp()
	p.pickUp()
	if diff := cmp.Diff([]string{"Until another time."}, w.told(chat, 2)); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

func TestInvariant6_ASessionFinishesTheVersionItBegan(t *testing.T) {
	w := newWorld(t)
	old := w.process(library(t, three()))
	old.begin(chat, "three")
	old.say(chat, "first")
	edited := three()
	edited["three/en.yaml"] = "a: Another a?\nb: {text: Another b?, options: {red: Red, blue: Blue}}\nc: Another c?\nthanks: Bye.\n"
	renewed := w.process(library(t, edited))
	renewed.say(chat, "red")
	old.say(chat, "third")
	want := []string{"What is a? -> first", "What is b? -> red", "What is c? -> third"}
	if diff := cmp.Diff(want, renewed.answered(chat)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	renewed.begin(chat, "three")
	if said := w.told(chat, 4); len(said) != 1 || said[0] != "Another a?" {
		t.Errorf("a new session began with %q", said)
	}
}

func TestInvariant6_ADeletedFlowIsFinishedFromTheShelf(t *testing.T) {
	w := newWorld(t)
	old := w.process(library(t, three()))
	old.begin(chat, "three")
	other := map[string]string{"other/flow.yaml": "flow: other\ntarget_change: x\nstance: neutral\nstart: e\nsteps: {e: {kind: end}}\n", "other/en.yaml": "{}\n"}
	without := w.process(library(t, other))
	without.say(chat, "first")
	without.say(chat, "blue")
	if diff := cmp.Diff([]string{"What is a?", "What is b?", "What is c?"}, w.told(chat, 0)); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

func TestInvariant6_NobodyIsLeftWithoutAWord(t *testing.T) {
	w := newWorld(t)
	old := w.process(library(t, three()))
	old.begin(chat, "three")
	for _, key := range w.redis.Keys() { // the shelf is lost
		if strings.Contains(key, "flow") {
			w.redis.Del(key)
		}
	}
	other := map[string]string{"other/flow.yaml": "flow: other\ntarget_change: x\nstance: neutral\nstart: e\nsteps: {e: {kind: end}}\n", "other/en.yaml": "{}\n"}
	without := w.process(library(t, other))
	without.say(chat, "first")
	if said := w.told(chat, 1); len(said) != 1 || said[0] != without.Library.Pack("en").Broken {
		t.Errorf("told %q", said)
	}
}

func TestInvariant7_AnOldButtonIsRecognised(t *testing.T) {
	w := newWorld(t)
	p := w.process(library(t, three()))
	p.begin(chat, "three")
	p.say(chat, "first")
	question := w.platform.Said(chat)[1]
	press := dialog.Input{Kind: dialog.Press, Prompt: question.Prompt, Choice: "red"}
	p.take(w.update(chat, press))
	w.wait(7 * 24 * time.Hour)
	press.Choice = "blue"
	p.take(w.update(chat, press))
	want := p.Library.Pack("en").OldPrs + "\n\nWhat is c?"
	if said := w.told(chat, 3); len(said) != 1 || said[0] != want {
		t.Errorf("told %q, want %q", said, want)
	}
	if diff := cmp.Diff([]string{"What is a? -> first", "What is b? -> red"}, p.answered(chat)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
}

// alarm is a screen that finds danger in one word.
type alarm struct{ word string }

func (a alarm) Screen(text string) string {
	if strings.Contains(text, a.word) {
		return "explicit-self"
	}
	return ""
}

func TestInvariant8_EveryTextIsScreenedFirst(t *testing.T) {
	files := three()
	files["safety/flow.yaml"] = "flow: safety\ntarget_change: safety\nstance: neutral\nbefore_consent: true\nstart: safe\nsteps:\n  safe: {kind: yes-no, next: end}\n  end: {kind: end}\n"
	files["safety/en.yaml"] = "safe: Are you safe?\n"
	states := map[string]func(p *process){
		"unknown person":   func(*process) {},
		"asked for words":  func(p *process) { p.begin(chat, "three") },
		"asked for a date": func(p *process) { p.begin(chat, "three"); p.say(chat, "first") },
		"stopped":          func(p *process) { p.begin(chat, "three"); p.say(chat, "stop") },
	}
	inputs := map[string]dialog.Input{
		"text":       text("XX"),
		"caption":    {Kind: dialog.Media, Media: "photo", Text: "XX"},
		"edit":       {Kind: dialog.Text, Text: "XX", Edited: true, Ref: "m1"},
		"command":    text("/XX"),
		"start word": text("XX"),
	}
	for state, prepare := range states {
		for kind, in := range inputs {
			t.Run(state+", "+kind, func(t *testing.T) {
				w := newWorld(t)
				w.screen = alarm{"XX"}
				p := w.process(library(t, files))
				prepare(p)
				before, answers := len(w.platform.Said(chat)), len(p.answered(chat))
				u := w.update(chat, in)
				if kind == "start word" {
					u.Event = bot.Start
				}
				p.take(u)
				if diff := cmp.Diff([]string{"Are you safe?"}, w.told(chat, before)); diff != "" {
					t.Errorf("told (-want +got):\n%s", diff)
				}
				if got := p.answered(chat); len(got) != answers {
					t.Errorf("the words were taken as an answer: %q", got)
				}
			})
		}
	}
}

func TestInvariant9_NothingReachesAnAudienceWithoutAYes(t *testing.T) {
	files := three()
	files["tell/flow.yaml"] = "flow: tell\ntarget_change: x\nstance: neutral\nstart: agree\nsteps:\n  agree: {kind: record, record: consent, do: give, next: words}\n  words: {kind: text, next: open}\n" +
		"  open: {kind: share, audience: practitioner, fields: {words: words}, next: end}\n  end: {kind: end}\n"
	notices(files)
	files["tell/en.yaml"] = "words: What is on your mind?\nopen: Shall I tell Kim \"{words}\"?\n"
	const practitioner = "paper:kim"
	for _, c := range []struct {
		name, answer string
		withdraw     bool
		want         []string
	}{
		{"a yes shares", "yes", false, []string{"joined Vega: ", `shared Vega: Shall I tell Kim "the plan"?`}},
		{"a no does not", "no", false, []string{"joined Vega: "}},
		{"taken back before it was sent", "yes", true, []string{"joined Vega: ", "stale : "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.settings = bot.Settings{Codes: map[string]string{"code": practitioner}, Practitioners: map[string]string{practitioner: "Kim"}}
			p := w.process(library(t, files))
			start := w.update(chat, dialog.Input{})
			start.Event, start.Code = bot.Start, "code"
			p.take(start)
			p.begin(chat, "tell")
			p.say(chat, "the plan")
			if c.withdraw {
				// The outbox is not sent yet when the client takes it back.
				w.platform.Fail(func(string, bot.Outgoing) *bot.SendError { return &bot.SendError{Code: "server", Fate: bot.Later} })
				p.say(chat, "hm") // its answer blocks the outbox
				p.say(chat, c.answer)
				withdraw(t, p)
				w.platform.Fail(nil)
			} else {
				p.say(chat, c.answer)
			}
			settle(w, []*process{p})
			w.wait(10 * time.Minute)
			settle(w, []*process{p})
			if diff := cmp.Diff(c.want, w.told(practitioner, 0)); diff != "" {
				t.Errorf("the practitioner was told (-want +got):\n%s", diff)
			}
		})
	}
}

// notices adds the flow that tells a practitioner what has come.
func notices(files map[string]string) {
	files["notify/flow.yaml"] = "flow: notify\ntarget_change: none\nstance: neutral\nfor: anyone\ninputs: {about: text, client: text, said: text}\n" +
		"start: note\nsteps:\n  note: {kind: say, next: end}\n  end: {kind: end}\n"
	files["notify/en.yaml"] = "note: \"{about} {client}: {said}\"\n"
}

// withdraw takes back every grant, as the store holds it.
func withdraw(t *testing.T, p *process) {
	t.Helper()
	ctx := context.Background()
	snap, err := p.store.Load(ctx, chat)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.store.Commit(ctx, bottest.Withdrawn(snap, "w3")); err != nil {
		t.Fatal(err)
	}
}

func TestInvariant10_TheSameInTheSameOut(t *testing.T) {
	var first []string
	for run := range 3 {
		w := newWorld(t)
		p := w.process(library(t, three()))
		p.begin(chat, "three")
		for _, words := range []string{"hello", "reed", "green?", "red", "back", "blue", "bye"} {
			p.say(chat, words)
		}
		var out []string
		for _, o := range w.platform.Sent(chat) {
			out = append(out, fmt.Sprintf("%+v", o))
		}
		if run == 0 {
			first = out
			continue
		}
		if diff := cmp.Diff(first, out); diff != "" {
			t.Errorf("the same conversation came out otherwise (-first +now):\n%s", diff)
		}
	}
}

func TestARelayNeedsNoSecondPlace(t *testing.T) {
	files := three()
	files["tell/flow.yaml"] = "flow: tell\ntarget_change: x\nstance: neutral\nstart: agree\nsteps:\n" +
		"  agree: {kind: record, record: consent, do: give, next: open}\n  open: {kind: share, audience: practitioner, fields: {words: '\"w\"'}, next: end}\n  end: {kind: end}\n"
	notices(files)
	files["tell/en.yaml"] = "open: Shall I?\n"
	w := newWorld(t)
	w.workers = 1
	w.settings = bot.Settings{Codes: map[string]string{"code": "paper:kim"}, Practitioners: map[string]string{"paper:kim": "Kim"}}
	p := w.process(library(t, files))
	start := w.update(chat, dialog.Input{})
	start.Event, start.Code = bot.Start, "code"
	p.take(start)
	p.begin(chat, "tell")
	p.say(chat, "yes")
	settle(w, []*process{p})
	if diff := cmp.Diff([]string{"joined Vega: ", "shared Vega: Shall I?"}, w.told("paper:kim", 0)); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}
