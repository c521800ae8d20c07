package dialog

import (
	"fmt"

	"tandem/dialog/understand"
)

// timeKind asks for a time of day, and keeps it only after it was read back.
type timeKind struct{}

func (*timeKind) read(field) bool { return false }

func (*timeKind) check(*check, *step) needs { return needs{text: true} }

func (*timeKind) valueType() valueType { return textType }

func (*timeKind) buttons(t *turn, _ *step) []Button { return t.draftButtons() }

func (*timeKind) key(_ *turn, _ *step, v Value) (string, bool) { return "", v.Text != nil }

func (*timeKind) take(t *turn, _ *step, in Input) taken {
	return t.takeDraft(in, func(text string) (Value, string, understand.Why) {
		m, why := t.words.Time(text, t.now)
		if why != "" {
			return Value{}, "", why
		}
		clock := fmt.Sprintf("%02d:%02d", m.Hour, m.Minute)
		return TextValue(clock), clock, ""
	})
}
