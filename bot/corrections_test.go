package bot_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"tandem/bot/care"
)

// keeping is a flow that keeps a goal, shares it, and then asks one thing more.
func keeping() map[string]string {
	return map[string]string{
		"keeping/flow.yaml": `flow: keeping
target_change: a test
stance: neutral
start: words
steps:
  words: {kind: text, next: keep}
  keep: {kind: record, record: goal, do: create, fields: {words: words}, next: open}
  open: {kind: share, audience: practitioner, fields: {words: words}, next: more}
  more: {kind: text, next: end}
  end: {kind: end}
`,
		"keeping/en.yaml": "words: What is the goal?\nopen: Shall I share it?\nmore: And what else?\n",
	}
}

func (p *process) records(prefix string) map[string]json.RawMessage {
	p.world.t.Helper()
	records, err := p.store.Records(context.Background(), chat, prefix)
	if err != nil {
		p.world.t.Fatal(err)
	}
	return records
}

func TestACorrectionReplacesWhatItMade(t *testing.T) {
	w := newWorld(t)
	p := w.process(library(t, keeping()))
	p.begin(chat, "keeping")
	for _, words := range []string{"sleeep", "no", "back", "back", "sleep better", "no", "nothing"} {
		p.say(chat, words)
	}
	goals := p.records("goal/")
	if len(goals) != 1 {
		t.Fatalf("a correction left %d goals: %s", len(goals), goals)
	}
	for _, data := range goals {
		var g care.Goal
		if err := json.Unmarshal(data, &g); err != nil {
			t.Fatal(err)
		}
		if g.Now().Words != "sleep better" || len(g.Versions) != 2 || g.Versions[0].Words != "sleeep" {
			t.Errorf("the goal's versions are %+v", g.Versions)
		}
	}
}

// leaving is a flow that keeps a goal on one of its ways only.
func leaving() map[string]string {
	return map[string]string{
		"leaving/flow.yaml": `flow: leaving
target_change: a test
stance: neutral
start: which
steps:
  which: {kind: yes-no, next: {yes: keep, no: plain}}
  keep: {kind: record, record: goal, do: create, fields: {words: '"sleep"'}, next: more}
  more: {kind: text, next: end}
  plain: {kind: text, next: end}
  end: {kind: end}
`,
		"leaving/en.yaml": "which: Shall I keep it?\nmore: And what else?\nplain: Then what?\n",
	}
}

func TestAWayThatIsLeftTakesWhatItMadeAlong(t *testing.T) {
	w := newWorld(t)
	p := w.process(library(t, leaving()))
	p.begin(chat, "leaving")
	p.say(chat, "yes")
	if goals := p.records("goal/"); len(goals) != 1 {
		t.Fatalf("a yes made %d goals", len(goals))
	}
	for _, words := range []string{"back", "no"} {
		p.say(chat, words)
	}
	if goals := p.records("goal/"); len(goals) != 0 {
		t.Errorf("a way that was left leaves %s", goals)
	}
}

func TestAYesToSharingCanBeCorrectedToANo(t *testing.T) {
	w := newWorld(t)
	p := w.process(library(t, keeping()))
	p.begin(chat, "keeping")
	for _, words := range []string{"sleep better", "yes", "back", "no", "nothing"} {
		p.say(chat, words)
	}
	grants := p.records("grant/")
	if len(grants) != 1 {
		t.Fatalf("%d grants", len(grants))
	}
	for _, data := range grants {
		if !strings.Contains(string(data), `"withdrawn":"2026`) {
			t.Errorf("the grant still stands: %s", data)
		}
	}
}

func TestASecondTapOnTheLastButtonIsNoNews(t *testing.T) {
	files := three()
	files["last/flow.yaml"] = "flow: last\ntarget_change: x\nstance: neutral\nstart: q\nsteps: {q: {kind: yes-no, next: end}, end: {kind: end}}\n"
	files["last/en.yaml"] = "q: All right?\n"
	files["home/flow.yaml"] = "flow: home\ntarget_change: x\nstance: neutral\nbefore_consent: true\nstart: hi\nsteps: {hi: {kind: say, next: end}, end: {kind: end}}\n"
	files["home/en.yaml"] = "hi: What now?\n"
	w := newWorld(t)
	p := w.process(library(t, files))
	p.begin(chat, "last")
	u := w.update(chat, text(""))
	u.Input.Kind, u.Input.Prompt, u.Input.Choice = "press", w.platform.Said(chat)[0].Prompt, "yes"
	p.take(u)
	if said := w.told(chat, 1); len(said) != 1 || said[0] != "All right." {
		t.Errorf("told %q at the end of a flow that says nothing", said)
	}
	p.take(w.update(chat, u.Input))
	if said := w.told(chat, 2); len(said) > 0 {
		t.Errorf("told %q after a double tap", said)
	}
}
