package dialog

import "strings"

// values computes what a flow hands on; what was not answered is left out.
func (t *turn) values(fields map[string]fieldExpr) (map[string]any, error) {
	out := make(map[string]any, len(fields))
	for _, n := range sortedKeys(fields) {
		e := fields[n].expr
		if !t.anyGiven(e) {
			continue
		}
		v, err := t.value(e)
		if err != nil {
			return nil, &BrokenError{"the expression " + strings.TrimSpace(fields[n].text) + " failed"}
		}
		out[n] = v
	}
	return out, nil
}

// anyGiven tells whether an expression has anything to say: a lone answer that was not given has not.
func (t *turn) anyGiven(e *expression) bool {
	if len(e.vars) != 1 || e.vars[0].of == whetherGiven {
		return true
	}
	a, ok := t.answer(e.vars[0].ref.key)
	return ok && !a.Value.IsZero()
}

// handed computes what a flow hands to another one. A list of options goes on with its labels.
func (t *turn) handed(fields map[string]fieldExpr) (map[string]any, error) {
	out, err := t.values(fields)
	for n := range out {
		e := fields[n].expr
		if len(e.vars) != 1 || e.vars[0].of != itsValue || exprName(strings.TrimSpace(fields[n].text)) != e.vars[0].name {
			continue
		}
		if a, _ := t.answer(e.vars[0].ref.key); a.Value.Opts != nil {
			out[n] = a.Value
		}
	}
	return out, err
}
