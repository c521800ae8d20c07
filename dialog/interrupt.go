package dialog

// Interrupt opens a flow on top of the open question, which is asked again when that flow ends. Nothing is taken as an
// answer. The application uses it for what cannot wait, such as a message that the safety screen stopped.
func (l *Library) Interrupt(s *Session, flow string, ctx Context) (Result, error) {
	if len(s.Frames) == 0 {
		return Result{}, &BrokenError{"the session has no flow"}
	}
	for _, f := range s.Frames {
		if l.version(f.Flow, f.Version) == nil {
			return Result{}, &NeedVersionError{f.Flow, f.Version}
		}
	}
	t := l.turn(s, ctx, Input{Kind: Begin})
	if err := t.resumeKept(); err != nil {
		return Result{}, err
	}
	t.s.Tapped = ""
	if err := t.onTop(flow); err != nil {
		return Result{}, err
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
