// Package scenario reads the conversations that Tandem's speed is measured on. They are written in a form that several
// programs can be measured with: steps in a list, and what the person says.
package scenario

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing/fstest"
)

// Scenario is one conversation, and how it must come out.
type Scenario struct {
	Name     string   `json:"name"`
	Contact  string   `json:"contact"`
	Steps    []Step   `json:"steps"`
	End      string   `json:"end"`
	Inputs   []string `json:"inputs"`
	Turns    int      `json:"turns"`
	Messages int      `json:"messages"`
	Final    string   `json:"final"`
}

// Step is one question.
type Step struct {
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

// Read reads a scenario file.
func Read(file string) (*Scenario, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read a scenario: %w", err)
	}
	sc := new(Scenario)
	if err := json.Unmarshal(data, sc); err != nil {
		return nil, fmt.Errorf("read the scenario %s: %w", file, err)
	}
	return sc, nil
}

// FlowID is the id of the flow that a scenario becomes.
const FlowID = "scenario"

// Flow writes the scenario as a folder of flows. Its input "name" is the Contact. A scenario's ids may be anything, so
// that its steps are numbered here.
func (sc *Scenario) Flow() (fstest.MapFS, error) {
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
	flow, err := json.Marshal(map[string]any{ // JSON is YAML
		"flow": FlowID, "target_change": "a measurement", "stance": "neutral", "start": stepID(0),
		"inputs": map[string]any{"name": "text"}, "steps": steps,
	})
	if err != nil {
		return nil, fmt.Errorf("write the scenario as a flow: %w", err)
	}
	texts, err := json.Marshal(words)
	if err != nil {
		return nil, fmt.Errorf("write the scenario's words: %w", err)
	}
	return fstest.MapFS{"scenario/flow.yaml": {Data: flow}, "scenario/en.yaml": {Data: texts}}, nil
}

func stepID(i int) string { return "q" + strconv.Itoa(i) }

func (sc *Scenario) step(s Step, next string) (step, words map[string]any) {
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
func (sc *Scenario) text(s string) string {
	for i, step := range sc.Steps {
		s = strings.ReplaceAll(s, "{"+step.ID+"}", "{"+stepID(i)+"}")
	}
	return s
}
