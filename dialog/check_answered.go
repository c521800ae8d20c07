package dialog

import (
	"slices"
	"strings"
)

// answeredBefore computes, for each step, which names are certainly given when it is reached, whatever the path. Inputs
// are always given.
func (c *check) answeredBefore() map[string]nameSet {
	return c.answeredFrom(c.flow.start, c.with(nil, c.inputNames()))
}

// answeredFrom computes the same from any step, with what is given there. Steps are looked at in the order in which they
// are reached, and again until nothing changes: without loops, once.
func (c *check) answeredFrom(start string, have nameSet) map[string]nameSet {
	before := map[string]nameSet{start: have}
	order := inOrder(c.onward(), start)
	for changed := true; changed; {
		changed = false
		for _, id := range order {
			s := c.flow.steps[id]
			if s == nil {
				continue
			}
			for _, e := range c.edges(s) {
				after := c.after(s, e, before[id])
				known, seen := before[e.to]
				if !seen {
					before[e.to] = after
				}
				changed = !seen || known.meet(after) || changed
			}
		}
	}
	return before
}

func (c *check) inputNames() []string {
	var out []string
	for n, ref := range c.names {
		if ref.step == "" {
			out = append(out, n)
		}
	}
	return out
}

// after is what is given once a step was left by an edge.
func (c *check) after(s *step, e edge, before nameSet) nameSet {
	out := c.with(before, e.sure)
	if i, ok := c.number(exprName(s.id)); ok && e.answer {
		out.add(i)
	}
	if k, ok := s.kind.(*callKind); ok && s.id != c.behind {
		for _, n := range c.alwaysAnswered(c.flows[k.flow.to]) {
			if i, ok := c.number(exprName(s.id) + "." + n); ok {
				out.add(i)
			}
		}
	}
	return out
}

// alwaysAnswered are the answers that every way through a flow gives.
func (c *check) alwaysAnswered(f *Flow) []string {
	if f == nil {
		return nil
	}
	if known, ok := c.always[f.ID]; ok {
		return known
	}
	if c.always == nil {
		c.always = make(map[string][]string)
	}
	inner := &check{flow: f, flows: c.flows, packs: c.packs, found: found{always: c.always}}
	inner.names = inner.collect(f, 1)
	before := inner.answeredBefore()
	var out nameSet
	for _, s := range f.order {
		if _, ends := s.kind.(*endKind); !ends || before[s.id] == nil {
			continue
		}
		if out == nil {
			out = before[s.id]
			continue
		}
		out.meet(before[s.id])
	}
	if out != nil {
		c.always[f.ID] = inner.namesIn(out)
	}
	return c.always[f.ID]
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

func (c *check) kindUnanswered(s *step, have nameSet) {
	switch k := s.kind.(type) {
	case *branchKind:
		for _, bc := range k.cases {
			if bc.expr != nil {
				c.need(bc.place, bc.expr.vars, have, bc.expr.sure)
				have = c.with(have, bc.expr.not)
			}
		}
	case *reflectKind:
		c.needNamed(k.uses, have)
	case *affirmKind:
		c.needNamed(k.uses, have)
	case *callKind:
		c.needFields(k.with, have)
	case *endKind:
		c.needFields(k.with, have)
	}
	// A record or a share leaves out what was not answered.
}

func (c *check) needFields(fields map[string]fieldExpr, have nameSet) {
	for _, n := range sortedKeys(fields) {
		if f := fields[n]; f.expr != nil {
			c.need(f.place, f.expr.vars, have, f.expr.mentioned())
		}
	}
}

func (c *check) needNamed(uses []named, have nameSet) {
	for _, u := range uses {
		if n := exprName(u.name); c.names[n].typ != "" && !c.has(have, n) {
			u.fail("%q is not answered on every way that leads here", u.name)
		}
	}
}

func (c *check) wordsUnanswered(s *step, w *stepWords, have nameSet) {
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
				known = c.with(known, v.cond.not)
			}
		}
	}
	for _, tpl := range w.retry {
		c.need(s.place, tpl.vars, have, tpl.mentioned())
	}
}

// need checks each name that is used; what the same condition makes certain is fine.
func (c *check) need(at place, vars []variable, have nameSet, sure []string) {
	for _, v := range vars {
		if v.of == whetherGiven || slices.Contains(sure, v.name) || v.ref.typ == "" {
			continue
		}
		if c.has(have, v.name) {
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
