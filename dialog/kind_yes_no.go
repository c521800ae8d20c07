package dialog

import "tandem/dialog/understand"

const (
	yesKey = "yes"
	noKey  = "no"
)

// yesNoKind asks a question that yes or no answers.
type yesNoKind struct{}

func (*yesNoKind) read(field) bool { return false }

func (*yesNoKind) check(*check, *step) needs {
	return needs{text: true, may: []string{yesKey, noKey}, keys: []string{yesKey, noKey}}
}

func (*yesNoKind) valueType() valueType { return yesNoType }

func (*yesNoKind) buttons(t *turn, s *step) []Button { return t.yesNoButtons(s) }

func (*yesNoKind) key(_ *turn, _ *step, v Value) (string, bool) { return yesNoOf(v) }

func yesNoOf(v Value) (string, bool) {
	if v.Yes != nil && *v.Yes {
		return yesKey, true
	}
	return noKey, v.Yes != nil
}

func (*yesNoKind) take(t *turn, s *step, in Input) taken { return t.takeYesNo(s, in) }

// yesNoButtons are the two buttons, under the step's own labels where it has them.
func (t *turn) yesNoButtons(s *step) []Button {
	yes, no := t.pack.Labels.Yes, t.pack.Labels.No
	if s != nil {
		if own := s.words[t.lang].options; own != nil {
			yes, no = or(own[yesKey], yes), or(own[noKey], no)
		}
	}
	return []Button{{ID: yesKey, Label: yes}, {ID: noKey, Label: no}}
}

// takeYesNo understands the labels of the buttons as well as the many forms of yes and no.
func (t *turn) takeYesNo(s *step, in Input) taken {
	buttons := t.yesNoButtons(s)
	yes, why := false, understand.NotUnderstood
	if in.Kind == Press {
		if in.Choice == yesKey || in.Choice == noKey {
			yes, why = in.Choice == yesKey, ""
		}
	} else if yes, why = t.words.YesNo(in.Text); why == understand.NotUnderstood || why == understand.Ambiguous {
		i, whyLabel := t.words.Choice(in.Text, []understand.Option{understand.Option(buttons[0]), understand.Option(buttons[1])})
		if whyLabel == "" {
			yes, why = i == 0, ""
		}
	}
	if why != "" {
		return taken{why: why}
	}
	out := taken{value: YesValue(yes), shown: buttons[1].Label, key: noKey}
	if yes {
		out.shown, out.key = buttons[0].Label, yesKey
	}
	return out
}

func or(s, otherwise string) string {
	if s != "" {
		return s
	}
	return otherwise
}
