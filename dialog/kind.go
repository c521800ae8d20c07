package dialog

import "tandem/dialog/understand"

// kind is what steps of one kind do. Each has a file kind_*.go, a line in kinds, and a fixture of the same name.
type kind interface {
	// read takes one of the kind's own keys; false where the key is not its own.
	read(f field) bool
	// check says what is missing or wrong once the step is read, and what words it needs.
	check(c *check, s *step) needs
}

// action is a kind that does something and goes on at once.
type action interface {
	kind
	// run does it and names the next step; "" where the flow has ended or another one began.
	run(t *turn, s *step) (next string, err error)
}

// question is a kind that waits for the person.
type question interface {
	kind
	valueType() valueType
	// buttons are what can be pressed instead of typed.
	buttons(t *turn, s *step) []Button
	// take understands an answer.
	take(t *turn, s *step, in Input) taken
	// key is what next branches on for a value that was understood before; false where this question, as it is now,
	// cannot have that value any more.
	key(t *turn, s *step, v Value) (key string, ok bool)
}

// needs are the words that a step must have in every language, and what its next may branch on.
type needs struct {
	text    bool
	options []string // labels that must be there
	may     []string // labels that may be there
	parts   []string
	keys    []string // answers that next may name; nil: next is one step
	noNext  bool     // the step has no next
}

// taken is what a question made of an input.
type taken struct {
	value  Value
	shown  string         // how the value is shown; "" as it is
	said   string         // the person's words; "" none
	key    string         // what next branches on
	why    understand.Why // not understood: why
	more   bool           // half given: the session holds what there is, ask for the rest
	redo   bool           // not done yet: ask the question itself again
	reopen string         // go back to this answer of the flow
	drop   bool           // do nothing at all
}

// kinds lists every kind of step by the name that flows give it.
func kinds() map[string]func() kind {
	return map[string]func() kind{
		"say":        func() kind { return &sayKind{} },
		"reflect":    func() kind { return &reflectKind{} },
		"affirm":     func() kind { return &affirmKind{} },
		"text":       func() kind { return &textKind{atMost: defaultTextLimit} },
		"choice":     func() kind { return &choiceKind{} },
		"choices":    func() kind { return &choicesKind{} },
		"yes-no":     func() kind { return &yesNoKind{} },
		"permission": func() kind { return &permissionKind{} },
		"ruler":      func() kind { return &rulerKind{} },
		"number":     func() kind { return &numberKind{} },
		"date":       func() kind { return &dateKind{} },
		"time":       func() kind { return &timeKind{} },
		"schedule":   func() kind { return &scheduleKind{} },
		zoneKindName: func() kind { return &zoneKind{} },
		"summary":    func() kind { return &summaryKind{} },
		"branch":     func() kind { return &branchKind{} },
		"call":       func() kind { return &callKind{} },
		"record":     func() kind { return &recordKind{} },
		"share":      func() kind { return &shareKind{} },
		"end":        func() kind { return &endKind{} },
	}
}

// valueType is the type of an answer in expressions.
type valueType string

const (
	textType   valueType = "text"
	numberType valueType = "number"
	yesNoType  valueType = "yes-no"
	listType   valueType = "list"
)

// KindNames lists the kinds of steps, sorted, as flows call them.
func KindNames() []string { return sortedKeys(kinds()) }
