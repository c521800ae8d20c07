package dialog_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// scenario is a conversation in the form in which several programs are measured.
type scenario struct {
	Name     string         `json:"name"`
	Contact  string         `json:"contact"`
	Steps    []scenarioStep `json:"steps"`
	End      string         `json:"end"`
	Inputs   []string       `json:"inputs"`
	Turns    int            `json:"turns"`
	Messages int            `json:"messages"`
	Final    string         `json:"final"`
}

type scenarioStep struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"` // text, number or choice
	Prompt  string   `json:"prompt"`
	Retry   string   `json:"retry"`
	Min     *float64 `json:"min"`
	Max     *float64 `json:"max"`
	Choices []string `json:"choices"`
	Branch  *struct {
		Below float64 `json:"below"`
		Say   string  `json:"say"`
	} `json:"branch"`
}

func readScenario(t testing.TB, file string) *scenario {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sc := new(scenario)
	if err := json.Unmarshal(data, sc); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return sc
}

func toNumber(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 1e300
	}
	return f
}

// takes is how the bare loop understands an answer.
func (s *scenarioStep) takes(said string) bool {
	switch s.Kind {
	case "number":
		n := toNumber(said)
		return n < 1e300 && (s.Min == nil || n >= *s.Min) && (s.Max == nil || n <= *s.Max)
	case "choice":
		return slices.Contains(s.Choices, strings.ToLower(said))
	}
	return said != ""
}

// flow writes the scenario as a folder of flows. A scenario's ids may be anything, so that its steps are numbered here.
func (sc *scenario) flow(t testing.TB) fstest.MapFS {
	t.Helper()
	steps := map[string]any{"last": map[string]any{"kind": "say", "next": "end"}, "end": map[string]any{"kind": "end"}}
	words := map[string]any{"last": sc.text(sc.End)}
	for i, s := range sc.Steps {
		id, next := stepID(i), stepID(i+1)
		if i == len(sc.Steps)-1 {
			next = "last"
		}
		if s.Branch != nil {
			below := id + "-below"
			steps[below] = map[string]any{
				"kind": "branch", "else": next,
				"cases": []any{map[string]any{"if": fmt.Sprintf("%s < %v", id, s.Branch.Below), "to": id + "-say"}},
			}
			steps[id+"-say"] = map[string]any{"kind": "say", "next": next}
			words[id+"-say"] = sc.text(s.Branch.Say)
			next = below
		}
		steps[id], words[id] = sc.step(s, next)
	}
	return fstest.MapFS{
		"scenario/flow.yaml": sc.file(t, map[string]any{
			"flow": "scenario", "target_change": "a measurement", "stance": "neutral", "start": stepID(0),
			"inputs": map[string]any{"name": "text"}, "steps": steps,
		}),
		"scenario/en.yaml": sc.file(t, words),
	}
}

func stepID(i int) string { return "q" + strconv.Itoa(i) }

func (sc *scenario) step(s scenarioStep, next string) (step, words map[string]any) {
	step, words = map[string]any{"kind": s.Kind, "next": next}, map[string]any{"text": sc.text(s.Prompt)}
	if s.Retry != "" {
		words["retry"] = sc.text(s.Retry)
	}
	if s.Min != nil {
		step["min"] = *s.Min
	}
	if s.Max != nil {
		step["max"] = *s.Max
	}
	if s.Kind == "choice" {
		ids, labels := []any{}, map[string]any{}
		for i, label := range s.Choices {
			ids, labels["o"+strconv.Itoa(i)] = append(ids, "o"+strconv.Itoa(i)), label
		}
		step["options"], words["options"] = ids, labels
	}
	return step, words
}

// text puts our ids in the place of the scenario's.
func (sc *scenario) text(s string) string {
	for i, step := range sc.Steps {
		s = strings.ReplaceAll(s, "{"+step.ID+"}", "{"+stepID(i)+"}")
	}
	return s
}

// file writes a value as YAML: JSON is YAML.
func (sc *scenario) file(t testing.TB, v any) *fstest.MapFile {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: data}
}
