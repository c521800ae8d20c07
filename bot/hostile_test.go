package bot_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem/bot"
	"tandem/dialog"
)

// watched are flows with a safety talk, another flow with a command, and a welcome.
func watched() map[string]string {
	files := three()
	files["three/flow.yaml"] = strings.Replace(files["three/flow.yaml"], "stance: neutral\n", "stance: neutral\ncommand: three\n", 1)
	files["three/en.yaml"] += "command: Three questions\n"
	files["safety/flow.yaml"] = "flow: safety\ntarget_change: safety\nstance: neutral\nbefore_consent: true\nstart: safe\nsteps:\n" +
		"  safe: {kind: yes-no, next: company}\n  company: {kind: yes-no, next: end}\n  end: {kind: end}\n"
	files["safety/en.yaml"] = "safe: Are you safe?\ncompany: Is someone with you?\n"
	for id, text := range map[string]string{"invited": "You need a link.", "notify": "A note."} {
		files[id+"/flow.yaml"] = "flow: " + id + "\ntarget_change: x\nstance: neutral\nbefore_consent: true\nstart: s\nsteps: {s: {kind: say, next: e}, e: {kind: end}}\n"
		files[id+"/en.yaml"] = "s: " + text + "\n"
	}
	files["welcome/flow.yaml"] = "flow: welcome\ntarget_change: x\nstance: neutral\nbefore_consent: true\nstart: q\nsteps: {q: {kind: yes-no, next: end}, end: {kind: end}}\n"
	files["welcome/en.yaml"] = "q: Do you agree?\n"
	return files
}

func TestARecordThatCannotBeKeptEndsKindly(t *testing.T) {
	files := three()
	files["bad/flow.yaml"] = "flow: bad\ntarget_change: x\nstance: neutral\nstart: q\nsteps:\n  q: {kind: text, next: r}\n" +
		"  r: {kind: record, record: goal, do: achieve, fields: {goal: q}, next: e}\n  e: {kind: end}\n"
	files["bad/en.yaml"] = "q: Which goal?\n"
	w := newWorld(t)
	p := w.process(library(t, files))
	p.begin(chat, "bad")
	p.say(chat, "one that is not there")
	if said := w.told(chat, 1); len(said) != 1 || said[0] != p.Library.Pack("en").Broken {
		t.Errorf("told %q", said)
	}
	p.begin(chat, "three")
	if said := w.told(chat, 2); len(said) != 1 || said[0] != "What is a?" {
		t.Errorf("the conversation does not go on: %q", said)
	}
}

func TestSafetyBeforeAnInvitation(t *testing.T) {
	w := newWorld(t)
	w.screen, w.settings = alarm{"XX"}, bot.Settings{Invite: true, Codes: map[string]string{"code": "paper:kim"}}
	p := w.process(library(t, watched()))
	p.say(chat, "XX")
	p.say(chat, "yes")
	if diff := cmp.Diff([]string{"Are you safe?", "Is someone with you?"}, w.told(chat, 0)); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

func TestNothingOpensOnTopOfSafety(t *testing.T) {
	for name, words := range map[string]string{"a command": "/three", "start over": "start over", "danger again": "XX and more XX"} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.screen = alarm{"XX"}
			p := w.process(library(t, watched()))
			p.begin(chat, "three")
			p.say(chat, "XX")
			if name == "danger again" {
				p.say(chat, "help") // whatever stands on top
			}
			before := len(w.platform.Said(chat))
			p.say(chat, words)
			for _, said := range w.told(chat, before) {
				if strings.Contains(said, "What is") {
					t.Errorf("told %q", said)
				}
			}
			for _, a := range p.answered(chat) {
				if strings.HasPrefix(a, "What is") {
					t.Errorf("answered %q", a)
				}
			}
		})
	}
}

func TestACaptionIsNoWayAroundConsent(t *testing.T) {
	w := newWorld(t)
	p := w.process(library(t, watched()))
	p.say(chat, "hi")
	p.take(w.update(chat, dialog.Input{Kind: dialog.Media, Media: "photo", Text: "/three"}))
	for _, said := range w.told(chat, 0) {
		if strings.Contains(said, "What is a?") {
			t.Errorf("asked before consent: %q", w.told(chat, 0))
		}
	}
}

func TestANoticeWaitsForWhoBlockedTheBot(t *testing.T) {
	const kim = "paper:kim"
	w := newWorld(t)
	w.screen, w.settings = alarm{"XX"}, bot.Settings{Codes: map[string]string{"code": kim}, Practitioners: map[string]string{kim: "Kim"}}
	p := w.process(library(t, watched()))
	blocked := w.update(kim, dialog.Input{})
	blocked.Event = bot.Blocked
	p.take(blocked)
	start := w.update(chat, dialog.Input{})
	start.Event, start.Code = bot.Start, "code"
	p.take(start)
	p.say(chat, "XX")
	settle(w, []*process{p})
	if said := w.told(kim, 0); len(said) > 0 {
		t.Fatalf("told %q while blocked", said)
	}
	back := w.update(kim, dialog.Input{})
	back.Event = bot.Unblocked
	p.take(back)
	settle(w, []*process{p})
	if diff := cmp.Diff([]string{"A note.", "A note."}, w.told(kim, 0)); diff != "" {
		t.Errorf("told after coming back (-want +got):\n%s", diff)
	}
}

func TestAStartWordIsScreened(t *testing.T) {
	w := newWorld(t)
	w.screen = alarm{"XX"}
	p := w.process(library(t, watched()))
	u := w.update(chat, dialog.Input{})
	u.Event, u.Code = bot.Start, "help-XX"
	p.take(u)
	if diff := cmp.Diff([]string{"Are you safe?"}, w.told(chat, 0)); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}
