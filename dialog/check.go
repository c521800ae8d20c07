package dialog

import (
	"slices"
	"strings"
)

// check compiles a flow and notes everything that is wrong with it.
type check struct {
	flow    *Flow
	flows   map[string]*Flow // that it may call or start
	packs   map[string]*Pack
	names   names
	at      string              // the step that is looked at
	lenient bool                // an old version from the shelf: what it called may have changed since
	behind  string              // a step of kind call that was left already: only what was stored of it counts
	keeps   map[string][]string // kinds of records with what can be done; nil: anything
	unread  map[string]bool     // flows that are there, but could not be read
	guesses int
	found   // what was found out on the way, so that it is found out once
}

// found is what a check computes once and asks for often.
type found struct {
	numbers map[string]int      // the bits of the names
	out     map[string][]edge   // by step: the ways out
	own     map[string][]string // by step: the answers that it reads itself
	always  map[string][]string // by flow: the answers that every way through it gives
	waiting map[nested]bool     // whether every way through a flow waits
	circles map[nested]bool     // whether a flow calls itself, or too deep
}

// nested is a flow that is called by one that is called ...
type nested struct {
	flow  string
	depth int
}

// run checks a flow that was read.
func (c *check) run(raw *rawFlow) {
	if c.names = c.collect(c.flow, 0); c.flow.partial {
		return
	}
	c.checkNames()
	needs := make(map[string]needs, len(c.flow.order))
	for _, s := range c.flow.order {
		needs[s.id] = s.kind.check(c, s)
		c.step(s, needs[s.id])
	}
	c.target(target{c.flow.start, c.flow.startAt}, "start")
	if c.flow.limit != nil {
		c.target(c.flow.limit.next, "timeout")
	}
	for _, lang := range c.flow.langs {
		c.language(raw, lang, needs)
	}
	c.flow.ways = c.onward()
	c.flow.names, c.flow.reads, c.flow.musts = c.names, c.readsOf(), make(map[string][]string)
}

// checkNames refuses names that mean something else in an expression, such as "not" or "in".
func (c *check) checkNames() {
	for _, n := range sortedKeys(c.names) {
		if strings.Contains(n, ".") || !plainName.MatchString(n) {
			continue
		}
		if e, err := c.compile(n, false, c.anyPack()); err != nil || len(e.vars) != 1 {
			at := c.flow.order[0].place
			if s := c.flow.steps[c.names[n].step]; s != nil {
				at = s.place
			}
			at.fail("%q cannot be the name of an answer, because it means something else in conditions", n)
		}
	}
}

// anyPack is the pack of some language of the flow; what it says does not matter where it is used.
func (c *check) anyPack() *Pack {
	if len(c.flow.langs) == 0 {
		return c.packs["en"]
	}
	return c.packs[c.flow.langs[0]]
}

// step checks what all kinds have in common.
func (c *check) step(s *step, need needs) {
	switch {
	case need.noNext && s.next.given:
		s.next.fail("a step of kind %s has no next", s.kindName)
	case !need.noNext && !s.next.given:
		s.fail("step %q does not say what comes next", s.id)
	case s.next.by != nil:
		c.ways(s, need)
	}
	for _, t := range s.next.all() {
		c.target(t, s.id)
	}
	if s.skip != nil {
		c.target(*s.skip, s.id)
	}
	if s.timeout != nil {
		c.target(s.timeout.next, s.id)
	}
	for _, d := range s.dependsOn {
		c.answered(d)
	}
}

// ways checks a next that depends on the answer.
func (c *check) ways(s *step, need needs) {
	if need.keys == nil {
		s.next.fail("step %q: the next of a %s is one step; use a branch to tell answers apart", s.id, s.kindName)
		return
	}
	known := make(map[string]bool, len(need.keys))
	missing := 0
	for _, key := range need.keys {
		known[key] = true
		if _, ok := s.next.by[key]; !ok {
			missing++
		}
	}
	for _, key := range sortedKeys(s.next.by) {
		if !known[key] {
			s.next.by[key].fail("step %q has no answer %q; it has: %s", s.id, key, listOf(need.keys))
		}
	}
	open := missing > 0
	if k, ok := s.kind.(*choiceKind); ok && (k.ownWords || k.from != nil) {
		open = true
	}
	if open && s.next.rest.to == "" {
		s.next.fail("step %q: some answers lead nowhere; name a step for each, or add else", s.id)
	}
	if !open && s.next.rest.to != "" {
		s.next.rest.fail("step %q: every answer has its way already; take the else away", s.id)
	}
}

func (c *check) target(t target, from string) {
	if t.to == "" {
		return
	}
	if _, ok := c.flow.steps[t.to]; !ok {
		t.fail("%q leads to %q, and there is no such step%s", from, t.to, c.guess(t.to, func() []string { return sortedKeys(c.flow.steps) }))
	}
}

// answered checks that a name is an answer of this flow.
func (c *check) answered(n named) {
	ref, ok := c.names[exprName(n.name)]
	if (!ok || ref.step == "") && !c.lenient {
		n.fail("%q is not an answer of this flow%s", n.name, c.nearest(n.name))
	}
}

