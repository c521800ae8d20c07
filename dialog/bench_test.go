package dialog_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"tandem/dialog"
	"tandem/dialog/scenario"
)

// BenchmarkTurn plays whole conversations as a service does: per turn the session and the answers that the turn needs
// are read from their stored bytes, the engine makes its step, and what changed is written back. TANDEM_BENCH_SCENARIO
// names one more scenario file. Beside each stands a bare loop, written by hand for nothing but the scenario.
func BenchmarkTurn(b *testing.B) {
	files, err := filepath.Glob("testdata/bench/*.json")
	if err != nil {
		b.Fatal(err)
	}
	if own := os.Getenv("TANDEM_BENCH_SCENARIO"); own != "" {
		files = append(files, own)
	}
	for _, file := range files {
		sc := read(b, file)
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		b.Run(name+"/engine", func(b *testing.B) {
			play := engine(b, sc)
			measure(b, sc, play)
		})
		b.Run(name+"/bare", func(b *testing.B) { measure(b, sc, bare(sc)) })
	}
}

// TestScenarios plays every scenario once: what a benchmark measures must be right first.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/bench/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			sc := read(t, file)
			for name, play := range map[string]player{"engine": engine(t, sc), "bare": bare(sc)} {
				if got := play(t, nil); got != outcomeOf(sc) {
					t.Errorf("%s: got %+v, want %+v", name, got, outcomeOf(sc))
				}
			}
		})
	}
}

func read(t testing.TB, file string) *scenario.Scenario {
	t.Helper()
	sc, err := scenario.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

// player plays one conversation and calls lap after each turn.
type player func(t testing.TB, lap func()) outcome

type outcome struct {
	Turns, Messages int
	Final           string
}

func outcomeOf(sc *scenario.Scenario) outcome { return outcome{sc.Turns, sc.Messages, sc.Final} }

// measure reports turns a second, allocations a turn, and the time within which 99 of 100 turns were done.
func measure(b *testing.B, sc *scenario.Scenario, play player) {
	b.Helper()
	turns := make([]time.Duration, 0, 1<<20)
	last := time.Now()
	lap := func() {
		now := time.Now()
		if len(turns) < cap(turns) {
			turns = append(turns, now.Sub(last))
		}
		last = now
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b.ResetTimer()
	for b.Loop() {
		last = time.Now()
		if got := play(b, lap); got != outcomeOf(sc) {
			b.Fatalf("got %+v, want %+v", got, outcomeOf(sc))
		}
	}
	elapsed := b.Elapsed()
	runtime.ReadMemStats(&after)
	made := float64(b.N) * float64(sc.Turns)
	slices.Sort(turns)
	b.ReportMetric(made/elapsed.Seconds(), "turns/s")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/made, "allocs/turn")
	b.ReportMetric(float64(turns[len(turns)*99/100].Nanoseconds())/1000, "p99-µs")
	b.ReportMetric(0, "ns/op")
}

// engine plays the scenario on the engine. The store is a map of bytes with a field for each answer.
func engine(t testing.TB, sc *scenario.Scenario) player {
	files, err := sc.Flow()
	if err != nil {
		t.Fatal(err)
	}
	lib, err := dialog.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	contact := map[string]dialog.Value{"name": dialog.TextValue(sc.Contact)}
	now := time.Date(2026, 3, 9, 7, 10, 0, 0, time.UTC)
	return func(t testing.TB, lap func()) outcome {
		run := conversation{t: t, lib: lib, store: make(map[string][]byte), lap: lap}
		session := &dialog.Session{ID: "s1", Lang: "en"}
		result, err := lib.Begin(session, scenario.FlowID, dialog.Context{Now: now, Inputs: contact, All: true})
		run.commit(session, result, err)
		for _, said := range sc.Inputs {
			session, answers := run.fetch()
			ctx := dialog.Context{Now: now, Answers: answers, All: run.all}
			result, err := lib.Step(session, ctx, dialog.Input{Kind: dialog.Text, Text: said, Ref: "42"})
			run.commit(session, result, err)
		}
		return run.outcome
	}
}

type conversation struct {
	t     testing.TB
	lib   *dialog.Library
	store map[string][]byte
	needs []string
	all   bool
	lap   func()
	outcome
}

func (c *conversation) fetch() (*dialog.Session, map[string]dialog.Answer) {
	session := new(dialog.Session)
	if err := json.Unmarshal(c.store["session"], session); err != nil {
		c.t.Fatal(err)
	}
	if len(c.needs) == 0 {
		return session, nil
	}
	answers := make(map[string]dialog.Answer, len(c.needs))
	for _, key := range c.needs {
		data, ok := c.store["a:"+key]
		if !ok {
			continue
		}
		var a dialog.Answer
		if err := json.Unmarshal(data, &a); err != nil {
			c.t.Fatal(err)
		}
		answers[key] = a
	}
	return session, answers
}

func (c *conversation) commit(session *dialog.Session, r dialog.Result, err error) {
	if err != nil {
		c.t.Fatal(err)
	}
	if c.store["session"], err = json.Marshal(session); err != nil {
		c.t.Fatal(err)
	}
	for key, a := range r.Answers {
		if c.store["a:"+key], err = json.Marshal(a); err != nil {
			c.t.Fatal(err)
		}
	}
	c.needs, c.all = r.Needs, r.All
	c.Turns++
	for _, e := range r.Effects {
		if tell, ok := e.(dialog.Tell); ok {
			c.Messages++
			c.Final = tell.Message.Text
		}
	}
	if c.lap != nil {
		c.lap()
	}
}

// bareState is what the bare loop keeps: everything, in one value.
type bareState struct {
	Step    int               `json:"step"`
	Answers map[string]string `json:"answers"`
}

// bare plays the scenario by a loop that knows nothing else: no global words, no going back, no versions.
func bare(sc *scenario.Scenario) player {
	return func(t testing.TB, lap func()) outcome { return playBare(t, sc, lap) }
}

func playBare(t testing.TB, sc *scenario.Scenario, lap func()) outcome {
	state := bareState{Answers: map[string]string{"name": sc.Contact}}
	var out outcome
	say := func(text string) {
		for name, value := range state.Answers {
			text = strings.ReplaceAll(text, "{"+name+"}", value)
		}
		out.Messages++
		out.Final = text
	}
	say(sc.Steps[0].Prompt)
	stored, err := json.Marshal(state)
	for _, said := range sc.Inputs {
		out.Turns++
		if lap != nil {
			lap()
		}
		state = bareState{}
		if err == nil {
			err = json.Unmarshal(stored, &state)
		}
		if err != nil {
			t.Fatal(err)
		}
		step := sc.Steps[state.Step]
		if takes(&step, said) {
			state.Answers[step.ID] = said
			state.Step++
			if b := step.Branch; b != nil && toNumber(said) < b.Below {
				say(b.Say)
			}
			if state.Step == len(sc.Steps) {
				say(sc.End)
			} else {
				say(sc.Steps[state.Step].Prompt)
			}
		} else {
			say(step.Retry + "\n\n" + step.Prompt)
		}
		stored, err = json.Marshal(state)
	}
	out.Turns++
	if lap != nil {
		lap()
	}
	return out
}
