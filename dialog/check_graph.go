package dialog

import "slices"

// edge is a way from one step to another, and what is certainly answered on it.
type edge struct {
	to     string
	sure   []string // names
	answer bool     // the step's own question was answered on this way
}

// edges lists every way out of a step, once its conditions are compiled.
func (c *check) edges(s *step) []edge {
	out, known := c.out[s.id]
	if known {
		return out
	}
	if c.out == nil {
		c.out = make(map[string][]edge, len(c.flow.order))
	}
	out = c.waysOut(s)
	c.out[s.id] = out
	return out
}

func (c *check) waysOut(s *step) []edge {
	var out []edge
	_, asks := s.kind.(question)
	for _, t := range s.next.all() {
		out = append(out, edge{to: t.to, answer: asks})
	}
	if s.skip != nil {
		out = append(out, edge{to: s.skip.to})
	}
	if limit := c.flow.limitOf(s); asks && limit != nil {
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
	reached := make(map[string]bool)
	spread(c.flow.start, c.flow.ways, reached)
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

// spread adds a step, and all that it leads to, to those that were seen, and gives the new ones.
func spread(from string, ways map[string][]string, seen map[string]bool) (added []string) {
	todo := []string{from}
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[id] {
			continue
		}
		seen[id] = true
		added = append(added, id)
		todo = append(todo, ways[id]...)
	}
	return added
}

// inOrder lists the steps that some lead to so that, loops apart, each comes behind all that lead to it.
func inOrder(ways map[string][]string, from ...string) []string {
	var out []string
	seen := make(map[string]bool)
	var visit func(id string)
	visit = func(id string) {
		if seen[id] {
			return
		}
		seen[id] = true
		for _, next := range ways[id] {
			visit(next)
		}
		out = append(out, id)
	}
	for _, id := range from {
		visit(id)
	}
	slices.Reverse(out)
	return out
}

// looping are the steps that lead back to themselves: in the order of the ways forward, what can be reached backward
// from a step, and was not reached before, is what it is in a loop with.
func (c *check) looping(ways map[string][]string) map[string]bool {
	back := make(map[string][]string, len(ways))
	ids := make([]string, len(c.flow.order))
	for i, s := range c.flow.order {
		ids[i] = s.id
		for _, next := range ways[s.id] {
			back[next] = append(back[next], s.id)
		}
	}
	out, seen := make(map[string]bool), make(map[string]bool)
	for _, id := range inOrder(ways, ids...) {
		together := spread(id, back, seen)
		if len(together) < 2 && !slices.Contains(ways[id], id) {
			continue
		}
		for _, member := range together {
			out[member] = true
		}
	}
	return out
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
		return callee != nil && depth < maxCallDepth && c.alwaysWaits(nested{callee.ID, depth + 1})
	}
	return false
}

// alwaysWaits tells whether every way through a flow passes a question.
func (c *check) alwaysWaits(callee nested) (waits bool) {
	waits, known := c.waiting[callee]
	if known {
		return waits
	}
	if c.waiting == nil {
		c.waiting = make(map[nested]bool)
	}
	f := c.flows[callee.flow]
	inner := &check{flow: f, flows: c.flows, packs: c.packs, found: found{waiting: c.waiting}}
	waits = inner.neverEnds(callee.depth)
	c.waiting[callee] = waits
	return waits
}

// neverEnds tells whether no way leads from the start to an end without a question.
func (c *check) neverEnds(depth int) bool {
	seen := make(map[string]bool)
	for todo := []string{c.flow.start}; len(todo) > 0; {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		s := c.flow.steps[id]
		if s == nil || seen[id] || c.waits(s, depth) {
			continue
		}
		seen[id] = true
		if _, ends := s.kind.(*endKind); ends {
			return false
		}
		for _, e := range c.edges(s) {
			todo = append(todo, e.to)
		}
	}
	return true
}

// calls refuses flows that call each other in a circle, and tells whether none do.
func (c *check) calls() (fine bool) {
	fine = true
	for _, s := range c.flow.order {
		k, ok := s.kind.(*callKind)
		if ok && c.flows[k.flow.to] != nil && (k.flow.to == c.flow.ID || c.inCircle(nested{k.flow.to, 1})) {
			s.fail("step %q: flows that call each other in a circle, or more than %d deep, never come to an end", s.id, maxCallDepth)
			fine = false
		}
	}
	return fine
}

// inCircle tells whether a flow that is called calls this one, or others too deep.
func (c *check) inCircle(callee nested) (circle bool) {
	circle, known := c.circles[callee]
	if known {
		return circle
	}
	for _, s := range c.flows[callee.flow].order {
		k, ok := s.kind.(*callKind)
		if !ok || c.flows[k.flow.to] == nil {
			continue
		}
		if k.flow.to == c.flow.ID || callee.depth >= maxCallDepth || c.inCircle(nested{k.flow.to, callee.depth + 1}) {
			circle = true
			break
		}
	}
	if c.circles == nil {
		c.circles = make(map[nested]bool)
	}
	c.circles[callee] = circle
	return circle
}