func (c *check) uses(s *step, uses []named) {
	if len(uses) == 0 {
		s.fail("step %q: say which answers this rests on with uses: [...]; it may use only what the person said", s.id)
	}
	for _, u := range uses {
		if _, ok := c.names[exprName(u.name)]; !ok && !c.lenient {
			u.fail("%q is neither an answer nor an input of this flow%s", u.name, c.nearest(u.name))
		}
	}
}

func (c *check) listInput(n named) {
	if ref, ok := c.names[exprName(n.name)]; !ok || ref.typ != listType || ref.step != "" {
		n.fail("%q is not an input of type list", n.name)
	}
}

// callable checks that a flow exists and what it is handed.
func (c *check) callable(t target, with map[string]fieldExpr) {
	callee := c.flows[t.to]
	if callee == nil {
		if !c.lenient && !c.unread[t.to] {
			t.fail("there is no flow called %q%s", t.to, c.guess(t.to, func() []string { return sortedKeys(c.flows) }))
		}
		return
	}
	for _, n := range sortedKeys(with) {
		at := slices.IndexFunc(callee.inputs, func(in input) bool { return in.name == n })
		switch {
		case c.lenient:
		case at < 0:
			with[n].fail("the flow %q has no input %q%s", t.to, n, c.guess(n, callee.Inputs))
		case with[n].expr != nil && !with[n].expr.fits(callee.inputs[at].typ):
			with[n].fail("the flow %q wants a %s for its input %q, and this is another type", t.to, callee.inputs[at].typ, n)
		}
	}
}

// records checks a record against what the application keeps.
func (c *check) records(s *step, k *recordKind) {
	if c.keeps == nil || c.lenient || k.record == "" || k.do == "" {
		return
	}
	does, ok := c.keeps[k.record]
	switch {
	case !ok:
		s.fail("step %q: nothing called %q is kept; there are: %s", s.id, k.record, listOf(sortedKeys(c.keeps)))
	case !slices.Contains(does, k.do):
		s.fail("step %q: %q cannot be done with %q; there are: %s", s.id, k.do, k.record, listOf(does))
	}
}

func (c *check) fieldExprs(fields map[string]fieldExpr) {
	for _, n := range sortedKeys(fields) {
		f := fields[n]
		e, err := c.compile(f.text, false, c.anyPack())
		if err != nil {
			f.fail("%v", err)
			continue
		}
		f.expr = e
		fields[n] = f
	}
}

func (c *check) condition(s *step, text string, at place) *expression {
	if text == "" {
		at.fail("step %q: a condition is missing here", s.id)
		return nil
	}
	e, err := c.compile(text, true, c.anyPack())
	if err != nil {
		at.fail("%v", err)
		return nil
	}
	return e
}

// language compiles the words of one language and compares them with what the steps need.
func (c *check) language(raw *rawFlow, lang string, need map[string]needs) {
	pack, words := c.packs[lang], raw.words[lang]
	at := place{src: raw.src, line: 1, column: 1}
	for _, w := range words {
		at = place{src: w.src, line: 1, column: 1}
	}
	for _, id := range sortedKeys(words) {
		if _, ok := c.flow.steps[id]; !ok && id != "command" {
			words[id].fail("the flow has no step %q%s", id, c.guess(id, func() []string { return sortedKeys(c.flow.steps) }))
		}
	}
	for _, s := range c.flow.order {
		n := need[s.id]
		w, ok := words[s.id]
		if !ok {
			if n.text || len(n.options) > 0 || len(n.parts) > 0 {
				at.fail("the words of step %q are missing in %s", s.id, lang)
			}
			s.words[lang] = &stepWords{}
			continue
		}
		if !n.text {
			w.fail("step %q says nothing; take these words away", s.id)
			continue
		}
		s.words[lang] = c.stepWords(s, w, n, pack)
	}
	c.title(words["command"], lang, at)
}

func (c *check) title(w *rawWords, lang string, at place) {
	switch {
	case c.flow.Command == "" && w != nil:
		w.fail("the flow has no command; take these words away, or add command: to the flow")
	case c.flow.Command != "" && (w == nil || len(w.text) != 1):
		at.fail("the flow has the command /%s; its description is missing in %s (key command)", c.flow.Command, lang)
	case c.flow.Command != "":
		c.flow.titles[lang] = w.text[0].text.str()
	}
}

func (c *check) nearest(n string) string {
	return c.guess(strings.ReplaceAll(n, "_", "-"), func() []string {
		all := sortedKeys(c.names)
		for i := range all {
			all[i] = strings.ReplaceAll(all[i], "_", "-")
		}
		return all
	})
}

// guess suggests the name that was probably meant. It compares with every name there is, and is made no more often than
// mistakes are listed.
func (c *check) guess(wrong string, known func() []string) string {
	if c.guesses++; c.guesses > maxMistakes {
		return ""
	}
	return nearest(wrong, known())
}

// nearest suggests the name that was probably meant.
func nearest(wrong string, known []string) string {
	best, least := "", min(len(wrong), 2+len(wrong)/5)
	for _, k := range known {
		if d := distance(wrong, k); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean \"" + best + "\"?"
}

func listOf(items []string) string { return strings.Join(items, ", ") }

// distance is the number of letters to add, drop or change to make one name of another.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
