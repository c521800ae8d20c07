package dialog

import (
	"slices"
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
	Missed string  `json:"missed,omitempty"` // the message that was not taken yet: an edit of it is a new try
	Tapped string  `json:"tapped,omitempty"` // the button that was the last input: a second tap on it is no news
	Fixing bool    `json:"fixing,omitempty"` // an earlier answer is being corrected; later ones may still stand
	// Moved tells that a flow went over to a newer version: a question may come up that was answered already.
	Moved bool `json:"moved,omitempty"`
	// Redo are the records that were made after an answer that is being corrected: made again, they replace.
	Redo []string `json:"redo,omitempty"`
	// Asked is when the open question was said last, not counting reminders of it, in seconds of Unix time; 0: not known.
	Asked int64 `json:"asked,omitempty"`
	Half
	// Due is when the open question times out, in the turn that the timer was set in.
	Due     time.Time `json:"due,omitzero"`
	DueTurn uint64    `json:"dueTurn,omitempty"`
	// Reminded tells that the person was reminded since they did something last.
	Reminded bool `json:"reminded,omitempty"`
	// Resting tells that the open question was left alone: no timer runs, and typed words are not taken as its answer
	// before it was said again.
	Resting bool `json:"resting,omitempty"`
}

// Half is an answer that was half given.
type Half struct {
	Draft  *Draft   `json:"draft,omitempty"`  // waits for a yes: a date that was read back
	Picked []string `json:"picked,omitempty"` // the choices made so far of a question that takes several
	Change bool     `json:"change,omitempty"` // the person is saying which part of a summary to change
	Part   string   `json:"part,omitempty"`   // what was said of a rhythm whose days or time are asked for
	// Offered are the places, by id, of which one is asked for where several fit.
	Offered []string `json:"offered,omitempty"`
}

func (h Half) half() bool {
	return h.Draft != nil || h.Change || h.Part != "" || len(h.Offered) > 0 || len(h.Picked) > 0
}

// Frame is one flow under way. A flow that was called, and one that a global word opened on top of a question, have a
// frame of their own.
type Frame struct {
	Flow    string `json:"flow"`
	Version string `json:"version"`
	Step    string `json:"step"`
	Path    string `json:"path,omitempty"`   // goes before the keys of its answers: "" for the outermost, "plan." for the flow that step plan called
	Aside   bool   `json:"aside,omitempty"`  // opened by a global word: the question below is asked again when it ends
	Urgent  bool   `json:"urgent,omitempty"` // opened by Interrupt: no word takes its place
	Last    string `json:"last,omitempty"`   // Aside: the session's Last before it
	Half    *Half  `json:"half,omitempty"`   // Aside: what was half given to the question below
}

// Draft is an answer that was read back and waits for a yes.
type Draft struct {
	Value Value  `json:"v"`
	Said  string `json:"said,omitempty"`
	Shown string `json:"shown"`
}

func (s *Session) top() *Frame { return &s.Frames[len(s.Frames)-1] }

// standsAt tells whether the flow on top is still the same, at the same step.
func (s *Session) standsAt(f Frame) bool {
	return len(s.Frames) > 0 && s.top().Path == f.Path && s.top().Flow == f.Flow && s.top().Step == f.Step
}

// aside is the place of the innermost flow that a global word opened; -1 where there is none.
func (s *Session) aside() int {
	for i := len(s.Frames) - 1; i >= 0; i-- {
		if s.Frames[i].Aside {
			return i
		}
	}
	return -1
}

func (s *Session) asides() (n int) {
	for i := range s.Frames {
		if s.Frames[i].Aside {
			n++
		}
	}
	return n
}

// closeQuestion forgets everything that belongs to the open question.
func (s *Session) closeQuestion() {
	s.Prompt, s.Misses, s.Missed, s.Half = "", 0, "", Half{}
	s.Asked, s.Resting = 0, false
	s.unwind()
}

// Clone copies a session. A step changes its session in place; whoever may have to make the step again keeps a copy.
func (s *Session) Clone() *Session {
	out := *s
	out.Frames, out.Picked, out.Redo = slices.Clone(s.Frames), slices.Clone(s.Picked), slices.Clone(s.Redo)
	return &out
}
