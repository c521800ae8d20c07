package dialog

// edge is a way from one step to another, and what is certainly answered on it.
type edge struct {
	to     string
	sure   []string // names
	answer bool     // the step's own question was answered on this way
}

// edges lists every way out of a step.
func (c *check) edges(s *step) []edge {
	var out []edge
	_, asks := s.kind.(question)
	for _, t := range s.next.all() {
		out = append(out, edge{to: t.to, answer: asks})
	}
	if s.skip != nil {
		out = append(out, edge{to: s.skip.to})
	}
	limit := s.timeout
	if limit == nil {
		limit = c.flow.limit
	}
	if asks && limit != nil {
		out = append(out, edge{to: limit.next.to})
	}
	if k, ok := s.kind.(*endKind); ok && k.restart {
		out = append(out, edge{to: c.flow.start}) // begun by itself, it starts itself over
	}
	if k, ok := s.kind.(*branchKind); ok {
		var denied []string // what the conditions before, being false, make certain
		for _, bc := range k.cases {
			if bc.expr != nil {
				out = append(out, edge{to: bc.to.to, sure: append(append([]string{}, denied...), bc.expr.sure...)})
				denied = append(denied, bc.expr.not...)
			}
		}
		if k.rest != nil {
			out = append(out, edge{to: k.rest.to, sure: denied})
		}
	}
	return out
}

// graph refuses steps that nothing leads to, steps from which no end can be reached, and loops that never wait.
func (c *check) graph() {
	back := make(map[string][]string)
	for _, s := range c.flow.order {
		for _, e := range c.edges(s) {
			back[e.to] = append(back[e.to], s.id)
		}
	}
	reached := c.walk(c.flow.start)
	alive := make(map[string]bool)
	for _, s := range c.flow.order {
		if _, ends := s.kind.(*endKind); ends {
			spread(s.id, back, alive)
		}
	}
	for _, s := range c.flow.order {
		switch {
		case !reached[s.id]:
			s.fail("nothing leads to step %q; lead to it, or take it away", s.id)
		case !alive[s.id]:
			s.fail("from step %q no end can be reached: whoever comes here never gets out", s.id)
		}
	}
	c.restless()
}

func (c *check) walk(from string) map[string]bool {
	seen := make(map[string]bool)
	spread(from, c.onward(), seen)
	return seen
}

// onward are the steps one step ahead of each.
func (c *check) onward() map[string][]string {
	ahead := make(map[string][]string, len(c.flow.order))
	for _, s := range c.flow.order {
		for _, e := range c.edges(s) {
			ahead[s.id] = append(ahead[s.id], e.to)
		}
	}
	return ahead
}

func spread(from string, ways map[string][]string, seen map[string]bool) {
	todo := []string{from}
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[id] {
			continue
		}
		seen[id] = true
		todo = append(todo, ways[id]...)
	}
}

// restless finds a loop of steps none of which waits for the person. A called flow counts as waiting only where every
// way through it waits.
func (c *check) restless() {
	const visiting, done = 1, 2
	state := make(map[string]int)
	var visit func(id string) bool
	visit = func(id string) bool {
		s := c.flow.steps[id]
		if s == nil || c.waits(s, 0) || state[id] == done {
			return false
		}
		if state[id] == visiting {
			s.fail("step %q is part of a loop that never waits for the person; put a question into it", id)
			return true
		}
		state[id] = visiting
		for _, e := range c.edges(s) {
			if visit(e.to) {
				return true
			}
		}
		state[id] = done
		return false
	}
	for _, s := range c.flow.order {
		if visit(s.id) {
			return
		}
	}
}

func (c *check) waits(s *step, depth int) bool {
	switch k := s.kind.(type) {
	case question:
		return true
	case *callKind:
		callee := c.flows[k.flow.to]
		return callee != nil && depth < maxCallDepth && c.alwaysWaits(callee, depth+1)
	}
	return false
}

// alwaysWaits tells whether every way through a flow passes a question.
func (c *check) alwaysWaits(f *Flow, depth int) bool {
	inner := &check{flow: f, flows: c.flows, packs: c.packs}
	seen := make(map[string]bool)
	todo := []string{f.start}
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		s := f.steps[id]
		if s == nil || seen[id] || inner.waits(s, depth) {
			continue
		}
		seen[id] = true
		if _, ends := s.kind.(*endKind); ends {
			return false
		}
		for _, e := range inner.edges(s) {
			todo = append(todo, e.to)
		}
	}
	return true
}

// calls refuses flows that call each other in a circle, and tells whether none do.
func (c *check) calls() (fine bool) {
	fine = true
	var visit func(f *Flow, depth int) bool
	visit = func(f *Flow, depth int) bool {
		for _, s := range f.order {
			k, ok := s.kind.(*callKind)
			if !ok || c.flows[k.flow.to] == nil {
				continue
			}
			if k.flow.to == c.flow.ID || depth >= maxCallDepth || visit(c.flows[k.flow.to], depth+1) {
				return true
			}
		}
		return false
	}
	for _, s := range c.flow.order {
		k, ok := s.kind.(*callKind)
		if ok && c.flows[k.flow.to] != nil && (k.flow.to == c.flow.ID || visit(c.flows[k.flow.to], 1)) {
			s.fail("step %q: flows that call each other in a circle, or more than %d deep, never come to an end", s.id, maxCallDepth)
			fine = false
		}
	}
	return fine
}
