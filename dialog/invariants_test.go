package dialog_test

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"tandem/dialog"
	"tandem/dialog/transcript"
)

// fixtures calls back for every transcript of every fixture.
func fixtures(t *testing.T, each func(t *testing.T, lib *dialog.Library, text string)) {
	t.Helper()
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		if strings.Contains(file, "refused") {
			continue
		}
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lib, rest := loaded(t, archive)
		for name, text := range rest {
			t.Run(filepath.Base(file)+"/"+name, func(t *testing.T) { each(t, lib, text) })
		}
	}
}

// The same transcript, version and clock: the same sessions, answers and messages, byte for byte.
func TestInvariant10_SameInSameOut(t *testing.T) {
	fixtures(t, func(t *testing.T, lib *dialog.Library, text string) {
		play := func() []string {
			tr, err := transcript.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			s := &stage{t: t, lib: lib}
			if _, err := tr.Play(s); err != nil {
				t.Fatal(err)
			}
			return s.trace
		}
		if diff := cmp.Diff(play(), play()); diff != "" {
			t.Errorf("played twice, it came out in two ways:\n%s", diff)
		}
	})
}

// table is one conversation in a test that looks closer than a transcript can.
type table struct {
	*stage
	t testing.TB
}

func sit(t testing.TB, flows fstest.MapFS, id string) *table {
	t.Helper()
	lib, err := dialog.Load(flows)
	if err != nil {
		t.Fatal(err)
	}
	tb := &table{stage: &stage{t: t, lib: lib}, t: t}
	if _, err := tb.Begin("flow: " + id + "\nlang: en\n"); err != nil {
		t.Fatal(err)
	}
	return tb
}

func (tb *table) say(in dialog.Input) []dialog.Message {
	tb.t.Helper()
	out, err := tb.Input(in)
	if err != nil {
		tb.t.Fatalf("%+v: %v", in, err)
	}
	return out
}

func (tb *table) types(texts ...string) (last []dialog.Message) {
	tb.t.Helper()
	for _, text := range texts {
		last = tb.say(dialog.Input{Kind: dialog.Text, Text: text})
	}
	return last
}

func (tb *table) state() *dialog.Session {
	tb.t.Helper()
	s := new(dialog.Session)
	if err := json.Unmarshal(tb.session, s); err != nil {
		tb.t.Fatal(err)
	}
	return s
}

func (tb *table) stored(key string) dialog.Answer {
	tb.t.Helper()
	var a dialog.Answer
	data, ok := tb.answers[key]
	if !ok {
		tb.t.Fatalf("there is no answer %q", key)
	}
	if err := json.Unmarshal(data, &a); err != nil {
		tb.t.Fatal(err)
	}
	return a
}

func archived(t *testing.T, file string) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	flows, _ := folder(archive)
	return flows
}

// A timer of an earlier turn, or one that rings too soon, or twice, does nothing.
func TestInvariant5_StaleTimer(t *testing.T) {
	tb := sit(t, archived(t, "testdata/conversations/timeouts.txtar"), "slow")
	first := tb.state().DueTurn
	tb.types("x")
	second := tb.state().DueTurn
	if first == second {
		t.Fatalf("both questions have the timer of turn %d", first)
	}
	tb.now = tb.now.Add(100 * time.Hour)
	for _, turn := range []uint64{first, second + 1, 0} {
		if said := tb.say(dialog.Input{Kind: dialog.Expire, Turn: turn}); len(said) != 0 {
			t.Errorf("the timer of turn %d said %v", turn, said)
		}
	}
	tb.now = tb.now.Add(-99 * time.Hour)
	if said := tb.say(dialog.Input{Kind: dialog.Expire, Turn: second}); len(said) != 0 {
		t.Errorf("two hours early, the timer said %v", said)
	}
	tb.now = tb.now.Add(99 * time.Hour)
	if said := tb.say(dialog.Input{Kind: dialog.Expire, Turn: second}); len(said) != 2 {
		t.Errorf("in time, the timer said %v", said)
	}
	if said := tb.say(dialog.Input{Kind: dialog.Expire, Turn: second}); len(said) != 0 {
		t.Errorf("ringing twice, the timer said %v", said)
	}
}

