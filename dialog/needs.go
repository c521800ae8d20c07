package dialog

// reads are the answers that may be read between an input at a waiting step and the next wait.
type reads struct {
	keys  []string // within the flow
	all   bool
	ends  bool // the flow may end on the way: what called it may read too
	loops bool // the step leads back to itself
}

// readsOf computes what every waiting step may read.
func (c *check) readsOf() map[string]reads {
	out := make(map[string]reads)
	looping := c.looping(c.flow.ways)
	for _, s := range c.flow.order {
		_, waits := s.kind.(question)
		if _, calls := s.kind.(*callKind); waits || calls {
			r := c.readsFrom(s)
			r.loops = looping[s.id]
			out[s.id] = r
		}
	}
	return out
}

// readsFrom walks from a step to the next questions.
func (c *check) readsFrom(from *step) reads {
	var r reads
	keys := make(map[string]bool)
	read := func(s *step) {
		for _, key := range c.stepReads(s) {
			keys[key] = true
		}
	}
	_, r.all = from.kind.(*summaryKind)
	seen := map[string]bool{from.id: true}
	read(from)
	todo := []*step{from}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, e := range c.edges(s) {
			next := c.flow.steps[e.to]
			if next == nil || seen[e.to] {
				continue
			}
			seen[e.to] = true
			read(next)
			switch next.kind.(type) {
			case *endKind:
				r.ends = true
			case question:
			default:
				todo = append(todo, next)
			}
		}
	}
	r.keys = sortedKeys(keys)
	return r
}

// stepReads are the answers that a step itself reads.
func (c *check) stepReads(s *step) []string {
	if known, ok := c.own[s.id]; ok {
		return known
	}
	keys := make(map[string]bool)
	add := func(vars []variable) {
		for _, v := range vars {
			keys[v.ref.key] = true
		}
	}
	for _, w := range s.words {
		for _, vs := range []variants{w.text, w.again, w.note} {
			for _, v := range vs {
				if v.text != nil {
					add(v.text.vars)
				}
				if v.cond != nil {
					add(v.cond.vars)
				}
			}
		}
		for _, tpl := range w.retry {
			add(tpl.vars)
		}
	}
	for _, d := range s.dependsOn {
		keys[c.names[exprName(d.name)].key] = true
	}
	c.kindReads(s, keys, add)
	delete(keys, "")
	if c.own == nil {
		c.own = make(map[string][]string, len(c.flow.order))
	}
	c.own[s.id] = sortedKeys(keys)
	return c.own[s.id]
}

func (c *check) kindReads(s *step, keys map[string]bool, add func([]variable)) {
	fields := func(m map[string]fieldExpr) {
		for _, f := range m {
			if f.expr != nil {
				add(f.expr.vars)
			}
		}
	}
	from := func(o *optionSet) {
		if o.from != nil {
			keys[c.names[exprName(o.from.name)].key] = true
		}
	}
	switch k := s.kind.(type) {
	case *choiceKind:
		from(&k.optionSet)
	case *choicesKind:
		from(&k.optionSet)
	case *branchKind:
		for _, bc := range k.cases {
			if bc.expr != nil {
				add(bc.expr.vars)
			}
		}
	case *callKind:
		fields(k.with)
	case *recordKind:
		fields(k.fields)
	case *shareKind:
		fields(k.fields)
	case *endKind:
		fields(k.with)
	}
}

// needs tells what the next step will read: what the waiting step may, what the flows below may if it can end, and the
// last answer, to which "back" goes.
func (t *turn) needs() {
	if t.out.Ended {
		return
	}
	t.out.All = t.s.Fixing || t.s.Moved
	t.out.Needs = make([]string, 0, 4)
	if t.s.Last != "" {
		t.out.Needs = append(t.out.Needs, t.s.Last)
	}
	if own := t.s.top().Path + t.s.top().Step; own != t.s.Last && t.loops() {
		t.out.Needs = append(t.out.Needs, own) // asked again, it takes the place of its own answer
	}
	for i := len(t.s.Frames) - 1; i >= 0; i-- {
		f := &t.s.Frames[i]
		flow := t.lib.version(f.Flow, f.Version)
		if flow == nil {
			t.out.All = true
			return
		}
		r := flow.reads[f.Step]
		t.out.All = t.out.All || r.all
		for _, key := range r.keys {
			if full := f.Path + key; full != t.s.Last {
				t.out.Needs = append(t.out.Needs, full)
			}
		}
		if !r.ends && !f.Aside {
			return
		}
	}
}

// loops tells whether the open question may have been asked before, by a loop in its flow or in one that called it.
func (t *turn) loops() bool {
	for i := range t.s.Frames {
		f := &t.s.Frames[i]
		if flow := t.lib.version(f.Flow, f.Version); flow != nil && flow.reads[f.Step].loops {
			return true
		}
	}
	return false
}
