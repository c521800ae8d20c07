package dialog

import (
	"strings"
	"unicode/utf8"

	"tandem/dialog/understand"
)

const defaultTextLimit = 4000 // characters

// textKind asks for words of the person's own, and keeps them as they are.
type textKind struct{ atMost int }

func (k *textKind) read(f field) bool {
	if f.key != "at_most" {
		return false
	}
	k.atMost = f.value.integer(1, defaultTextLimit)
	return true
}

func (*textKind) check(*check, *step) needs { return needs{text: true} }

func (*textKind) valueType() valueType { return textType }

func (*textKind) buttons(*turn, *step) []Button { return nil }

func (k *textKind) take(_ *turn, _ *step, in Input) taken {
	said := strings.TrimSpace(in.Text)
	switch {
	case in.Kind != Text:
		return taken{why: understand.NotUnderstood}
	case understand.Normalize(said) == "":
		return taken{why: understand.Empty}
	case utf8.RuneCountInString(said) > k.atMost:
		return taken{why: understand.TooLong}
	}
	return taken{value: TextValue(said)}
}
