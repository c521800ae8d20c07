package dialog

import (
	"math"
	"strconv"

	"tandem/dialog/understand"
)

const rulerMost = 10 // motivational interviewing's rulers go from 0 to 10

// rulerKind asks for a number from 0 to 10: how important, how confident, how ready. 0 and 10 can have ways of their
// own, because 0 has no lower number and 10 no higher.
type rulerKind struct{}

func (*rulerKind) read(field) bool { return false }

func (*rulerKind) check(*check, *step) needs {
	keys := make([]string, rulerMost+1)
	for i := range keys {
		keys[i] = strconv.Itoa(i)
	}
	return needs{text: true, keys: keys}
}

func (*rulerKind) valueType() valueType { return numberType }

func (*rulerKind) buttons(*turn, *step) []Button {
	out := make([]Button, rulerMost+1)
	for i := range out {
		n := strconv.Itoa(i)
		out[i] = Button{ID: n, Label: n}
	}
	return out
}

func (*rulerKind) key(_ *turn, _ *step, v Value) (string, bool) {
	if v.Num == nil || *v.Num < 0 || *v.Num > rulerMost || *v.Num != math.Trunc(*v.Num) {
		return "", false
	}
	return strconv.Itoa(int(*v.Num)), true
}

func (*rulerKind) take(t *turn, _ *step, in Input) taken {
	var n int
	var why understand.Why
	if in.Kind == Press {
		var err error
		if n, err = strconv.Atoi(in.Choice); err != nil || n < 0 || n > rulerMost {
			why = understand.NotUnderstood
		}
	} else {
		why = t.inAnyLanguage(func(l *understand.Lexicon) (why understand.Why) {
			n, why = l.Ruler(in.Text, 0, rulerMost)
			return why
		})
	}
	if why != "" {
		return taken{why: why}
	}
	return taken{value: NumberValue(float64(n)), key: strconv.Itoa(n)}
}
