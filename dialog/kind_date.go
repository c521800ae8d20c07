package dialog

import (
	"fmt"
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

// takeDraft reads a value, reads it back, and takes it when the person says yes. A no asks again; a new value in
// place of the yes is read back in its turn.
func (t *turn) takeDraft(in Input, read func(text string) (Value, string, understand.Why)) taken {
	if d := t.s.Draft; d != nil {
		yes := t.takeYesNo(nil, in)
		if yes.why == "" && *yes.value.Yes {
			return taken{value: d.Value, shown: d.Shown, said: d.Said}
		}
		if yes.why == "" {
			t.s.Draft = nil
			return taken{redo: true}
		}
	}
	if in.Kind != Text {
		return taken{why: understand.NotUnderstood}
	}
	value, shown, why := read(in.Text)
	if why != "" {
		return taken{why: why}
	}
	t.s.Draft = &Draft{Value: value, Said: in.Text, Shown: shown}
	return taken{ask: &Message{Text: t.pack.fill(t.pack.ReadBack, shown)}}
}
