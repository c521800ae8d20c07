package dialog

import (
	"strconv"

	"tandem/dialog/understand"
)

// scheduleKind asks for a rhythm, such as "Mondays and Thursdays at 8pm", and keeps it as a cron spec of five fields,
// with " every N" behind it where it is kept only in each Nth week.
type scheduleKind struct{}

func (*scheduleKind) read(field) bool { return false }

func (*scheduleKind) check(*check, *step) needs { return needs{text: true} }

func (*scheduleKind) valueType() valueType { return textType }

func (*scheduleKind) buttons(t *turn, _ *step) []Button { return t.draftButtons() }

func (*scheduleKind) key(_ *turn, _ *step, v Value) (string, bool) { return "", v.Text != nil }

func (*scheduleKind) take(t *turn, _ *step, in Input) taken {
	return t.takeDraft(in, func(text string) (Value, string, understand.Why) {
		sched, why := t.words.Schedule(text)
		if why != "" {
			return Value{}, "", why
		}
		spec := sched.Spec
		if sched.Every > 1 {
			spec += " every " + strconv.Itoa(sched.Every)
		}
		return TextValue(spec), t.pack.rhythm(sched), ""
	})
}
