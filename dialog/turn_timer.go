package dialog

import "time"

// Patience is what becomes of a question that nobody answers and that has no timeout, its own or its flow's. All of it
// is for the application to set, once for all flows; without it a question waits for good.
type Patience struct {
	// Remind is how long after it was said the question is said once more, kindly and once for each silence. None
	// where it is not above zero; then nobody is left either.
	Remind time.Duration
	// Rest is how long after that the conversation is left to rest: nothing is said any more until the person does,
	// and what was said is kept. It never rests where this is not above zero.
	Rest time.Duration
}

// limitOf is the timeout of a question: its own or the flow's; nil where there is none of either.
func (f *Flow) limitOf(s *step) *timeout {
	if limit := f.waiting(s); limit != nil && !limit.none {
		return limit
	}
	return nil
}

// waiting is what the flow says of how long a question waits; nil where it says nothing.
func (f *Flow) waiting(s *step) *timeout {
	if s.timeout != nil {
		return s.timeout
	}
	return f.limit
}

// patience is how long the open question waits now, by what the application set; 0 for good.
func (t *turn) patience(s *step) time.Duration {
	p := t.lib.patience
	switch {
	case t.flow().waiting(s) != nil || p.Remind <= 0:
		return 0
	case t.s.Reminded:
		return max(0, p.Rest)
	}
	return p.Remind
}

// wind starts the time of the open question anew. The timer carries this turn (invariant 5).
func (t *turn) wind(s *step) {
	after := t.patience(s)
	if limit := t.flow().limitOf(s); limit != nil {
		after = limit.after
	}
	t.s.unwind()
	if t.s.Resting = false; after > 0 {
		t.s.Due, t.s.DueTurn = t.now.Add(after), t.s.Turn
	}
}

// unwind leaves the open question without a timer.
func (s *Session) unwind() { s.Due, s.DueTurn = time.Time{}, 0 }

// heard notes that the person did something: the silence is over. The application's patience begins anew, also where
// the question is not said again; a timeout of the flow runs from when the question was said.
func (t *turn) heard(s *step) {
	if t.in.Kind == Again && !t.s.Resting {
		return // nobody need have done anything
	}
	if t.s.Reminded = false; !t.s.Resting && t.patience(s) > 0 {
		t.wind(s)
	}
}

// hold stops the application's patience while the person takes a break; a timeout of the flow goes on.
func (t *turn) hold(s *step) {
	if t.flow().limitOf(s) == nil {
		t.s.unwind()
	}
}

// expire is what becomes of an open question that nobody answered. A timer of an earlier turn does nothing (invariant 5).
func (t *turn) expire(s *step) error {
	if t.in.Turn != t.s.DueTurn || t.s.DueTurn == 0 || t.now.Before(t.s.Due) {
		return nil
	}
	if limit := t.flow().limitOf(s); limit != nil {
		return t.timesOut(s, limit)
	}
	switch {
	case t.patience(s) == 0: // the application set another one since
		t.s.unwind()
	case t.s.Reminded:
		t.tell(t.pack.LeftHere)
		t.rest()
	default:
		t.s.Reminded, t.out.Reminded = true, true
		t.ask(s, t.pack.PickUp)
	}
	return nil
}

// rest leaves the open question alone until the person says something. What they say then need not be its answer.
func (t *turn) rest() {
	t.s.unwind()
	t.s.Resting = true
}

// timesOut ends an open question as its flow says.
func (t *turn) timesOut(s *step, limit *timeout) error {
	t.s.closeQuestion()
	if key := t.s.top().Path + s.id; (t.loops() || t.s.Moved) && t.before(s).Step != "" { // what it was answered the last time round does not count now
		if err := t.unlink(key); err != nil {
			return err
		}
		t.set(key, nil)
	}
	return t.run(limit.next.to)
}

// Patient tells whether the timer of a session's open question is the application's patience, and not a timeout that a
// flow sets: when it rings is then the application's to say.
func (l *Library) Patient(s *Session) bool {
	f := l.version(s.top().Flow, s.top().Version)
	if f == nil || s.Due.IsZero() {
		return false
	}
	step := f.steps[s.top().Step]
	return step != nil && f.waiting(step) == nil
}
