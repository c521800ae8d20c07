package dialog

import (
	"slices"
	"strings"
)

// back goes to the answer given last, so that it can be given anew.
func (t *turn) back(s *step) error {
	if t.s.half() {
		t.s.closeQuestion()
		t.ask(s, "")
		return nil
	}
	floor, at := "", t.s.aside()
	if at >= 0 {
		if floor = t.s.Frames[at].Last; t.s.Last == floor {
			t.s.Frames = t.s.Frames[:at+1]
			return t.leave()
		}
	}
	if t.s.Last != "" && !t.ctx.All {
		return ErrNeedAll
	}
	key := t.s.Last
	a, ok := t.stored(key)
	for range len(t.ctx.Answers) {
		if !ok || key == floor || (t.stillAsked(a) && t.askable(a)) {
			break
		}
		key = a.Prev
		a, ok = t.stored(key)
	}
	if key == floor {
		t.ask(s, t.pack.NoBack)
		return nil
	}
	lead := t.pack.BackSkipped
	if shown := t.shown(a); shown != "" { // none of several is said as skipped
		lead = t.pack.fill(t.pack.Back, shown)
	}
	return t.reopen(key, lead)
}

// reopen asks the question of an earlier answer again, behind a lead or without. The answers that came after it are kept
// until it shows whether they still stand.
func (t *turn) reopen(key, lead string) error {
	s, _, err := t.rewind(key)
	if err != nil {
		return err
	}
	if q, asks := s.kind.(question); asks && lead == "" {
		t.askAgain(s, q)
		return nil
	}
	t.ask(s, lead)
	return nil
}

// rewind puts the session where an earlier answer was given.
func (t *turn) rewind(key string) (*step, Answer, error) {
	if !t.ctx.All {
		return nil, Answer{}, ErrNeedAll
	}
	a, ok := t.stored(key)
	if !ok || a.Step == "" {
		return nil, a, &BrokenError{"the answer to correct is not stored"}
	}
	t.s.closeQuestion()
	t.s.Fixing, t.s.Last, t.s.Frames = true, a.Prev, t.placeOf(a)
	for _, f := range t.s.Frames {
		if t.lib.version(f.Flow, f.Version) == nil {
			return nil, a, &NeedVersionError{f.Flow, f.Version}
		}
	}
	t.speak()
	t.splitKept()
	for _, later := range t.kept {
		for _, key := range later.Made {
			if !slices.Contains(t.s.Redo, key) {
				t.s.Redo = append(t.s.Redo, key)
			}
		}
	}
	slices.Sort(t.s.Redo)
	s, err := t.current()
	return s, a, err
}

// placeOf is where the question of an answer stood. A flow that has moved to a newer version since stays there.
func (t *turn) placeOf(a Answer) []Frame {
	out := append([]Frame{}, a.Stack...)
	if len(out) == 0 {
		out = append(out, t.s.Frames[0])
		out[0].Step = a.Step
	}
	for i := range min(len(out), len(t.s.Frames)) {
		now := t.s.Frames[i]
		if now.Flow != out[i].Flow || now.Path != out[i].Path {
			break
		}
		if f := t.lib.version(now.Flow, now.Version); f != nil && f.steps[out[i].Step] != nil {
			out[i].Version = now.Version
		}
	}
	return out
}

// stillAsked tells whether the question of an answer can be asked again. Versions that are not here count as if: they
// are asked for in time.
func (t *turn) stillAsked(a Answer) bool {
	for _, f := range t.placeOf(a) {
		if flow := t.lib.version(f.Flow, f.Version); flow != nil && flow.steps[f.Step] == nil {
			return false
		}
	}
	return true
}

// askable tells whether the question of an answer can be put in words: in a loop, what it speaks of may have been
// answered anew since.
func (t *turn) askable(a Answer) bool {
	stack := t.placeOf(a)
	top := stack[len(stack)-1]
	flow := t.lib.version(top.Flow, top.Version)
	if flow == nil || len(flow.musts[a.Step]) == 0 {
		return true
	}
	standing := t.leadingTo(a.Prev)
	for _, n := range flow.musts[a.Step] {
		if !standing[top.Path+flow.names[n].key] {
			return false
		}
	}
	return true
}

// edited handles a message that the person changed after sending it. Where it was not taken yet, the change is a new
// try; a word that means something at any time counts; where it was the last answer, that answer is corrected; an
// older one is answered kindly.
func (t *turn) edited(s *step, q question) error {
	if t.in.Ref != "" && t.in.Ref == t.s.Missed {
		return t.said(s, q)
	}
	last, ok := t.stored(t.s.Last)
	own := ok && t.s.Last != "" && t.in.Ref != "" && last.Ref == t.in.Ref && t.stillAsked(last)
	if w, isWord := t.lib.Word(t.in.Text); isWord && (own || urgent(w)) {
		return t.word(s, w)
	}
	if !own {
		t.tell(t.pack.Edited)
		return nil
	}
	s, was, err := t.rewind(t.s.Last)
	if err != nil {
		return err
	}
	if q, ok = s.kind.(question); !ok {
		return &BrokenError{"an answer belongs to a step that asks nothing"}
	}
	t.s.Prompt = was.Prompt
	told := len(t.out.Effects)
	if err := t.take(s, q); err != nil || t.s.Misses > 0 || t.s.half() {
		return err
	}
	note := Tell{Message{Text: t.pack.EditedLast}}
	t.out.Effects = append(t.out.Effects[:told:told], append([]Effect{note}, t.out.Effects[told:]...)...)
	return nil
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
		b.WriteString(t.say(again))
	}
	for _, d := range s.dependsOn {
		a, _ := t.answer(t.keyOf(d))
		b.WriteString("\x00" + t.showAny(a.Value.Any()))
	}
	return b.String()
}
