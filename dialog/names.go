package dialog

import (
	"regexp"
	"strings"
)

// name is something that texts and conditions of a flow can speak of: an answer, or an input.
type name struct {
	key  string // of the answer within the flow: the step's id, "plan.step" in a flow that step plan called, "=name" for an input
	typ  valueType
	step string // "" for an input
}

// names are a flow's names as expressions write them: "-" is "_".
type names map[string]name

func exprName(id string) string { return strings.ReplaceAll(id, "-", "_") }

func inputKey(n string) string { return "=" + n }

// The shapes of ids. They are short because buttons carry them, and because people read them.
func validID(s string) bool { return len(s) <= 40 && idPattern.MatchString(s) }
func validOption(s string) bool {
	return len(s) <= 24 && idPattern.MatchString(s) && !strings.HasPrefix(s, wordButton)
}
func validInput(s string) bool { return len(s) <= 40 && inputPattern.MatchString(s) }

var (
	idPattern      = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	inputPattern   = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	commandPattern = regexp.MustCompile(`^[a-z0-9]+$`)
	plainName      = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// collect gathers the names of a flow: its inputs, its questions, and the answers of the flows that it calls.
func (c *check) collect(f *Flow, depth int) names {
	out := make(names)
	for _, in := range f.inputs {
		out[in.name] = name{key: inputKey(in.name), typ: in.typ}
	}
	for _, s := range f.order {
		switch k := s.kind.(type) {
		case question:
			if _, taken := out[exprName(s.id)]; taken && depth == 0 {
				s.fail("step %q has the name of an input; give one of them another name", s.id)
			}
			out[exprName(s.id)] = name{key: s.id, typ: k.valueType(), step: s.id}
		case *callKind:
			callee := c.flows[k.flow.to]
			if callee == nil || depth >= maxCallDepth {
				continue
			}
			for n, ref := range c.collect(callee, depth+1) {
				if len(out) >= maxNames {
					c.crowded(s, depth)
					return out
				}
				if ref.step != "" {
					out[exprName(s.id)+"."+n] = name{key: s.id + "." + ref.key, typ: ref.typ, step: s.id}
				}
			}
		}
	}
	return out
}

// crowded refuses a flow that calls so much that nobody could say which answer is which.
func (c *check) crowded(s *step, depth int) {
	if depth == 0 {
		s.fail("step %q: with the flows that it calls, the flow has more than %d answers; call fewer", s.id, maxNames)
		c.flow.partial = true
	}
}

const (
	maxCallDepth = 4 // flows that call flows that call flows
	maxNames     = 10 * maxFlowSteps
)
