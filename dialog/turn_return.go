package dialog

import "time"

// longAway is after how long without a word a greeting means that somebody is back, and is no answer.
const longAway = 6 * time.Hour

// isBack tells whether the person only says hello after a long time. What looks like an answer in their own words is
// none then; what the question understands as one of its own is.
func (t *turn) isBack(s *step, got taken) bool {
	if t.in.Kind != Text || t.in.Edited || t.s.Asked == 0 || t.now.Sub(time.Unix(t.s.Asked, 0)) < longAway {
		return false
	}
	own := got.why != ""
	switch s.kind.(type) {
	case *textKind:
		own = true
	case *choiceKind:
		own = own || got.shown == "" // none of the options
	}
	return own && t.pack.replies.greets(t.in.Text)
}

// welcome greets somebody who is back and says the open question again. It does not count as a miss.
func (t *turn) welcome(s *step, q question) {
	t.tell(t.pack.WelcomeBack)
	t.askAgain(s, q)
}

// asked notes when the open question was said. A reminder says it once more, and is no reason to count from anew.
func (t *turn) asked(fresh bool) {
	if fresh || (t.in.Kind != Again && !t.out.Reminded) {
		t.s.Asked = t.now.Unix()
	}
}
