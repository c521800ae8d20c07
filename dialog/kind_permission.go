package dialog

import "tandem/dialog/understand"

// permissionKind asks whether it may, waits, and honours a no: both ways must be there, and they must differ.
type permissionKind struct{ strictness }

func (k *permissionKind) read(f field) bool { return k.strictness.read(f) }

func (*permissionKind) check(_ *check, s *step) needs {
	if s.next.by == nil || s.next.of(yesKey) == s.next.of(noKey) {
		s.fail("step %q: a permission that leads to the same step whatever is answered is not one; write next: {yes: ..., no: ...}", s.id)
	}
	return needs{text: true, may: []string{yesKey, noKey}, keys: []string{yesKey, noKey}}
}

func (*permissionKind) valueType() valueType { return yesNoType }

func (*permissionKind) buttons(t *turn, s *step) []Button { return t.yesNoButtons(s) }

func (*permissionKind) key(_ *turn, _ *step, v Value) (string, bool) { return yesNoOf(v) }

// take takes only a yes as one: somebody who is not sure has not given permission. Where it is strict they are asked
// again.
func (k *permissionKind) take(t *turn, s *step, in Input) taken {
	got := k.yesNo(t, s, in)
	if got.why == understand.Unsure {
		return taken{value: YesValue(false), shown: t.yesNoButtons(s)[1].Label, key: noKey}
	}
	return got
}
