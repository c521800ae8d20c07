package dialog

import (
	"cmp"

	"tandem/dialog/understand"
)

const (
	yesKey = "yes"
	noKey  = "no"
)

// yesNoKind asks a question that yes or no answers.
type yesNoKind struct{ strictness }

func (k *yesNoKind) read(f field) bool { return k.strictness.read(f) }

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

func (k *yesNoKind) take(t *turn, s *step, in Input) taken { return k.yesNo(t, s, in) }

// strictness is the key strict of a question: only a plain answer is one. It is for agreements, where a yes that was read
// into a sentence would be one that nobody gave.
type strictness struct{ strict bool }

func (k *strictness) read(f field) bool {
	if f.key != "strict" {
		return false
	}
	k.strict = f.value.boolean()
	return true
}

// yesNo reads yes or no, as strictly as was asked for.
func (k *strictness) yesNo(t *turn, s *step, in Input) taken {
	if !k.strict || in.Kind == Press {
		return t.takeYesNo(s, in)
	}
	buttons := t.yesNoButtons(s)
	i, why := t.words.PlainChoice(in.Text, []understand.Option{understand.Option(buttons[0]), understand.Option(buttons[1])})
	if why != "" {
		yes, whyPlain := t.words.PlainYesNo(in.Text)
		if whyPlain != "" {
			return taken{why: understand.NotUnderstood}
		}
		if i = 1; yes {
			i = 0
		}
	}
	return taken{value: YesValue(i == 0), shown: buttons[i].Label, key: buttons[i].ID}
}

// yesNoButtons are the two buttons, under the step's own labels where it has them.
func (t *turn) yesNoButtons(s *step) []Button {
	yes, no := t.pack.Labels.Yes, t.pack.Labels.No
	if s != nil {
		if own := s.words[t.lang].options; own != nil {
			yes, no = cmp.Or(own[yesKey], yes), cmp.Or(own[noKey], no)
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
	} else if yes, why = t.anyYesNo(in.Text); why == understand.NotUnderstood || why == understand.Ambiguous {
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

// anyYesNo reads a yes or a no in the session's language, and where that finds none, in the others: people mix them.
func (t *turn) anyYesNo(text string) (yes bool, why understand.Why) {
	if t.words.Continues(text) { // "y esto": what another language may read as a yes
		return t.words.YesNo(text)
	}
	why = t.inAnyLanguage(func(l *understand.Lexicon) (why understand.Why) {
		yes, why = l.YesNo(text)
		return why
	})
	return yes, why
}

// inAnyLanguage reads with the session's language first. Another one is asked only where that understood nothing.
func (t *turn) inAnyLanguage(read func(*understand.Lexicon) understand.Why) understand.Why {
	why := read(t.words)
	if why != understand.NotUnderstood {
		return why
	}
	for _, code := range t.lib.langs {
		if other := t.lib.packs[code].lexicon; other != t.words && read(other) == "" {
			return ""
		}
	}
	return why
}