// A session goes on in the version that it began with, and asks for it where it is not there.
func TestInvariant6_PinnedToItsVersion(t *testing.T) {
	tb := sit(t, archived(t, "testdata/conversations/loops.txtar"), "list")
	before := tb.lib.Flow("list")
	var err error
	changed := archived(t, "testdata/conversations/loops.txtar")
	changed["list/en.yaml"] = &fstest.MapFile{Data: []byte("what: What else?\nmore: More after {quote(what)}?\n")}
	if tb.lib, err = dialog.Load(changed); err != nil {
		t.Fatal(err)
	}
	_, err = tb.Input(dialog.Input{Kind: dialog.Text, Text: "bread"})
	var need *dialog.NeedVersionError
	if !errors.As(err, &need) || need.Flow != "list" || need.Version != before.Version {
		t.Fatalf("got %v, want the version %s to be asked for", err, before.Version)
	}
	if _, err := tb.lib.Put("list", before.Files, before.Since); err != nil {
		t.Fatal(err)
	}
	if said := tb.types("bread"); said[0].Text != "Is there more after “bread”?" {
		t.Errorf("it went on with %q", said[0].Text)
	}
}

// An answer is kept with the question as it was asked, its version, and where it stood.
func TestInvariant7_AnswerWithItsQuestion(t *testing.T) {
	tb := sit(t, archived(t, "testdata/conversations/calls.txtar"), "outer")
	tb.say(dialog.Input{Kind: dialog.Text, Text: "Ana", Ref: "17"})
	tb.types("walk")
	soon := tb.state().Prompt
	tb.say(dialog.Input{Kind: dialog.Press, Prompt: soon, Choice: "soon", Ref: "19"})
	for key, want := range map[string]dialog.Answer{
		"name": {
			Value: dialog.TextValue("Ana"), Asked: "Who is it for?", Flow: "outer", Version: tb.lib.Flow("outer").Version,
			Step: "name", Ref: "17",
		},
		"ask.when": {
			Value: dialog.TextValue("soon"), Shown: "Soon", Asked: "When?", Flow: "plan",
			Version: tb.lib.Flow("plan").Version, Step: "when", Ref: "19", Prev: "ask.step", Prompt: soon,
		},
	} {
		got := tb.stored(key)
		got.At, got.Stack = time.Time{}, nil
		if want.Prompt == "" {
			got.Prompt = ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
}

// A button of any earlier question is recognised as old; none is ever taken for an answer to another question.
func TestInvariant7_OldButtons(t *testing.T) {
	fixtures(t, func(t *testing.T, lib *dialog.Library, text string) {
		tr, err := transcript.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		s := &pressing{stage: &stage{t: t, lib: lib}}
		if _, err := tr.Play(s); err != nil {
			t.Fatal(err)
		}
	})
}

// pressing presses, before each input, every button of every earlier question on a copy of the conversation.
type pressing struct {
	*stage
	shown []dialog.Message
}

func (p *pressing) Begin(head string) ([]dialog.Message, error) {
	out, err := p.stage.Begin(head)
	p.shown = append(p.shown, out...)
	return out, err
}

func (p *pressing) Input(in dialog.Input) ([]dialog.Message, error) {
	open := new(dialog.Session)
	if err := json.Unmarshal(p.session, open); err != nil {
		return nil, err
	}
	for _, m := range p.shown {
		if m.Prompt == open.Prompt || len(m.Buttons) == 0 {
			continue
		}
		old := *p.stage
		if _, err := old.Input(dialog.Input{Kind: dialog.Press, Prompt: m.Prompt, Choice: m.Buttons[0].ID}); err != nil {
			return nil, err
		}
		if diff := cmp.Diff(p.answers, old.answers); diff != "" {
			p.t.Errorf("an old button changed an answer:\n%s", diff)
		}
	}
	out, err := p.stage.Input(in)
	p.shown = append(p.shown, out...)
	return out, err
}

// A very long message is refused kindly in every kind of question, and does not make the session grow.
func TestHugeMessages(t *testing.T) {
	huge := strings.Repeat("I really do not know where to begin. ", 2800)
	fixtures(t, func(t *testing.T, lib *dialog.Library, text string) {
		tr, err := transcript.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		s := &stage{t: t, lib: lib}
		if _, err := s.Begin(tr.Head); err != nil || s.ended {
			t.Skip("it has no question")
		}
		said, err := s.Input(dialog.Input{Kind: dialog.Text, Text: huge})
		if err != nil || len(said) == 0 {
			t.Fatalf("it said %v (%v)", said, err)
		}
		if len(s.session) > 1000 || len(said[0].Text) > 5000 {
			t.Errorf("the session has %d bytes, the reply %d", len(s.session), len(said[0].Text))
		}
	})
}
