package dialog_test

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"tandem/dialog"
)

const day = 24 * time.Hour

// patientWords are what is said in a language around the questions of the fixture.
type patientWords struct{ lang, first, again, remind, leave, welcome string }

func patientLangs() []patientWords {
	return []patientWords{
		{
			"en", "Before anything else: what would you like?", "What would you like?", "No hurry. Whenever you like, we can pick this up.\n\n",
			"I leave it here. What you said is kept. Write when you like, and we go on from here.", "Hello again.|",
		},
		{
			"es", "Antes de nada: ¿qué te gustaría?", "¿Qué te gustaría?", "Sin prisa. Cuando quieras, lo retomamos.\n\n",
			"Lo dejo aquí. Lo que dijiste queda guardado. Escribe cuando quieras y seguimos desde aquí.", "Hola de nuevo.|",
		},
	}
}

// patient sits down at the fixture's flow, with its patience of a day and three more, in each language.
func patient(t *testing.T, each func(t *testing.T, tb *table, w patientWords)) {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/conversations/patience.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range patientLangs() {
		t.Run(w.lang, func(t *testing.T) {
			lib, _ := loaded(t, archive)
			tb := &table{stage: &stage{t: t, lib: lib}, t: t}
			if _, err := tb.Begin("flow: walk\nlang: " + w.lang + "\n"); err != nil {
				t.Fatal(err)
			}
			each(t, tb, w)
		})
	}
}

// rings lets time go by and the timer of a turn ring.
func (tb *table) rings(after time.Duration, turn uint64) string {
	tb.t.Helper()
	tb.now = tb.now.Add(after)
	return texts(tb.say(dialog.Input{Kind: dialog.Expire, Turn: turn}))
}

func (tb *table) waits(after time.Duration) string {
	tb.t.Helper()
	return tb.rings(after, tb.state().DueTurn)
}

// interrupted opens a flow on top, as the application does for a notice.
func (tb *table) interrupted(flow string) string {
	tb.t.Helper()
	answers, err := tb.load(true)
	if err != nil {
		tb.t.Fatal(err)
	}
	session := tb.state()
	r, err := tb.lib.Interrupt(session, flow, dialog.Context{Now: tb.now, Answers: answers, All: true})
	if err != nil {
		tb.t.Fatal(err)
	}
	out, err := tb.done(session, r)
	if err != nil {
		tb.t.Fatal(err)
	}
	return texts(out)
}

func (tb *table) expects(got, want string) {
	tb.t.Helper()
	if got != want {
		tb.t.Errorf("it said %q, want %q", got, want)
	}
}

// due checks when the timer rings next, zero for never, and that it carries the turn that just was.
func (tb *table) due(in time.Duration) {
	tb.t.Helper()
	s, want, turn := tb.state(), time.Time{}, uint64(0)
	if in > 0 {
		want, turn = tb.now.Add(in), s.Turn
	}
	if !s.Due.Equal(want) || !tb.wake.Equal(want) || s.DueTurn != turn {
		tb.t.Errorf("turn %d: it rings at %v (said to the application: %v), in turn %d; want %v, %d", s.Turn, s.Due, tb.wake, s.DueTurn, want, turn)
	}
}

// A reminder comes once for each silence, and only by the timer of the turn that it was set in.
func TestInvariant5_StaleReminder(t *testing.T) {
	patient(t, func(t *testing.T, tb *table, w patientWords) {
		first := tb.state().DueTurn
		tb.due(day)
		tb.expects(tb.rings(23*time.Hour, first), "")
		tb.expects(tb.rings(time.Hour, first+7), "")
		tb.expects(tb.rings(0, 0), "")
		if tb.remind {
			t.Error("a stale timer counts as a reminder")
		}
		tb.expects(tb.rings(0, first), w.remind+w.again)
		if !tb.remind || !tb.state().Reminded || tb.state().Resting {
			t.Error("the reminder does not count as one")
		}
		second := tb.state().DueTurn
		tb.due(3 * day)
		tb.expects(tb.rings(30*day, first), "")
		tb.expects(tb.rings(0, second), w.leave)
		if tb.remind || !tb.state().Resting {
			t.Errorf("left to rest, it is %s", tb.session)
		}
		tb.due(0)
		tb.expects(tb.rings(30*day, second), "")
		tb.expects(tb.rings(0, 0), "")
		if len(tb.given) > 0 || len(tb.answers) > 0 {
			t.Errorf("the timers answered something: %v", tb.answers)
		}
	})
}

// Whatever the person does begins the silence anew, also where the question is not said again; a reminder that the
// application asks for does not.
func TestPatienceBeginsAnew(t *testing.T) {
	for name, test := range map[string]struct {
		does dialog.Input
		next time.Duration // when the timer rings after it
		anew bool
	}{
		"words":          {dialog.Input{Kind: dialog.Text, Text: "a walk"}, day, true},
		"a picture":      {dialog.Input{Kind: dialog.Media, Media: "photo"}, day, true},
		"an old button":  {dialog.Input{Kind: dialog.Press, Prompt: "old", Choice: "x"}, day, true},
		"an old edit":    {dialog.Input{Kind: dialog.Text, Text: "x", Ref: "m99", Edited: true}, day, true},
		"start over":     {dialog.Input{Kind: dialog.Text, Text: "start over"}, day, true},
		"a pause":        {dialog.Input{Kind: dialog.Text, Text: "pause"}, 0, true},
		"said once more": {dialog.Input{Kind: dialog.Again}, 3 * day, false},
		"an early timer": {dialog.Input{Kind: dialog.Expire, Turn: 2}, 0, false},
		"help":           {dialog.Input{Kind: dialog.Text, Text: "help"}, day, true},
	} {
		t.Run(name, func(t *testing.T) {
			patient(t, func(t *testing.T, tb *table, w patientWords) {
				tb.expects(tb.waits(day), w.remind+w.again)
				tb.now = tb.now.Add(time.Hour)
				before := tb.state().Due
				tb.say(test.does)
				if test.does.Kind == dialog.Expire {
					if !tb.state().Due.Equal(before) {
						t.Errorf("it rings at %v, not at %v", tb.state().Due, before)
					}
				} else {
					tb.due(test.next)
				}
				if tb.state().Reminded == test.anew {
					t.Errorf("the session is %s", tb.session)
				}
			})
		})
	}
}

