package dialog

import (
	"encoding/json"
	"time"
)

// Session is where one conversation stands between two inputs. It is small, and stays small however long the
// conversation is: the answers are kept beside it, one by one, and a step is given only those that it needs.
type Session struct {
	ID     string  `json:"id"`               // unique; lower-case letters and digits, at most 26
	Lang   string  `json:"lang"`             // the language that the person is spoken to in
	Turn   uint64  `json:"turn"`             // grows with every input
	Frames []Frame `json:"frames"`           // the flows that are under way, innermost last
	Last   string  `json:"last,omitempty"`   // the key of the answer given last: "back" goes there
	Prompt string  `json:"prompt,omitempty"` // the open question
	Misses int     `json:"misses,omitempty"` // answers to it that were not understood
	Missed string  `json:"missed,omitempty"` // the message that was not understood last: an edit of it is a new try
	Fixing bool    `json:"fixing,omitempty"` // an earlier answer is being corrected; later ones may still stand
	// Draft waits for a yes: a date that was read back. Picked are the choices made so far of a question that takes
	// several. Change is set while the person says which part of a summary to change.
	Draft  *Draft   `json:"draft,omitempty"`
	Picked []string `json:"picked,omitempty"`
	Change bool     `json:"change,omitempty"`
	// Due is when the open question times out, in the turn that the timer was set in.
	Due     time.Time `json:"due,omitzero"`
	DueTurn uint64    `json:"dueTurn,omitempty"`
}

// Frame is one flow under way. A flow that was called, and one that a global word opened on top of a question, have a
// frame of their own.
type Frame struct {
	Flow    string `json:"flow"`
	Version string `json:"version"`
	Step    string `json:"step"`
	Path    string `json:"path,omitempty"`  // goes before the keys of its answers: "" for the outermost, "plan." for the flow that step plan called
	Aside   bool   `json:"aside,omitempty"` // opened by a global word: the question below is asked again when it ends
	Last    string `json:"last,omitempty"`  // Aside: the session's Last before it
}

// Draft is an answer that was read back and waits for a yes.
type Draft struct {
	Value Value  `json:"v"`
	Said  string `json:"said,omitempty"`
	Shown string `json:"shown"`
}

func (s *Session) top() *Frame { return &s.Frames[len(s.Frames)-1] }

// closeQuestion forgets everything that belongs to the open question.
func (s *Session) closeQuestion() {
	s.Prompt, s.Misses, s.Missed, s.Draft, s.Picked, s.Change = "", 0, "", nil, nil, false
	s.Due, s.DueTurn = time.Time{}, 0
}

// Clone copies a session by way of its stored form.
func (s *Session) Clone() (*Session, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	out := new(Session)
	return out, json.Unmarshal(data, out)
}
