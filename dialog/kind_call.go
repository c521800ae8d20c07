package dialog

// callKind runs another flow and goes on when it ends. Its answers can be used as step.answer.
type callKind struct {
	flow target
	with map[string]fieldExpr
}

func (k *callKind) read(f field) bool {
	switch f.key {
	case "flow":
		k.flow = target{f.value.str(), f.value.place}
	case "with":
		k.with = readExprs(f.value)
	default:
		return false
	}
	return true
}

func (k *callKind) check(c *check, s *step) needs {
	c.fieldExprs(k.with)
	if k.flow.to == "" {
		s.fail("step %q: name the flow to call with flow:", s.id)
	} else {
		c.callable(k.flow, k.with)
	}
	return needs{}
}

func (k *callKind) run(t *turn, s *step) (string, error) {
	with, err := t.handed(k.with)
	if err != nil {
		return "", err
	}
	callee := t.flow().callees[k.flow.to]
	if callee == nil {
		return "", &BrokenError{"there is no flow " + k.flow.to}
	}
	path := t.s.top().Path + s.id + "."
	if t.flow().reads[s.id].loops {
		if err := t.afresh(path); err != nil {
			return "", err
		}
	}
	return "", t.enter(callee, Frame{Path: path}, with)
}
