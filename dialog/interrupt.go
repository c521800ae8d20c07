package dialog

// Interrupt opens a flow on top of the open question, which is asked again when that flow ends. Nothing is taken as an
// answer. Where it is open already, what stands on top of it goes, and its question is asked again. The application
// uses it for what cannot wait, such as a message that the safety screen stopped. It fails as Step does.
func (l *Library) Interrupt(s *Session, flow string, ctx Context) (Result, error) {
	t, err := l.resume(s, ctx, Input{Kind: Begin})
	if err != nil {
		return Result{}, err
	}
	t.s.Tapped = ""
	under, rested := *t.s.top(), t.s.Resting
	for i := range t.s.Frames {
		if t.s.Frames[i].Flow == flow { // it is open already: back to it
			if err := t.dropTo(i); err != nil {
				return Result{}, err
			}
			return t.finish()
		}
	}
	if err := t.onTop(flow); err != nil {
		return Result{}, err
	}
	if at := t.s.aside(); at >= 0 && t.s.Frames[at].Flow == flow {
		t.s.Frames[at].Urgent = true
	}
	if rested && t.s.standsAt(under) { // it only told something: nobody need be here
		t.rest()
	}
	return t.finish()
}

// resumeKept sets the answers aside that came after the one that is being corrected.
func (t *turn) resumeKept() error {
	if (t.s.Fixing || t.s.Moved) && !t.ctx.All {
		return ErrNeedAll
	}
	if t.s.Fixing {
		t.splitKept()
	}
	return nil
}
