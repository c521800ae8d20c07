package dialog_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"tandem/dialog"
)

// The flow that is edited in the middle of a conversation: a and b were answered, c is asked.
const (
	liveSteps = `  a: {kind: text, next: b}
  b: {kind: ruler, next: c}
  c: {kind: choice, options: [x, y], next: d}
  d: {kind: text, next: all}
  all: {kind: say, next: end}
  end: {kind: end}
`
	liveWords = `a: A?
b: B?
c: {text: C?, options: {x: Ex, y: Why}}
d: D?
all: "{a} {b} {c} {d}"
`
)

func liveFlow(policy, start, steps, words string) fstest.MapFS {
	return fstest.MapFS{
		"live/flow.yaml": {Data: []byte("flow: live\ntarget_change: a test\nstance: neutral\non_change: " + policy + "\nstart: " + start + "\nsteps:\n" + steps)},
		"live/en.yaml":   {Data: []byte(words)},
	}
}

// edit is what becomes of the flow, and what is said after it.
type edit struct {
	name         string
	steps, words string // "": as they were
	start        string
	types        []string
	pin, move    []string // what is said to each
}

func edits() []edit {
	step := func(from, to string) string { return strings.Replace(liveSteps, from, to, 1) }
	word := func(from, to string) string { return strings.Replace(liveWords, from, to, 1) }
	return []edit{
		{name: "nothing changed", types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"}},
		{
			name: "inserted first", start: "n",
			steps: "  n: {kind: text, next: a}\n" + liveSteps, words: "n: N?\n" + word("A?", "A!"),
			types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"},
		},
		{
			name: "inserted first and used later", start: "n",
			steps: "  n: {kind: text, next: a}\n" + liveSteps, words: "n: N?\n" + word("{a}", "{n} {a}"),
			types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"},
		},
		{
			name:  "inserted before the current",
			steps: "  n: {kind: text, next: c}\n" + step("next: c", "next: n"), words: "n: N?\n" + word("D?", "D new?"),
			types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"}, move: []string{"D new?", "a 7 Ex d"},
		},
		{
			name:  "inserted after the current",
			steps: "  n: {kind: text, next: d}\n" + step("next: d", "next: n"), words: "n: N?\n" + word("{a}", "{n} {a}"),
			types: []string{"ex", "n", "d"}, pin: []string{"D?", "a 7 Ex n"}, move: []string{"N?", "D?", "n a 7 Ex d"},
		},
		{
			name:  "an answered one deleted",
			steps: strings.Replace(step("  b: {kind: ruler, next: c}\n", ""), "next: b", "next: c", 1), words: "a: A?\nc: {text: C?, options: {x: Ex, y: Why}}\nd: D?\nall: \"{a} {c} {d}\"\n",
			types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"}, move: []string{"D?", "a Ex d"},
		},
		{
			name:  "the current one deleted",
			steps: strings.Replace(step("  c: {kind: choice, options: [x, y], next: d}\n", ""), "next: c", "next: d", 1), words: "a: A?\nb: B?\nd: D!\nall: \"{a} {b} {d}\"\n",
			types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"}, move: []string{"D?", "a 7 d"},
		},
		{
			name: "two answered ones swapped", start: "b",
			steps: "  b: {kind: ruler, next: a}\n  a: {kind: text, next: c}\n" + strings.Join(strings.SplitAfter(liveSteps, "\n")[2:], ""), words: word("{a} {b}", "{b} {a}"),
			types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"}, move: []string{"D?", "7 a Ex d"},
		},
		{
			name: "the current one reworded", words: word("C?", "C in other words?"),
			types: []string{"hm", "ex", "d"}, pin: []string{"I couldn't match that to one of these.\n\nC?", "D?", "a 7 Ex d"},
		},
		{
			name: "a choice removed that is taken", steps: step("[x, y]", "[y, z]"), words: word("x: Ex, ", "z: Zed, "),
			types: []string{"ex", "zed", "d"}, pin: []string{"D?", "a 7 Ex zed"},
			move: []string{"This question has changed since I asked it, so I ask it anew.\n\nC?", "D?", "a 7 Zed d"},
		},
		{
			name: "a choice removed that is not taken", steps: step("[x, y]", "[y, z]"), words: word("x: Ex, ", "z: Zed, "),
			types: []string{"why", "d"}, pin: []string{"D?", "a 7 Why d"},
		},
		{
			name: "the kind of the current one changed", steps: step("{kind: choice, options: [x, y], next: d}", "{kind: yes-no, next: d}"), words: word("{text: C?, options: {x: Ex, y: Why}}", "Is it C?"),
			types: []string{"ex", "yes", "d"}, pin: []string{"D?", "a 7 Ex yes"},
			move: []string{"This question has changed since I asked it, so I ask it anew.\n\nIs it C?", "D?", "a 7 Yes d"},
		},
		{
			name: "the current one asks nothing now", steps: step("{kind: choice, options: [x, y], next: d}", "{kind: say, next: d}"), words: strings.Replace(word("{text: C?, options: {x: Ex, y: Why}}", "C is told."), "{c} ", "", 1),
			types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"}, move: []string{"C is told.|D?", "a 7 d"},
		},
		{
			name: "the current one is a branch now", steps: step("{kind: choice, options: [x, y], next: d}", "{kind: branch, cases: [{if: b > 5, to: all}], else: d}"), words: "a: A?\nb: B?\nd: D?\nall: \"{a} {b}\"\n",
			types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"}, move: []string{"a 7"},
		},
		{
			name: "the current one is the end now", steps: "  a: {kind: text, next: b}\n  b: {kind: ruler, next: c}\n  c: {kind: end}\n", words: "a: A?\nb: B?\n",
			types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"}, move: []string{""},
		},
		{name: "the whole flow deleted", steps: "-", types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"}},
		{
			name: "the current one renamed", steps: strings.NewReplacer("  c:", "  cc:", "next: c}", "next: cc}").Replace(liveSteps), words: strings.NewReplacer("c: {", "cc: {", "{c}", "{cc}").Replace(liveWords),
			types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"},
		},
		{
			name: "an answered one renamed", steps: strings.NewReplacer("  b:", "  bb:", "next: b}", "next: bb}").Replace(liveSteps), words: strings.NewReplacer("b: B", "bb: B", "{b}", "{bb}").Replace(liveWords),
			types: []string{"ex", "d"}, pin: []string{"D?", "a 7 Ex d"},
		},
		{
			name:  "back, to one that was deleted",
			steps: strings.Replace(step("  b: {kind: ruler, next: c}\n", ""), "next: b", "next: c", 1), words: "a: A new?\nc: {text: C?, options: {x: Ex, y: Why}}\nd: D?\nall: \"{a} {c} {d}\"\n",
			types: []string{"ex", "back", "back", "aa"},
			pin:   []string{"D?", "You said “Ex”. You can say it anew.\n\nC?", "You said “7”. You can say it anew.\n\nB?", "A number from 0 to 10 is all I need.\n\nB?"},
			move:  []string{"D?", "You said “Ex”. You can say it anew.\n\nC?", "You said “a”. You can say it anew.\n\nA new?", "D?"},
		},
	}
}

// A flow is edited while somebody is in the middle of it. Each answer is kept under the question that was shown, and
// nobody is left without a word.
func TestInvariant6_Edits(t *testing.T) {
	for _, test := range edits() {
		for _, policy := range []string{"pin", "move"} {
			t.Run(test.name+"/"+policy, func(t *testing.T) {
				e := &editing{table: sit(t, liveFlow(policy, "a", liveSteps, liveWords), "live")}
				e.watch()
				e.types("a", "7")
				e.deploy(test.steps, test.words, test.start, policy)
				want := test.pin
				if policy == "move" && test.move != nil {
					want = test.move
				}
				for i, text := range test.types[:min(len(want), len(test.types))] {
					if got := texts(e.says(text)); got != want[i] {
						t.Errorf("to %q it said %q, want %q", text, got, want[i])
					}
				}
				e.checkGiven()
			})
		}
	}
}

// Whatever is edited, however often and when: each answer is kept under its question, and something is always said.
func TestInvariant6_RandomEdits(t *testing.T) {
	all := edits()
	lines := []string{"a", "7", "ex", "why", "zed", "yes", "d", "back", "back", "skip", "deploy", "deploy"}
	rapid.Check(t, func(r *rapid.T) {
		e := &editing{table: sit(failing{t, r}, liveFlow("move", "a", liveSteps, liveWords), "live")}
		e.watch()
		for _, line := range rapid.SliceOfN(rapid.SampledFrom(lines), 4, 30).Draw(r, "script") {
			if e.ended {
				break
			}
			if line == "deploy" {
				next := all[rapid.IntRange(0, len(all)-1).Draw(r, "edit")]
				policy := rapid.SampledFrom([]string{"move", "move", "pin"}).Draw(r, "policy")
				e.now = e.now.Add(2 * time.Hour)
				e.deploy(next.steps, next.words, next.start, policy)
				continue
			}
			e.says(line)
		}
		e.checkGiven()
	})
}

func texts(messages []dialog.Message) string {
	var out []string
	for _, m := range messages {
		out = append(out, m.Text)
	}
	return strings.Join(out, "|")
}

// editing is a conversation whose flow is edited, as the application sees it: versions that are asked for are put back.
type editing struct {
	*table
	sources map[string]*dialog.Flow // by version
	asked   map[string]posed        // by prompt
}

type posed struct{ text, version string }

func (e *editing) watch() {
	e.sources, e.asked = make(map[string]*dialog.Flow), make(map[string]posed)
	e.remember()
}

func (e *editing) remember() {
	if f := e.lib.Flow("live"); f != nil {
		e.sources[f.Version] = f
	}
}

// deploy puts a new version into service.
func (e *editing) deploy(steps, words, start, policy string) {
	e.t.Helper()
	files := fstest.MapFS{}
	if steps != "-" {
		if start == "" {
			start = "a"
		}
		if steps == "" {
			steps = liveSteps
		}
		if words == "" {
			words = liveWords
		}
		files = liveFlow(policy, start, steps, words)
	}
	lib, err := dialog.Load(files)
	if err != nil {
		e.t.Fatal(err)
	}
	lib.SetSince("live", e.now.Add(time.Hour))
	e.lib = lib
	e.remember()
}

// says types something and puts back the versions that are asked for.
func (e *editing) says(text string) []dialog.Message {
	e.t.Helper()
	for range 3 {
		out, err := e.Input(dialog.Input{Kind: dialog.Text, Text: text})
		var need *dialog.NeedVersionError
		if errors.As(err, &need) {
			f := e.sources[need.Version]
			if _, err := e.lib.Put(need.Flow, f.Files, f.Since); err != nil {
				e.t.Fatal(err)
			}
			continue
		}
		if err != nil {
			e.t.Fatalf("%q: %v", text, err)
		}
		s := e.state()
		for _, m := range out {
			if m.Prompt != "" {
				e.asked[m.Prompt] = posed{m.Text, s.Frames[len(s.Frames)-1].Version}
			}
		}
		if len(out) == 0 && !e.ended {
			e.t.Errorf("to %q nothing was said", text)
		}
		return out
	}
	e.t.Fatal("the versions were never enough")
	return nil
}

// checkGiven compares each answer with the question that was on the screen (invariant 7).
func (e *editing) checkGiven() {
	e.t.Helper()
	for _, a := range e.given {
		shown, ok := e.asked[a.Prompt]
		if !ok {
			continue // before the edit
		}
		if !strings.HasSuffix(shown.text, a.Asked) || a.Version != shown.version {
			e.t.Errorf("the answer %v is kept under %q of %s; shown was %q of %s", a.Value.Any(), a.Asked, a.Version, shown.text, shown.version)
		}
	}
}

// Two processes hold different versions: whoever gets the message, the conversation goes to the newest and stays there.
func TestInvariant6_TwoProcesses(t *testing.T) {
	newer := strings.Replace(liveWords, "D?", "D new?", 1)
	for _, since := range []time.Duration{time.Hour, -time.Hour, 0} {
		for _, first := range []int{0, 1} {
			t.Run(fmt.Sprint(since, first), func(t *testing.T) {
				noon := time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)
				e := &editing{table: sit(t, liveFlow("move", "a", liveSteps, liveWords), "live")}
				e.lib.SetSince("live", noon)
				e.watch()
				libs := []*dialog.Library{e.lib, nil}
				e.deploy(liveSteps, newer, "a", "move")
				e.lib.SetSince("live", noon.Add(since))
				e.remember()
				libs[1] = e.lib
				var path []string
				for i, text := range []string{"a", "7", "ex", "back", "why", "back", "ex", "d"} {
					e.lib = libs[(i+first)%2]
					e.says(text)
					if s := e.state(); len(s.Frames) > 0 {
						if v := s.Frames[0].Version; len(path) == 0 || path[len(path)-1] != v {
							path = append(path, v)
						}
					}
				}
				if !e.ended {
					t.Error("the conversation did not end")
				}
				if len(path) > 2 {
					t.Errorf("it went to and fro: %v", path)
				}
				e.checkGiven()
			})
		}
	}
}

// A flow that is called goes out of service, or is edited, while somebody is in it.
func TestInvariant6_CalledFlowEdited(t *testing.T) {
	flows := archived(t, "testdata/conversations/calls.txtar")
	tb := sit(t, flows, "outer")
	old, files := tb.lib, tb.lib.Flow("outer").Files
	tb.types("Ana", "walk")
	lone := fstest.MapFS{
		"outer/flow.yaml": {Data: []byte("flow: outer\ntarget_change: a test\nstance: neutral\nstart: x\nsteps:\n  x: {kind: text, next: end}\n  end: {kind: end}\n")},
		"outer/en.yaml":   {Data: []byte("x: X?\n")},
	}
	var err error
	if tb.lib, err = dialog.Load(lone); err != nil {
		t.Fatal(err)
	}
	if put, err := tb.lib.Put("outer", files, old.Flow("outer").Since); err != nil || put.Version != old.Flow("outer").Version {
		t.Fatalf("put back: %v, %v", put, err)
	}
	if said := texts(tb.types("soon")); said != "walk Soon: sure?" {
		t.Errorf("it went on with %q", said)
	}
	if said := texts(tb.types("yes")); said != "A step for you both?" { // a flow that is in service no more
		t.Errorf("it went on with %q", said)
	}
	if said := texts(tb.types("run", "now")); said != "Ana: walk Soon, then run Now. Is it so?" {
		t.Errorf("it went on with %q", said)
	}
}
