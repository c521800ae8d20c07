package dialog

import "strings"

// back goes to the answer given last, so that it can be given anew.
func (t *turn) back(s *step) error {
	top := t.s.top()
	if t.s.Draft != nil || t.s.Change || len(t.s.Picked) > 0 {
		t.s.closeQuestion()
		t.ask(s, "")
		return nil
	}
	if t.s.Last == "" || (top.Aside && t.s.Last == top.Last) {
		if top.Aside {
			return t.leave()
		}
		t.ask(s, t.pack.NoBack)
		return nil
	}
	if !t.ctx.All {
		return ErrNeedAll
	}
	a, ok := t.stored(t.s.Last)
	if !ok {
		return &BrokenError{"the last answer is not stored"}
	}
	lead := t.pack.Back0
	if !a.Value.IsZero() {
		lead = t.pack.fill(t.pack.Back, t.shown(a))
	}
	return t.reopen(t.s.Last, lead)
}

// reopen asks the question of an earlier answer again. The answers that came after it are kept until it shows whether
// they still stand.
func (t *turn) reopen(key, lead string) error {
	if !t.ctx.All {
		return ErrNeedAll
	}
	a, ok := t.stored(key)
	if !ok || a.Step == "" {
		return &BrokenError{"the answer to correct is not stored"}
	}
	t.s.closeQuestion()
	t.s.Fixing, t.s.Last = true, a.Prev
	if len(a.Stack) > 0 {
		t.s.Frames = append([]Frame{}, a.Stack...)
	} else {
		t.s.Frames = t.s.Frames[:1]
		t.s.Frames[0].Step = a.Step
	}
	for _, f := range t.s.Frames {
		if t.lib.version(f.Flow, f.Version) == nil {
			return &NeedVersionError{f.Flow, f.Version}
		}
	}
	t.speak()
	t.splitKept()
	s, err := t.current()
	if err != nil {
		return err
	}
	t.ask(s, lead)
	return nil
}

// splitKept sets the answers aside that do not lead to where the session stands: they came after the one that is being
// corrected, and count only once their question comes up again unchanged.
func (t *turn) splitKept() {
	standing := make(map[string]bool)
	for key := t.s.Last; key != "" && !standing[key]; {
		standing[key] = true
		a, _ := t.stored(key)
		key = a.Prev
	}
	t.kept = make(map[string]Answer)
	for key, a := range t.ctx.Answers {
		if a.Step != "" && !standing[key] {
			t.kept[key] = a
		}
	}
}

// stands tells whether a question that comes up after a correction was answered before in the very same words, and
// nothing that it rests on has changed. Then the answer still counts, and the flow goes on from it.
func (t *turn) stands(s *step, q question) (next string, stands bool) {
	key := t.s.top().Path + s.id
	a, ok := t.kept[key]
	if !ok {
		return "", false
	}
	delete(t.kept, key)
	_, again := q.(*summaryKind)
	_, shares := q.(*shareKind)
	if again || shares || a.Rests != t.rests(s) || (len(s.words[t.lang].again) == 0 && a.Asked != t.questionText(s)) {
		t.kept[key] = a
		return "", false
	}
	answerKey, valid := t.keyOf(s, q, a)
	if !valid {
		t.kept[key] = a
		return "", false
	}
	a.Prev = t.s.Last
	if len(t.s.Frames) > 1 {
		a.Stack = append([]Frame{}, t.s.Frames...)
	}
	t.set(key, &a)
	t.s.Last = key
	if a.Value.IsZero() && s.skip != nil {
		return s.skip.to, true
	}
	return s.next.of(answerKey), true
}

// keyOf is what a step's next branches on for an answer given before, and whether the answer is still possible.
func (t *turn) keyOf(s *step, q question, a Answer) (string, bool) {
	if a.Value.IsZero() {
		return "", s.skip != nil
	}
	switch v := a.Value.Any().(type) {
	case bool:
		if v {
			return yesKey, true
		}
		return noKey, true
	case float64:
		return t.lib.packs["en"].number(v), true
	case string:
		k, isChoice := q.(*choiceKind)
		if !isChoice {
			return "", true
		}
		for _, o := range k.list(t, s) {
			if o.ID == v {
				return v, true
			}
		}
		return "", k.ownWords
	}
	return "", true
}

// rests is what an answer rests on besides the question's words: what the flow says it depends on, and, where the
// question has a plain form for asking again, that form, so that what is said around it does not count.
func (t *turn) rests(s *step) string {
	again := s.words[t.lang].again
	if len(s.dependsOn) == 0 && len(again) == 0 {
		return ""
	}
	var b strings.Builder
	if len(again) > 0 {
		b.WriteString(t.say(s, again))
	}
	for _, d := range s.dependsOn {
		a, _ := t.answer(t.flow().names[exprName(d.name)].key)
		b.WriteString("\x00" + t.showAny(a.Value.Any()))
	}
	return b.String()
}

// edited handles a message that the person changed after sending it. Where it was not understood, the change is a new
// try; where it was the last answer, that answer is corrected; an older one is answered kindly.
func (t *turn) edited(s *step, q question) error {
	if t.in.Ref != "" && t.in.Ref == t.s.Missed {
		return t.take(s, q)
	}
	last, ok := t.stored(t.s.Last)
	if !ok || t.s.Last == "" || t.in.Ref == "" || last.Ref != t.in.Ref {
		t.tell(t.pack.Edited)
		return nil
	}
	if !t.ctx.All {
		return ErrNeedAll
	}
	told := len(t.out.Effects)
	if err := t.reopen(t.s.Last, t.pack.Changed); err != nil {
		return err
	}
	t.out.Effects = t.out.Effects[:told]
	s, err := t.current()
	if err != nil {
		return err
	}
	if q, ok = s.kind.(question); !ok {
		return &BrokenError{"an answer belongs to a step that asks nothing"}
	}
	return t.take(s, q)
}
