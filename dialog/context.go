package dialog

import (
	"errors"
	"fmt"
	"time"
)

// Context is what a step may know besides the session: it does no I/O of its own.
type Context struct {
	Now     time.Time         // in the person's zone
	Answers map[string]Answer // at least those that the last result's Needs named
	All     bool              // Answers are all there are
	Inputs  map[string]Value  // for flows that are opened in this step
}

// Result is what a step did. The session was changed in place.
type Result struct {
	Effects []Effect
	Answers map[string]*Answer // to store; nil removes one
	Needs   []string           // the answers that the next step will read
	All     bool               // it will read every one
	Given   *Answer            // the answer given in this step, for the journal, whatever becomes of it; nil: none
	Wake    time.Time          // when to call Step with an Expire; zero: never
	Ended   bool               // the conversation is over; where a timer ended it, perhaps without a word among the effects
	// Reminded tells that a timer said the open question once more, unasked: the application counts it as a nudge.
	Reminded bool
}

// ErrNeedAll asks for the step to be made again with every answer in the context: going back needs them.
var ErrNeedAll = errors.New("this step needs every answer")

// NeedInputsError asks for the step to be made again with these inputs in the context: a flow is to be opened that
// wants them.
type NeedInputsError struct {
	Flow  string
	Names []string
}

// Error implements error.
func (e *NeedInputsError) Error() string {
	return fmt.Sprintf("the flow %q needs the inputs %v", e.Flow, e.Names)
}

// NeedVersionError asks for an old version of a flow to be put into the library, and the step to be made again.
type NeedVersionError struct{ Flow, Version string }

// Error implements error.
func (e *NeedVersionError) Error() string {
	return fmt.Sprintf("the library has no version %s of the flow %q", e.Version, e.Flow)
}

// BrokenError says that a session cannot go on. What was said is kept; the person is told kindly, and the session
// ends.
type BrokenError struct{ Reason string }

// Error implements error.
func (e *BrokenError) Error() string { return "the session is broken: " + e.Reason }
