package dialog

// branchKind goes on where the first of its conditions holds.
type branchKind struct {
	cases []branchCase
	rest  *target
}

type branchCase struct {
	text string
	expr *expression
	to   target
	place
}

func (k *branchKind) read(f field) bool {
	switch f.key {
	case "cases":
		for _, item := range f.value.items() {
			k.cases = append(k.cases, readCase(item))
		}
	case "else":
		k.rest = &target{f.value.str(), f.value.place}
	default:
		return false
	}
	return true
}

func readCase(item node) branchCase {
	c := branchCase{place: item.place}
	for _, f := range item.fields() {
		switch f.key {
		case "if":
			c.text, c.place = f.value.str(), f.value.place
		case "to":
			c.to = target{f.value.str(), f.value.place}
		default:
			f.at.fail("a case has the keys if and to, not %q", f.key)
		}
	}
	return c
}

func (k *branchKind) check(c *check, s *step) needs {
	if len(k.cases) == 0 || k.rest == nil {
		s.fail("step %q: a branch needs cases: [{if: ..., to: ...}] and an else, so that no one is left without a way", s.id)
	}
	if k.rest != nil {
		c.target(*k.rest, s.id)
	}
	for i := range k.cases {
		if k.cases[i].to.to == "" {
			k.cases[i].fail("step %q: this case does not say where it leads; add to: and a step", s.id)
		}
		c.target(k.cases[i].to, s.id)
		k.cases[i].expr = c.condition(s, k.cases[i].text, k.cases[i].place)
	}
	return needs{noNext: true}
}

func (k *branchKind) run(t *turn, _ *step) (string, error) {
	for i := range k.cases {
		if t.holds(k.cases[i].expr) {
			return k.cases[i].to.to, nil
		}
	}
	return k.rest.to, nil
}
