package dialog

import (
	"slices"
	"strings"
)

// splitKept sets the answers aside that do not lead to where the session stands: they came after the one that is being
// corrected, and count only once their question comes up again unchanged.
func (t *turn) splitKept() {
	standing := t.leadingTo(t.s.Last)
	t.kept = make(map[string]Answer)
	for key, a := range t.ctx.Answers {
		if a.Step != "" && !standing[key] {
			t.kept[key] = a
		}
	}
}

// leadingTo are the answers that were given up to one of them, itself included.
func (t *turn) leadingTo(key string) map[string]bool {
	out := make(map[string]bool)
	for key != "" && !out[key] {
		out[key] = true
		a, _ := t.stored(key)
		key = a.Prev
	}
	return out
}

// stands tells whether a question that comes up after a correction was answered before in the very same words, and
// nothing that it rests on has changed. Then the answer still counts, and the flow goes on from it. A summary and a
// share are always asked again: what they show may have changed.
func (t *turn) stands(s *step, q question) (next string, stands bool) {
	key := t.s.top().Path + s.id
	switch q.(type) {
	case *summaryKind, *shareKind:
		return "", false
	}
	a, ok := t.kept[key]
	if !ok && t.s.Moved && !t.loops() {
		if a, ok = t.stored(key); ok && t.same(s, a) { // it stood elsewhere in the version before
			return t.wayOf(s, q, a.Value)
		}
		return "", false
	}
	if !ok {
		return "", false
	}
	delete(t.kept, key) // what the question says of itself is not what was kept for later
	way, can := t.wayOf(s, q, a.Value)
	if !can || !t.same(s, a) {
		t.kept[key] = a
		return "", false
	}
	again := a // a copy: most questions never come here
	again.Prev = t.s.Last
	if len(t.s.Frames) > 1 {
		again.Stack = append([]Frame{}, t.s.Frames...)
	}
	t.set(key, &again)
	t.s.Last = key
	return way, true
}

// same tells whether a question is the one that an answer was given to: in the same words, resting on the same.
func (t *turn) same(s *step, a Answer) bool {
	return a.Rests == t.rests(s) && (len(s.words[t.lang].again) > 0 || a.Asked == t.questionText(s))
}

// wayOf is where an answer given before leads; false where the question cannot have it any more.
func (t *turn) wayOf(s *step, q question, v Value) (string, bool) {
	if v.IsZero() {
		if s.skip == nil {
			return "", false
		}
		return s.skip.to, true
	}
	key, ok := q.key(t, s, v)
	return s.next.of(key), ok
}

// hush takes back what was said between two answers that both still stand: the person has read it before. What follows
// the corrected answer, and what leads to the open question, is said.
func (t *turn) hush() {
	if t.stood++; t.stood > 1 {
		said := t.out.Effects[t.mark:]
		t.out.Effects = t.out.Effects[:t.mark]
		for _, e := range said {
			if _, tells := e.(Tell); !tells {
				t.emit(e)
			}
		}
	}
	t.mark = len(t.out.Effects)
}

// prune forgets the answers of ways that were left by a correction: their questions cannot come up any more.
func (t *turn) prune() {
	if !t.s.Fixing {
		return
	}
	for key, a := range t.kept {
		if !t.ahead(a) {
			t.set(key, nil)
			delete(t.kept, key)
		}
	}
	t.s.Fixing = len(t.kept) > 0
}

// ahead tells whether the question of an answer may come up from where the session stands.
func (t *turn) ahead(a Answer) bool {
	stack := a.Stack
	if len(stack) == 0 {
		base := t.s.Frames[0]
		base.Step = a.Step
		stack = []Frame{base}
	}
	for i, f := range t.s.Frames {
		if i >= len(stack) || f.Path != stack[i].Path {
			return i >= len(stack)
		}
		if f.Step != stack[i].Step {
			flow := t.lib.version(f.Flow, f.Version)
			return flow != nil && flow.steps[f.Step] != nil && t.reach(flow, f.Step)[stack[i].Step]
		}
	}
	return true
}

// stepOf is a step of a version of a flow.
type stepOf struct{ flow, version, step string }

// reach are the steps that may come up from one of a flow, its own included.
func (t *turn) reach(flow *Flow, from string) map[string]bool {
	at := stepOf{flow.ID, flow.Version, from}
	if known := t.reached[at]; known != nil {
		return known
	}
	if t.reached == nil {
		t.reached = make(map[stepOf]map[string]bool)
	}
	out := make(map[string]bool)
	spread(from, flow.ways, out)
	t.reached[at] = out
	return out
}

// before is the answer that the open question had, where it is being corrected or asked again.
func (t *turn) before(s *step) Answer {
	key := t.s.top().Path + s.id
	if a, ok := t.kept[key]; ok {
		return a
	}
	a, _ := t.stored(key)
	return a
}

// unlink takes an answer that a loop asks for once more out of its old place in the row of answers, so that going back
// comes to an end.
func (t *turn) unlink(key string) error {
	old, again := t.stored(key)
	if !again {
		return nil
	}
	if t.s.Last == key {
		t.s.Last = old.Prev
		return nil
	}
	if !t.ctx.All {
		return ErrNeedAll
	}
	seen := make(map[string]bool)
	for at := t.s.Last; at != "" && !seen[at]; {
		seen[at] = true
		a, _ := t.stored(at)
		if a.Prev == key {
			a.Prev = old.Prev
			t.set(at, &a)
			return nil
		}
		at = a.Prev
	}
	return nil
}

// afresh forgets what a called flow was answered when a loop called it before: what is not answered this time is not
// answered.
func (t *turn) afresh(path string) error {
	if !t.ctx.All {
		return ErrNeedAll
	}
	after := "" // the nearest answer that stays
	key := t.s.Last
	for range len(t.ctx.Answers) + len(t.out.Answers) {
		a, ok := t.stored(key)
		if !ok {
			break
		}
		if !strings.HasPrefix(key, path) {
			after, key = key, a.Prev
			continue
		}
		t.set(key, nil)
		if key = a.Prev; after == "" {
			t.s.Last = key
		} else if next, ok := t.stored(after); ok {
			next.Prev = key
			t.set(after, &next)
		}
	}
	return nil
}

// forget drops the answers of a flow that stood on top of a question: they belong to nothing any more.
func (t *turn) forget(f Frame) error {
	flow := t.lib.version(f.Flow, f.Version)
	if (t.s.Last != f.Last || t.s.Fixing || flow == nil || flow.calls) && !t.ctx.All {
		return ErrNeedAll
	}
	drop := func(key string) {
		if strings.HasPrefix(key, f.Path) {
			t.set(key, nil)
			delete(t.kept, key)
		}
	}
	for key := range t.ctx.Answers {
		drop(key)
	}
	for key := range t.out.Answers {
		drop(key)
	}
	if flow != nil {
		for _, in := range flow.inputs {
			drop(f.Path + inputKey(in.name))
		}
	}
	t.s.Last = f.Last
	t.s.Redo = slices.DeleteFunc(t.s.Redo, func(key string) bool { return strings.HasPrefix(key, f.Path) })
	t.s.Fixing = t.s.Fixing && len(t.kept) > 0
	return nil
}
