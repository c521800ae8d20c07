package dialog

import "strings"

// answeredBefore computes, for each step, which names are certainly given when it is reached, whatever the path. Inputs
// are always given.
func (c *check) answeredBefore() map[string]map[string]bool {
	return c.answeredFrom(c.flow.start, c.inputNames())
}

// answeredFrom computes the same from any step, with what is given there.
func (c *check) answeredFrom(start string, have map[string]bool) map[string]map[string]bool {
	before := map[string]map[string]bool{start: have}
	for todo := []string{start}; len(todo) > 0; {
		id := todo[0]
		todo = todo[1:]
		s := c.flow.steps[id]
		if s == nil {
			continue
		}
		for _, e := range c.edges(s) {
			after := c.after(s, e, before[id])
			known, seen := before[e.to]
			if !seen {
				before[e.to] = after
				todo = append(todo, e.to)
				continue
			}
			if meet(known, after) {
				todo = append(todo, e.to)
			}
		}
	}
	return before
}

func (c *check) inputNames() map[string]bool {
	out := make(map[string]bool)
	for n, ref := range c.names {
		if ref.step == "" {
			out[n] = true
		}
	}
	return out
}

// after is what is given once a step was left by an edge.
func (c *check) after(s *step, e edge, before map[string]bool) map[string]bool {
	out := make(map[string]bool, len(before)+1)
	for n := range before {
		out[n] = true
	}
	for _, n := range e.sure {
		out[n] = true
	}
	if e.answer {
		out[exprName(s.id)] = true
	}
	if k, ok := s.kind.(*callKind); ok && s.id != c.behind {
		for n := range c.alwaysAnswered(c.flows[k.flow.to]) {
			out[exprName(s.id)+"."+n] = true
		}
	}
	return out
}

// alwaysAnswered are the answers that every way through a flow gives.
func (c *check) alwaysAnswered(f *Flow) map[string]bool {
	if f == nil {
		return nil
	}
	inner := &check{flow: f, flows: c.flows, packs: c.packs}
	inner.names = inner.collect(f, 1)
	before := inner.answeredBefore()
	var out map[string]bool
	for _, s := range f.order {
		if _, ends := s.kind.(*endKind); !ends || before[s.id] == nil {
			continue
		}
		if out == nil {
			out = before[s.id]
			continue
		}
		meet(out, before[s.id])
	}
	return out
}

// meet keeps in a what is also in b, and tells whether anything went.
func meet(a, b map[string]bool) (shrank bool) {
	for n := range a {
		if !b[n] {
			delete(a, n)
			shrank = true
		}
	}
	return shrank
}

// unanswered refuses texts and conditions that use an answer which some path does not give, unless they ask first with
// given("...").
func (c *check) unanswered() {
	before := c.answeredBefore()
	for _, s := range c.flow.order {
		have := before[s.id]
		if have == nil {
			continue
		}
		c.at = s.id
		c.kindUnanswered(s, have)
		for _, lang := range c.flow.langs {
			if w := s.words[lang]; w != nil {
				c.wordsUnanswered(s, w, have)
			}
		}
	}
}

func (c *check) kindUnanswered(s *step, have map[string]bool) {
	switch k := s.kind.(type) {
	case *branchKind:
		for _, bc := range k.cases {
			if bc.expr != nil {
				c.need(bc.place, bc.expr.vars, have, bc.expr.sure)
				have = with(have, bc.expr.not)
			}
		}
	case *reflectKind:
		c.needNamed(k.uses, have)
	case *affirmKind:
		c.needNamed(k.uses, have)
	case *callKind:
		c.needFields(k.with, have, true)
	case *endKind:
		c.needFields(k.with, have, true)
	}
	// A record or a share leaves out what was not answered.
}

func (c *check) needFields(fields map[string]fieldExpr, have map[string]bool, all bool) {
	for _, n := range sortedKeys(fields) {
		if f := fields[n]; f.expr != nil && all {
			c.need(f.place, f.expr.vars, have, f.expr.mentioned())
		}
	}
}

func (c *check) needNamed(uses []named, have map[string]bool) {
	for _, u := range uses {
		if n := exprName(u.name); c.names[n].typ != "" && !have[n] {
			u.fail("%q is not answered on every way that leads here", u.name)
		}
	}
}

func (c *check) wordsUnanswered(s *step, w *stepWords, have map[string]bool) {
	for _, vs := range []variants{w.text, w.again, w.note} {
		known := have
		for _, v := range vs {
			var sure []string
			if v.cond != nil {
				c.need(v.place, v.cond.vars, known, v.cond.sure)
				sure = v.cond.sure
			}
			if v.text != nil {
				c.need(v.place, v.text.vars, known, append(v.text.mentioned(), sure...))
			}
			if v.cond != nil {
				known = with(known, v.cond.not)
			}
		}
	}
	for _, tpl := range w.retry {
		c.need(s.place, tpl.vars, have, tpl.mentioned())
	}
}

// need checks each name that is used; what the same condition makes certain is fine.
func (c *check) need(at place, vars []variable, have map[string]bool, sure []string) {
	for _, v := range vars {
		if v.of == whetherGiven || contains(sure, v.name) || v.ref.typ == "" {
			continue
		}
		if have[v.name] {
			if v.ref.step != "" {
				c.flow.musts[c.at] = append(c.flow.musts[c.at], v.name)
			}
			continue
		}
		at.fail("%q is not answered on every way that leads here; ask first with given(\"%s\")", v.name, strings.ReplaceAll(v.name, "_", "-"))
	}
}

// mentioned are the names that an expression asks for with given(...): inside one expression, such as a ? b : c, it is
// left to the author to use them where they hold.
func (e *expression) mentioned() []string { return mentioned(e.vars) }

func (t *template) mentioned() []string { return mentioned(t.vars) }

func mentioned(vars []variable) []string {
	var out []string
	for _, v := range vars {
		if v.of == whetherGiven {
			out = append(out, v.name)
		}
	}
	return out
}

func with(have map[string]bool, more []string) map[string]bool {
	if len(more) == 0 {
		return have
	}
	out := make(map[string]bool, len(have)+len(more))
	for n := range have {
		out[n] = true
	}
	for _, n := range more {
		out[n] = true
	}
	return out
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}
