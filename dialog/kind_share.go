package dialog

// shareKind shows what would be shared and with whom, and asks. Only a yes shares; the person has seen every word.
type shareKind struct {
	audience string
	fields   map[string]fieldExpr
}

func (k *shareKind) read(f field) bool {
	switch f.key {
	case "audience":
		k.audience = f.value.oneOf("practitioner")
	case "fields":
		k.fields = readExprs(f.value)
	default:
		return false
	}
	return true
}

func (k *shareKind) check(c *check, s *step) needs {
	if k.audience == "" || len(k.fields) == 0 {
		s.fail("step %q: say who it is shared with (audience:) and what (fields:)", s.id)
	}
	c.fieldExprs(k.fields)
	return needs{text: true, may: []string{yesKey, noKey}, keys: []string{yesKey, noKey}}
}

func (*shareKind) valueType() valueType { return yesNoType }

func (*shareKind) buttons(t *turn, s *step) []Button { return t.yesNoButtons(s) }

func (*shareKind) key(_ *turn, _ *step, v Value) (string, bool) { return yesNoOf(v) }

func (k *shareKind) take(t *turn, s *step, in Input) taken {
	got := t.takeYesNo(s, in)
	if got.why != "" {
		return got
	}
	before := t.before(s)
	agreed := before.Value.Yes != nil && *before.Value.Yes
	if !*got.value.Yes && !agreed {
		return got
	}
	fields, err := t.values(k.fields)
	if err != nil {
		t.err = err
		return got
	}
	if *got.value.Yes {
		t.emit(Share{Audience: k.audience, Fields: fields, Shown: t.questionText(s)})
	} else {
		t.emit(Unshare{Audience: k.audience, Fields: sortedKeys(fields)})
	}
	return got
}
