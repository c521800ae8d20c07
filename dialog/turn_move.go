package dialog

// move takes the flow on top over to its newest version, where the flow says so and nothing is lost by it: the step is
// still there, and everything that the rest of the new version uses was answered. It gives the step to go on from;
// anew tells that this step is another one now, or does not know the answer just given: it must be begun again. The
// answer stays stored under the question that was shown (invariants 6 and 7).
func (t *turn) move(s *step, given Value) (to *step, anew bool, err error) {
	top, old := t.s.top(), t.flow()
	if len(t.s.Frames) > 1 && !top.Aside {
		return s, false, nil // a flow that was called belongs to the version of its caller
	}
	now := t.lib.Flow(top.Flow)
	if now == nil || now.Version == top.Version || !now.Move || older(now, old) {
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
	top.Version, t.s.Moved = now.Version, true
	t.speak()
	if to.kindName == s.kindName && t.stillTaken(to, given) {
		return to, false, nil
	}
	if a, ok := t.stored(t.s.Last); ok && a.Step == s.id {
		t.s.Last = a.Prev
	}
	return to, true, nil
}

// older tells which of two versions counts less: sessions must not go to and fro between processes that hold different
// ones. Two of the same moment are told apart by their names, so that all processes agree.
func older(a, b *Flow) bool {
	if a.Since.Equal(b.Since) && !a.Since.IsZero() {
		return a.Version < b.Version
	}
	return a.Since.Before(b.Since)
}

// anew begins a step that is another one in the version that the session has just moved to.
func (t *turn) anew(to *step) error {
	if _, asks := to.kind.(question); !asks {
		return t.run(to.id)
	}
	t.ask(to, t.pack.Changed)
	return nil
}

// stillTaken tells whether an answer is one of the new version's too.
func (t *turn) stillTaken(s *step, given Value) bool {
	q, ok := s.kind.(question)
	if !ok || given.IsZero() {
		return true
	}
	_, valid := q.key(t, s, given)
	return valid
}

// canMove tells whether the rest of a version can run with the answers there are.
func (t *turn) canMove(f *Flow, from *step) bool {
	var have []string
	for n, ref := range f.names {
		if a, ok := t.answer(ref.key); ok && (ref.step == "" || !a.Value.IsZero()) {
			have = append(have, n)
		} else if ref.step == "" {
			return false // an input that this session was never handed
		}
	}
	if _, asks := from.kind.(question); asks {
		have = append(have, exprName(from.id))
	}
	c := &check{flow: f, flows: f.callees, packs: t.lib.packs, names: f.names, behind: from.id}
	for id, known := range c.answeredFrom(from.id, c.with(nil, have)) {
		for _, must := range f.musts[id] {
			if id != from.id && !c.has(known, must) {
				return false
			}
		}
	}
	return true
}
