package dialog

// endKind ends the flow: back to whoever called it, on to another flow, or all the way out.
type endKind struct {
	then         *target
	with         map[string]fieldExpr
	all, restart bool
}

func (k *endKind) read(f field) bool {
	switch f.key {
	case "then":
		k.then = &target{f.value.str(), f.value.place}
	case "with":
		k.with = readExprs(f.value)
	case "all":
		k.all = f.value.boolean()
	case "restart":
		k.restart = f.value.boolean()
	default:
		return false
	}
	return true
}

func (k *endKind) check(c *check, s *step) needs {
	c.fieldExprs(k.with)
	if k.then != nil {
		c.callable(*k.then, k.with)
	}
	if k.restart && (k.then != nil || k.all) {
		s.fail("step %q: an end either starts over (restart), goes on to another flow (then), or ends everything (all)", s.id)
	}
	return needs{noNext: true}
}

func (k *endKind) run(t *turn, _ *step) (string, error) {
	with, err := t.handed(k.with)
	if err != nil {
		return "", err
	}
	if len(t.s.Frames) == 1 && !k.restart {
		t.retract()
	}
	switch {
	case k.then != nil:
		t.leaveAll()
		t.emit(Start{Flow: k.then.to, With: with})
	case k.all:
		t.leaveAll()
	case k.restart:
		return "", t.restart()
	default:
		return "", t.leave()
	}
	return "", nil
}
