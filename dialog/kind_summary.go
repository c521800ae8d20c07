package dialog

import (
	"cmp"

	"tandem/dialog/understand"
)

const (
	rightKey  = "right"
	changeKey = "change"
	nothing   = wordButton + "nothing"
)

// summaryKind says everything back in the person's words and asks whether it is right. "Change something" leads to the
// answer to change, then back here by way of everything that depended on it.
type summaryKind struct{ parts []named }

func (k *summaryKind) read(f field) bool {
	if f.key != "parts" {
		return false
	}
	k.parts = readNames(f.value)
	return true
}

func (k *summaryKind) check(c *check, s *step) needs {
	if len(k.parts) == 0 {
		s.fail("step %q: a summary must be open to correction; list the answers that can be changed with parts: [...]", s.id)
	}
	parts := make([]string, len(k.parts))
	for i, p := range k.parts {
		c.answered(p)
		parts[i] = p.name
	}
	return needs{text: true, may: []string{rightKey, changeKey}, parts: parts}
}

// keyOf is the key, within the flow on top, of an answer that the flow names.
func (t *turn) keyOf(n named) string { return t.flow().names[exprName(n.name)].key }

func (*summaryKind) valueType() valueType { return yesNoType }

func (k *summaryKind) buttons(t *turn, s *step) []Button {
	if t.s.Change {
		return buttonsOf(k.choices(t, s))
	}
	own := s.words[t.lang].options
	return []Button{
		{ID: rightKey, Label: cmp.Or(own[rightKey], t.pack.Labels.Right)},
		{ID: changeKey, Label: cmp.Or(own[changeKey], t.pack.Labels.Change)},
	}
}

// choices are the parts that were answered, and a way back for who changed their mind.
func (k *summaryKind) choices(t *turn, s *step) []understand.Option {
	words := s.words[t.lang]
	var out []understand.Option
	for _, p := range k.parts {
		if a, ok := t.answer(t.keyOf(p)); ok && a.Step != "" {
			out = append(out, understand.Option{ID: p.name, Label: words.parts[p.name]})
		}
	}
	return append(out, understand.Option{ID: nothing, Label: t.pack.Labels.Nothing})
}

func (*summaryKind) key(_ *turn, _ *step, v Value) (string, bool) { return "", v.Yes != nil }

func (k *summaryKind) take(t *turn, s *step, in Input) taken {
	if t.s.Change {
		return k.takePart(t, s, in)
	}
	buttons := k.buttons(t, s)
	i, why := chosen(t, []understand.Option{understand.Option(buttons[0]), understand.Option(buttons[1])}, in)
	if why != "" && in.Kind == Text {
		yes, whyYes := t.words.YesNo(in.Text)
		if whyYes != "" || !yes {
			if part := k.part(t, s, in); part.why == "" { // "the first step"
				return part
			}
		}
		if whyYes != "" {
			return taken{why: whyYes}
		}
		if i = 1; yes {
			i = 0
		}
		why = ""
	}
	switch {
	case why != "":
		return taken{why: why}
	case i == 0:
		return taken{value: YesValue(true), shown: buttons[0].Label}
	}
	t.s.Change = true
	return taken{more: true, shown: buttons[1].Label}
}

// which asks for the part to change.
func (*summaryKind) which(t *turn, s *step) string {
	if own := s.words[t.lang].note; len(own) > 0 {
		return t.say(own)
	}
	return t.pack.WhichPart
}

func (k *summaryKind) takePart(t *turn, s *step, in Input) taken {
	got := k.part(t, s, in)
	if got.why == "" {
		t.s.Change = false
	}
	return got
}

// part finds the part that the person wants to change.
func (k *summaryKind) part(t *turn, s *step, in Input) taken {
	options := k.choices(t, s)
	i, why := chosen(t, options, in)
	if why != "" {
		return taken{why: why}
	}
	if options[i].ID == nothing {
		return taken{redo: true, shown: options[i].Label}
	}
	for _, p := range k.parts {
		if p.name == options[i].ID {
			return taken{reopen: t.keyOf(p), shown: options[i].Label}
		}
	}
	return taken{why: understand.NotUnderstood}
}
