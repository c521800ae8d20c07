package dialog

// move takes the flow on top over to its newest version, where the flow says so and nothing is lost by it: the step is
// still there, and everything that the rest of the new version uses was answered. It gives the step to go on from;
// changed tells that its question is another one now and must be asked anew. The answer just given stays stored under
// the question that was shown (invariants 6 and 7).
func (t *turn) move(s *step, got taken) (to *step, changed bool, err error) {
	top, old := t.s.top(), t.flow()
	now := t.lib.Flow(top.Flow)
	if now == nil || now.Version == top.Version || !now.Move || now.Since.Before(old.Since) {
		return s, false, nil
	}
	to = now.steps[s.id]
	if to == nil {
		return s, false, nil
	}
	if !t.ctx.All {
		return nil, false, ErrNeedAll
	}
	if !t.canMove(now, to) {
		return s, false, nil
	}
	top.Version = now.Version
	t.speak()
	if to.kindName != s.kindName || !t.stillTaken(to, got) {
		if a, ok := t.stored(t.s.Last); ok && a.Step == s.id {
			t.s.Last = a.Prev
		}
		_, asks := to.kind.(question)
		return to, asks, nil
	}
	return to, false, nil
}

// stillTaken tells whether an answer is one of the new version's too.
func (t *turn) stillTaken(s *step, got taken) bool {
	q, ok := s.kind.(question)
	if !ok {
		return true
	}
	_, valid := t.keyOf(s, q, Answer{Value: got.value, Step: s.id})
	return valid
}

// canMove tells whether the rest of a version can run with the answers there are.
func (t *turn) canMove(f *Flow, from *step) bool {
	have := make(map[string]bool)
	for n, ref := range f.names {
		if a, ok := t.answer(ref.key); ok && (ref.step == "" || !a.Value.IsZero()) {
			have[n] = true
		} else if ref.step == "" {
			return false // an input that this session was never handed
		}
	}
	have[exprName(from.id)] = true
	c := &check{flow: f, flows: t.lib.flows, packs: t.lib.packs, names: f.names}
	for id, known := range c.answeredFrom(from.id, have) {
		for _, must := range f.musts[id] {
			if id != from.id && !known[must] {
				return false
			}
		}
	}
	return true
}
