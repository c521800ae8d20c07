package dialog

// affirmKind names a strength or an effort that the person told of.
type affirmKind struct{ uses []named }

func (k *affirmKind) read(f field) bool {
	if f.key != "uses" {
		return false
	}
	k.uses = readNames(f.value)
	return true
}

func (k *affirmKind) check(c *check, s *step) needs {
	c.uses(s, k.uses)
	return needs{text: true}
}

func (*affirmKind) run(t *turn, s *step) (string, error) { return t.sayAndGo(s) }
