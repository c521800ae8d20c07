package dialog_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"tandem/dialog"
)

// What cannot wait is put on top of any question, even one half answered, and the question is taken up again after.
func TestInterrupt(t *testing.T) {
	tb := sit(t, archived(t, "testdata/conversations/words.txtar"), "talk")
	tb.types("rest", "7", "my kids", "health", "get up", "tomorrow")
	session := tb.state()
	ctx := dialog.Context{Now: tb.now, All: true}
	var err error
	if ctx.Answers, err = tb.load(true); err != nil {
		t.Fatal(err)
	}
	result, err := tb.lib.Interrupt(session, "person", ctx)
	if err != nil {
		t.Fatal(err)
	}
	said, err := tb.done(session, result)
	if err != nil || texts(said) != "What shall I tell them?" {
		t.Fatalf("it said %v (%v)", said, err)
	}
	if got := texts(tb.types("I am not well")); got != "I have told them.|I read that as Tuesday 10 March. Is that right?" {
		t.Errorf("it went on with %q", got)
	}
	if _, err := tb.lib.Interrupt(&dialog.Session{}, "person", ctx); !errors.As(err, new(*dialog.BrokenError)) {
		t.Errorf("got %v for a session without a flow", err)
	}
	for key := range tb.answers {
		if key[0] == '~' {
			t.Errorf("the answer %q of the flow on top is left over", key)
		}
	}
}

// The open question can be asked once more, and nothing is taken as an answer.
func TestAgain(t *testing.T) {
	tb := sit(t, archived(t, "testdata/conversations/words.txtar"), "talk")
	tb.types("rest")
	prompt := tb.state().Prompt
	said := tb.say(dialog.Input{Kind: dialog.Again})
	if texts(said) != "From 0 to 10, how important is it?" || said[0].Prompt != prompt {
		t.Errorf("it said %+v", said)
	}
}

// A library serves many conversations at once, while versions come and go.
func TestLibraryAtOnce(t *testing.T) {
	flows := archived(t, "testdata/conversations/calls.txtar")
	lib, err := dialog.Load(flows)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			tb := &table{stage: &stage{t: t, lib: lib}, t: t}
			if _, err := tb.Begin("flow: outer\nlang: en\n"); err != nil {
				t.Error(err)
				return
			}
			for _, text := range []string{"Ana", "walk", "soon", "back", "back", "sit", "now", "yes", "run", "now", "yes"} {
				if _, err := tb.Input(dialog.Input{Kind: dialog.Text, Text: text}); err != nil {
					t.Error(err)
				}
				at := time.Unix(int64(i), 0)
				lib.SetSince("plan", at)
				if _, err := lib.Put("outer", lib.Flow("outer").Files, at); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// What a stored session or answer holds besides is left alone by a program that does not know it.
func TestStoredFormIsOpen(t *testing.T) {
	tb := sit(t, archived(t, "testdata/conversations/words.txtar"), "talk")
	tb.types("rest", "7")
	tb.session = append([]byte(`{"later":{"x":[1]},`), tb.session[1:]...)
	for key, data := range tb.answers {
		tb.answers[key] = append([]byte(`{"later":"x",`), data[1:]...)
	}
	if got := texts(tb.types("back")); got != "You said “7”. You can say it anew.\n\nFrom 0 to 10, how important is it?" {
		t.Errorf("it went on with %q", got)
	}
}
