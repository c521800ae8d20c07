package dialog

import (
	"math"

	"tandem/dialog/understand"
)

// numberKind asks for a number, of days, of cigarettes, of euros; halves where the flow allows them.
type numberKind struct{ bounds understand.Bounds }

func (k *numberKind) read(f field) bool {
	b := &k.bounds
	if (f.key == "min" || f.key == "max") && !b.Bounded {
		b.Bounded, b.Min, b.Max = true, math.Inf(-1), math.Inf(1)
	}
	switch f.key {
	case "min":
		b.Min = f.value.number()
	case "max":
		b.Max = f.value.number()
	case "halves":
		b.Halves = f.value.boolean()
	case "whole":
		b.Whole = f.value.boolean()
	default:
		return false
	}
	return true
}

func (k *numberKind) check(_ *check, s *step) needs {
	if k.bounds.Min > k.bounds.Max {
		s.fail("step %q: min is more than max, so that no number fits", s.id)
	}
	return needs{text: true}
}

func (*numberKind) valueType() valueType { return numberType }

func (*numberKind) buttons(*turn, *step) []Button { return nil }

func (k *numberKind) key(_ *turn, _ *step, v Value) (string, bool) {
	if v.Num == nil || (k.bounds.Bounded && (*v.Num < k.bounds.Min || *v.Num > k.bounds.Max)) {
		return "", false
	}
	whole := *v.Num == math.Trunc(*v.Num)
	half := k.bounds.Halves && 2**v.Num == math.Trunc(2**v.Num)
	free := !k.bounds.Whole && !k.bounds.Halves
	return "", whole || half || free
}

func (k *numberKind) take(t *turn, _ *step, in Input) taken {
	if in.Kind != Text {
		return taken{why: understand.NotUnderstood}
	}
	var n float64
	why := t.inAnyLanguage(func(l *understand.Lexicon) (why understand.Why) {
		n, why = l.Number(in.Text, k.bounds)
		return why
	})
	if why != "" {
		return taken{why: why}
	}
	return taken{value: NumberValue(n)}
}
