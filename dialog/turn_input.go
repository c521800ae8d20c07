package dialog

import (
	"strings"

	"tandem/dialog/understand"
)

// input decides what an input is: a word that means something at any time, a press on an old button, a late timer, or
// an answer.
func (t *turn) input() error {
	s, err := t.current()
	if err != nil {
		return err
	}
	q, ok := s.kind.(question)
	if !ok {
		return &BrokenError{"the step " + s.id + " does not wait for an answer"}
	}
	switch t.in.Kind {
	case Expire:
		return t.expire(s)
	case Press:
		if t.in.Prompt != t.s.Prompt {
			return t.oldPress(s)
		}
		if w, isWord := strings.CutPrefix(t.in.Choice, wordButton); isWord && (w == "skip" || w == "help" || w == "person") {
			return t.word(s, understand.Word(w))
		}
	case Text:
		if t.in.Edited {
			return t.edited(s, q)
		}
		if w, isWord := t.lib.Word(t.in.Text); isWord && w != understand.Resume {
			return t.word(s, w)
		}
		if strings.HasPrefix(t.in.Text, "/") {
			return t.command(s)
		}
	}
	return t.take(s, q)
}

// take lets the question understand an answer.
func (t *turn) take(s *step, q question) error {
	if t.in.Kind != Text && t.in.Kind != Press {
		return t.missed(s, understand.NotUnderstood)
	}
	got := q.take(t, s, t.in)
	if t.err != nil {
		return t.err
	}
	switch {
	case got.why != "":
		return t.missed(s, got.why)
	case got.reopen != "":
		t.settle(got.shown)
		return t.reopen(t.s.top().Path+got.reopen, "")
	case got.redo:
		t.settle(got.shown)
		t.s.Prompt, t.s.Misses = "", 0
		t.ask(s, "")
		return nil
	case got.ask != nil:
		t.settle(got.shown)
		if _, same := s.kind.(*choicesKind); !same {
			t.s.Prompt = ""
		}
		t.s.Misses = 0
		got.ask.Buttons = q.buttons(t, s)
		t.pose(s, *got.ask)
		return nil
	}
	return t.accept(s, got)
}

// accept keeps an answer, with the question as it was asked, and goes on.
func (t *turn) accept(s *step, got taken) error {
	t.settle(got.shown)
	t.keep(s, got)
	key := got.key
	t.s.closeQuestion()
	s, changed, err := t.move(s, got)
	if err != nil {
		return err
	}
	if changed {
		t.ask(s, t.pack.Changed)
		return nil
	}
	return t.run(s.next.of(key))
}

// keep stores an answer as the last one.
func (t *turn) keep(s *step, got taken) {
	f := t.s.top()
	a := &Answer{
		Value: got.value, Said: got.said, Shown: got.shown, Asked: t.questionText(s), Prompt: t.s.Prompt,
		Flow: f.Flow, Vers: f.Version, Step: s.id, Ref: t.in.Ref, Prev: t.s.Last, Rests: t.rests(s), At: t.now,
	}
	if a.Said == "" && t.in.Kind == Text && !t.skipping() {
		a.Said = t.in.Text
	}
	if a.Value.Text != nil && *a.Value.Text == a.Said {
		a.Said = "" // the value is their words already
	}
	if len(t.s.Frames) > 1 {
		a.Stack = append([]Frame{}, t.s.Frames...)
	}
	t.set(f.Path+s.id, a)
	t.s.Last = f.Path + s.id
}

func (t *turn) skipping() bool {
	w, ok := t.lib.Word(t.in.Text)
	return ok && w == understand.Skip
}

// settle tells the platform to show the pressed button as the answer.
func (t *turn) settle(label string) {
	if t.in.Kind == Press && label != "" {
		t.emit(Settle{Prompt: t.in.Prompt, Label: label})
	}
}

// oldPress answers a press on a question that is not open any more. A second tap on the button that was just taken is
// no news.
func (t *turn) oldPress(s *step) error {
	if a, ok := t.stored(t.s.Last); ok && t.s.Last != "" && a.Prompt == t.in.Prompt && t.sameChoice(a) {
		return nil
	}
	t.ask(s, t.pack.OldPrs)
	return nil
}

func (t *turn) sameChoice(a Answer) bool {
	switch v := a.Value.Any().(type) {
	case string:
		return v == t.in.Choice
	case float64:
		return t.pack.number(v) == t.in.Choice
	case bool:
		return v == (t.in.Choice == yesKey || t.in.Choice == rightKey)
	}
	return true
}

// expire ends an open question that nobody answered. A timer of an earlier turn does nothing (invariant 5).
func (t *turn) expire(s *step) error {
	if t.in.Turn != t.s.DueTurn || t.s.DueTurn == 0 || t.now.Before(t.s.Due) {
		return nil
	}
	limit := s.timeout
	if limit == nil {
		limit = t.flow().limit
	}
	if limit == nil {
		return nil
	}
	t.s.closeQuestion()
	return t.run(limit.next.to)
}
