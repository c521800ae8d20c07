package dialog

// sayKind says something and goes on.
type sayKind struct{}

func (*sayKind) read(field) bool { return false }

func (*sayKind) check(*check, *step) needs { return needs{text: true} }

func (*sayKind) run(t *turn, s *step) (string, error) { return t.sayAndGo(s) }
