package dialog

// Effect is something that a step wants done. The engine does nothing itself: whoever called Step applies the effects,
// in order, in one commit with the session.
type Effect interface{ effect() }

// Tell says something to the person.
type Tell struct{ Message Message }

// Record keeps something that the flow found out: a goal, a check-in, a consent. What the kinds mean is the
// application's business.
type Record struct {
	Kind   string         // "goal", "check-in", "consent", ...
	Do     string         // "create", "change", ...
	Fields map[string]any // text, number, yes or no, or a list; what was not answered is left out
	Flow   string         // the flow and the step that asked for it
	Step   string
	Again  bool // an earlier answer was corrected: this takes the place of what the same step kept before
}

// Retract takes back what a step kept last with a Record: an earlier answer was corrected, and the flow came to its next
// question, or to its end, by a way that does not lead to that step any more. Should it come up later all the same, its
// Record is a new one. "Stop" and "start over" take nothing back.
type Retract struct {
	Kind string // of the record
	Flow string // the flow and the step that kept it
	Step string
}

// Share opens fields to an audience. It is only ever made after the person saw them and said yes.
type Share struct {
	Audience string         // "practitioner" or "team"
	Fields   map[string]any // what was shown
	Shown    string         // the words that the person agreed to
}

// Unshare takes back what the same question shared before: the person corrected a yes to a no.
type Unshare struct {
	Audience string
	Fields   []string // their names, sorted
}

// Settle says that the open question Prompt was answered with a button, so that the platform can show the answer and
// take the buttons away.
type Settle struct {
	Prompt string
	Label  string
}

// Start asks for another flow to begin now that this one has ended.
type Start struct {
	Flow string
	With map[string]any
}

// Cancel says that a flow was left in the middle, by "stop" or "start over": nothing that was said is taken back.
type Cancel struct{ Flow string }

func (Tell) effect()    {}
func (Record) effect()  {}
func (Retract) effect() {}
func (Share) effect()   {}
func (Unshare) effect() {}
func (Settle) effect()  {}
func (Start) effect()   {}
func (Cancel) effect()  {}