// A question that rests is said again before typed words count, once; the application may have said it already.
func TestRestingQuestion(t *testing.T) {
	patient(t, func(t *testing.T, tb *table, w patientWords) {
		tb.waits(day)
		tb.waits(3 * day)
		prompt := tb.state().Prompt
		tb.now = tb.now.Add(9 * day)
		tb.expects(texts(tb.types("the rent is late")), w.welcome+w.again)
		if len(tb.answers) > 0 || tb.state().Misses > 0 || tb.state().Prompt != prompt {
			t.Errorf("it took something: %s %v", tb.session, tb.answers)
		}
		tb.due(day)
		tb.types("rest")
		if got := tb.stored("what").Value; *got.Text != "rest" {
			t.Errorf("it took %v", got)
		}
		tb.waits(day)
		tb.waits(3 * day)
		tb.say(dialog.Input{Kind: dialog.Again})
		tb.due(day)
		tb.types("a garden")
		if got := tb.stored("area").Value; *got.Text != "a garden" {
			t.Errorf("said again by the application, it took %v", got)
		}
	})
}

// A flow on top of a question does not lose its timer: it begins anew when the question is said again. A notice that
// asks nothing does not wake a question that rests.
func TestPatienceInterrupted(t *testing.T) {
	patient(t, func(t *testing.T, tb *table, w patientWords) {
		notice := fstest.MapFS{
			"notice/flow.yaml": {Data: []byte("flow: notice\ntarget_change: a test\nstance: neutral\nstart: a\nsteps:\n  a: {kind: say, next: end}\n  end: {kind: end}\n")},
			"notice/en.yaml":   {Data: []byte("a: News.\n")}, "notice/es.yaml": {Data: []byte("a: News.\n")},
		}
		flows := archived(t, "testdata/conversations/patience.txtar")
		for name, file := range notice {
			flows[name] = file
		}
		var err error
		tb.lib, err = dialog.Loader{Patience: dialog.Patience{Remind: day, Rest: 3 * day}}.Load(flows)
		if err != nil {
			t.Fatal(err)
		}
		old := tb.state().DueTurn
		tb.now = tb.now.Add(23 * time.Hour)
		tb.expects(tb.interrupted("notice"), "News.|"+w.first)
		tb.due(day)
		tb.expects(tb.rings(2*time.Hour, old), "")
		tb.expects(tb.waits(22*time.Hour), w.remind+w.again)
		tb.interrupted("person")
		tb.due(3 * day) // a new question, but the same silence
		tb.expects(tb.waits(3*day), w.leave)
		tb.expects(texts(tb.types("the rent is late")), w.welcome+map[string]string{"en": "What shall I tell them?", "es": "¿Qué les digo?"}[w.lang])
		tb.types("that")
		tb.due(day)
		tb.waits(day)
		tb.waits(3 * day)
		tb.expects(tb.interrupted("notice"), "News.|"+w.first)
		tb.due(0)
		tb.expects(texts(tb.types("thanks")), w.welcome+w.again)
	})
}

// What the application's patience is now counts, not what it was when the timer was set: a timer that nobody wants any
// more goes, so that it does not ring for ever.
func TestPatienceChanged(t *testing.T) {
	for name, test := range map[string]struct {
		patience     dialog.Patience
		first, again time.Duration // when it rings after a question, and after a reminder; 0: never
		reminds      bool
	}{
		"none":       {dialog.Patience{}, 0, 0, false},
		"no rest":    {dialog.Patience{Remind: day}, day, 0, true},
		"only rest":  {dialog.Patience{Rest: day}, 0, 0, false},
		"less":       {dialog.Patience{Remind: time.Hour, Rest: 2 * time.Hour}, time.Hour, 2 * time.Hour, true},
		"below zero": {dialog.Patience{Remind: -day, Rest: -day}, 0, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			patient(t, func(t *testing.T, tb *table, _ patientWords) {
				var err error
				if tb.lib, err = (dialog.Loader{Patience: test.patience}).Load(archived(t, "testdata/conversations/patience.txtar")); err != nil {
					t.Fatal(err)
				}
				if said := tb.waits(day); (said != "") != test.reminds || tb.remind != test.reminds {
					t.Errorf("it said %q", said)
				}
				tb.due(test.again)
				tb.types("rest")
				tb.due(test.first)
			})
		})
	}
}

// Where a flow ends a question of its own accord and says nothing, nothing is said: the application can tell.
func TestEndsQuietly(t *testing.T) {
	patient(t, func(t *testing.T, tb *table, w patientWords) {
		tb.types("rest", "health", "skip", "no more")
		tb.due(2 * day)
		session := tb.state()
		r, err := tb.lib.Step(session, dialog.Context{Now: tb.now.Add(2 * day), All: true}, dialog.Input{Kind: dialog.Expire, Turn: session.DueTurn})
		if err != nil || !r.Ended || len(r.Effects) > 0 || r.Reminded || !r.Wake.IsZero() {
			t.Errorf("%s: %+v (%v)", w.lang, r, err)
		}
	})
}
