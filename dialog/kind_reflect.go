package dialog

// reflectKind gives back what the person said: simply, or with what two things they said mean together.
type reflectKind struct {
	depth string
	uses  []named
}

func (k *reflectKind) read(f field) bool {
	switch f.key {
	case "depth":
		k.depth = f.value.oneOf("simple", "complex")
	case "uses":
		k.uses = readNames(f.value)
	default:
		return false
	}
	return true
}

func (k *reflectKind) check(c *check, s *step) needs {
	if k.depth == "" {
		s.fail("step %q: a reflection says how deep it goes; add depth: simple or depth: complex", s.id)
	}
	c.uses(s, k.uses)
	return needs{text: true}
}

func (*reflectKind) run(t *turn, s *step) (string, error) { return t.sayAndGo(s) }
