package dialog

import (
	"cmp"
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
	if t.in.Kind == Expire {
		return t.expire(s)
	}
	t.heard(s)
	tapped := t.s.Tapped
	t.s.Tapped = ""
	if t.in.Kind == Media && strings.TrimSpace(t.in.Text) != "" {
		t.in.Kind, t.sent = Text, true // the words under a picture are words
	}
	switch {
	case t.in.Kind == Again:
		t.ask(s, "")
		return nil
	case t.in.Kind == Press:
		return t.press(s, q, tapped)
	case t.in.Kind == Text && t.in.Edited:
		return t.edited(s, q)
	case t.in.Kind == Text:
		return t.said(s, q)
	case t.in.Kind == Media && t.in.Zone != "" && s.kindName == zoneKindName:
		return t.take(s, q)
	}
	return t.missed(s, understand.NotUnderstood)
}

// press handles a button. A second tap on the button that was the last input is no news; one of an earlier question is
// recognised as old (invariant 7).
func (t *turn) press(s *step, q question, tapped string) error {
	t.s.Tapped = t.in.Prompt + " " + t.in.Choice
	switch {
	case t.in.Prompt == t.s.Prompt:
	case t.s.Tapped == tapped:
		return nil
	default:
		t.ask(s, t.pack.OldPrs)
		return nil
	}
	if w, isWord := strings.CutPrefix(t.in.Choice, wordButton); isWord && (w == "skip" || w == "help" || w == "person") {
		return t.word(s, understand.Word(w))
	}
	return t.take(s, q)
}

// said handles typed words: one that means something at any time, a command, or an answer. Where the question was left
// to rest, words may be about anything: it is said again first.
func (t *turn) said(s *step, q question) error {
	if w, isWord := t.lib.Word(t.in.Text); isWord && w != understand.Resume {
		label := t.onButton(s, q)
		if label == "" || !yields(w, t.words.SameLabel(t.in.Text, label)) {
			return t.word(s, w)
		}
		t.as = label
	}
	if strings.HasPrefix(t.in.Text, "/") {
		return t.command(s)
	}
	if t.s.Resting && !t.in.Edited { // an edit is of what was said before
		t.welcome(s, q)
		return nil
	}
	return t.take(s, q)
}

// yields tells whether a global word is an answer where a button has it: a pause where the label speaks of later, and a
// sentence that would stop everything only where it is the label itself.
func yields(w understand.Word, whole bool) bool {
	return w == understand.Pause || w == understand.Stop && whole
}

// onButton is the label of the one button of the open question that has what was typed in it: "later", where it says
// "A bit later". "" where none has, or several; a label that is just what was typed goes before.
func (t *turn) onButton(s *step, q question) string {
	found, n := "", 0
	for _, b := range q.buttons(t, s) {
		switch {
		case !t.words.InLabel(t.in.Text, b.Label):
		case t.words.SameLabel(t.in.Text, b.Label):
			return b.Label
		default:
			found = b.Label
			n++
		}
	}
	if n != 1 {
		return ""
	}
	return found
}

// take lets the question understand an answer.
func (t *turn) take(s *step, q question) error {
	in := t.in
	in.Text = cmp.Or(t.as, in.Text)
	got := q.take(t, s, in)
	if t.err != nil {
		return t.err
	}
	switch {
	case got.drop:
	case t.isBack(s, got):
		t.welcome(s, q)
	case got.why != "":
		return t.missed(s, got.why)
	case got.reopen != "":
		t.settle(got.shown)
		return t.reopen(t.s.top().Path+got.reopen, "")
	case got.redo:
		t.settle(got.shown)
		t.s.Prompt, t.s.Misses = "", 0
		t.ask(s, "")
	case got.more:
		t.settle(got.shown)
		if _, same := s.kind.(*choicesKind); !same {
			t.s.Prompt = ""
		}
		t.s.Misses, t.s.Missed = 0, t.in.Ref
		t.ask(s, "")
	default:
		return t.accept(s, got)
	}
	return nil
}

// accept keeps an answer, with the question as it was asked, and goes on.
func (t *turn) accept(s *step, got taken) error {
	t.settle(got.shown)
	if t.sent {
		t.tell(t.pack.Caption)
	}
	if err := t.keep(s, got); err != nil {
		return err
	}
	t.s.closeQuestion()
	to, anew, err := t.move(s, got.value)
	if err != nil {
		return err
	}
	if anew {
		return t.anew(to)
	}
	return t.run(to.next.of(got.key))
}

// keep stores an answer as the last one.
func (t *turn) keep(s *step, got taken) error {
	f := t.s.top()
	if err := t.unlink(f.Path + s.id); err != nil {
		return err
	}
	a := &Answer{
		Value: got.value, Said: got.said, Shown: got.shown, Asked: t.questionText(s), Prompt: t.s.Prompt,
		Flow: f.Flow, Version: f.Version, Step: s.id, Ref: t.in.Ref, Prev: t.s.Last, Rests: t.rests(s), At: t.now,
	}
	if a.Said == "" && t.in.Kind == Text && !got.value.IsZero() {
		a.Said = t.in.Text
	}
	if a.Value.Text != nil && *a.Value.Text == a.Said {
		a.Said = "" // the value is their words already
	}
	if len(t.s.Frames) > 1 {
		a.Stack = append([]Frame{}, t.s.Frames...)
	}
	t.set(f.Path+s.id, a)
	delete(t.kept, f.Path+s.id) // what it was before the correction
	t.out.Given = a
	t.s.Last = f.Path + s.id
	return nil
}

// settle tells the platform to show the pressed button as the answer.
func (t *turn) settle(label string) {
	if t.in.Kind == Press && label != "" {
		t.emit(Settle{Prompt: t.in.Prompt, Label: label})
	}
}
