package dialog

import (
	"fmt"
	"strings"
	"time"

	"tandem/dialog/understand"
)

// dateKind asks for a day, and keeps it only after it was read back.
type dateKind struct{ want understand.Want }

func (k *dateKind) read(f field) bool {
	if f.key != "want" {
		return false
	}
	switch f.value.oneOf("either", "future", "past") {
	case "future":
		k.want = understand.Future
	case "past":
		k.want = understand.Past
	}
	return true
}

func (*dateKind) check(*check, *step) needs { return needs{text: true} }

func (*dateKind) valueType() valueType { return textType }

func (*dateKind) buttons(t *turn, _ *step) []Button { return t.draftButtons() }

func (*dateKind) key(_ *turn, _ *step, v Value) (string, bool) { return "", v.Text != nil }

func (k *dateKind) take(t *turn, _ *step, in Input) taken {
	return t.takeDraft(in, func(text string) (Value, string, understand.Why) {
		m, why := t.words.Date(text, t.now, k.want)
		if why != "" {
			return Value{}, "", why
		}
		day := fmt.Sprintf("%04d-%02d-%02d", m.Year, m.Month, m.Day)
		return TextValue(day), t.pack.day(time.Date(m.Year, m.Month, m.Day, 0, 0, 0, 0, time.UTC), t.now), ""
	})
}

// draftButtons are shown while something is read back.
func (t *turn) draftButtons() []Button {
	if t.s.Draft == nil {
		return nil
	}
	return t.yesNoButtons(nil)
}

// reader understands a typed value, and says how it is read back.
type reader func(text string) (value Value, shown string, why understand.Why)

// takeDraft reads a value, reads it back, and takes it when the person says yes. A no asks again; a new value in
// place of the yes, or behind the no, is read back in its turn.
func (t *turn) takeDraft(in Input, read reader) taken {
	old := t.s.Draft
	no := false
	if old != nil {
		yes := t.takeYesNo(nil, in)
		if yes.why == "" && *yes.value.Yes {
			return taken{value: old.Value, shown: old.Shown, said: old.Said}
		}
		no = yes.why == ""
	}
	value, shown, why := Value{}, "", understand.NotUnderstood
	if in.Kind == Text {
		value, shown, why = read(in.Text)
	}
	if _, instead, more := strings.Cut(in.Text, ","); no && why != "" && more { // "no, wednesday"
		value, shown, why = read(instead)
	}
	switch {
	case no && (why != "" || shown == old.Shown):
		t.s.Draft = nil
		return taken{redo: true}
	case why != "":
		return taken{why: why}
	}
	t.s.Draft = &Draft{Value: value, Said: in.Text, Shown: shown}
	return taken{more: true}
}
