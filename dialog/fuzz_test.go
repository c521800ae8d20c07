package dialog_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"

	"tandem/dialog"
)

const hang = 10 * time.Second // what no file may take to load

// FuzzLoad reads whatever it is given as a flow and its words: it is loaded or refused, with a place, and what is
// loaded can be begun.
func FuzzLoad(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		texts := map[string]string{}
		for _, part := range archive.Files {
			texts[filepath.Base(part.Name)] = string(part.Data)
		}
		f.Add(texts["flow.yaml"], texts["en.yaml"])
	}
	f.Fuzz(func(t *testing.T, flow, words string) {
		id := "f"
		if _, rest, ok := strings.Cut(flow, "flow: "); ok {
			id, _, _ = strings.Cut(rest, "\n")
		}
		if id == "" || strings.ContainsAny(id, "/.\\") {
			id = "f"
		}
		slow := time.AfterFunc(hang, func() { panic("it hangs: " + strconv.Quote(flow) + " " + strconv.Quote(words)) })
		defer slow.Stop()
		lib, err := dialog.Load(fstest.MapFS{
			id + "/flow.yaml": &fstest.MapFile{Data: []byte(flow)},
			id + "/en.yaml":   &fstest.MapFile{Data: []byte(words)},
		})
		if err != nil {
			var at *dialog.SourceError
			if !errors.As(all(err)[0], &at) {
				t.Fatalf("the error has no place: %v", err)
			}
			return
		}
		if lib.Flow(id) == nil {
			return // its name was no name of a folder
		}
		if _, err := lib.Put(id, lib.Flow(id).Files, time.Time{}); err != nil {
			t.Fatalf("it was taken, and cannot be put back: %v", err)
		}
		session := &dialog.Session{ID: "s", Lang: "en"}
		_, err = lib.Begin(session, id, dialog.Context{Now: time.Unix(1e9, 0), All: true})
		var inputs *dialog.NeedInputsError
		var broken *dialog.BrokenError
		if err != nil && !errors.As(err, &inputs) && !errors.As(err, &broken) {
			t.Fatal(err)
		}
	})
}

// FuzzStep does random things to a rich flow. Whatever is done is answered, the session stays small and valid, and a
// step that was given only what it needed comes out as one that was given all (see stage.Input).
func FuzzStep(f *testing.F) {
	lib := richFlow(f)
	for _, seed := range []string{
		"rest\n7\nmy kids\nhealth\nget up\ntomorrow\nyes\nyes", "rest\n#0\nback\nback\n\x01x\nhelp\nskip",
		"?\n?\n?\n#11\nwords\nback", "a\n3\nb\nhome\n/goals\nc\nback\nd\nperson\npause\nstop", "x\n~y\n~stop\n^\n^^\nrestart\nyes\n##",
		"a\n3\nb\nhealth\nskip\nback\nback\nback\nback\n9\n\x01\n^\n#0\n#0", strings.Repeat("back\n", 40) + "help\nstart over\npause\nperson\n/goals\nresume",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, script string) { playScript(t, lib, script) })
}

// TestRandomConversations does the same with words that mean something.
func TestRandomConversations(t *testing.T) {
	lib := richFlow(t)
	lines := []string{
		"rest", "7", "0", "10", "2", "my kids", "health", "home", "at work", "yes", "no", "yes", "no", "ok", "family and a friend",
		"4,5", "6", "every day at 9", "tomorrow", "at 9", "lie down", "skip", "skip", "back", "back", "back", "back", "help", "pause",
		"person", "start over", "/goals", "resume", "#", "##", "#0", "#1", "#2", "#3", "^", "\x01", "\x01words", "?", "~7", "~rest",
		"~my kids", "~back", "the area", "the step", "change something", "goal", "that's right",
	}
	rapid.Check(t, func(r *rapid.T) {
		said := rapid.SliceOfN(rapid.SampledFrom(lines), 12, 60).Draw(r, "script")
		playScript(failing{t, r}, lib, strings.Join(said, "\n"))
	})
}

// failing is a test that fails as rapid wants it, so that it finds the shortest script.
type failing struct {
	testing.TB
	r *rapid.T
}

func (f failing) Errorf(format string, args ...any) { f.r.Errorf(format, args...) }
func (f failing) Fatalf(format string, args ...any) { f.r.Fatalf(format, args...) }
func (f failing) Fatal(args ...any)                 { f.r.Fatal(args...) }

func playScript(t testing.TB, lib *dialog.Library, script string) {
	tb := &table{stage: &stage{t: t, lib: lib}, t: t}
	if _, err := tb.Begin("flow: talk\nlang: en\n"); err != nil {
		t.Fatal(err)
	}
	var buttons []dialog.Message
	for i, line := range strings.Split(script, "\n") {
		if i > 60 || tb.ended {
			return
		}
		in := fuzzed(line, buttons, tb.state())
		if in.Kind == dialog.Expire {
			tb.now = tb.now.Add(80 * time.Hour)
		}
		said := tb.say(in)
		if len(said) == 0 && !tb.ended && in.Kind != dialog.Expire && in.Kind != dialog.Press { // a second tap is no news
			t.Fatalf("to %+v nothing was said", in)
		}
		for _, m := range said {
			if m.Text == "" || len(m.Prompt) > 32 {
				t.Fatalf("to %+v it said %+v", in, m)
			}
			if strings.Contains(m.Text, "“”") {
				t.Fatalf("to %+v it said %q: an answer is lost", in, m.Text)
			}
			if len(m.Buttons) > 0 {
				buttons = append(buttons, m)
			}
		}
		tb.valid()
	}
}

// fuzzed makes an input of a line: "#n" presses a button, "~" edits, "^" lets time go by, \x01 sends a picture.
func fuzzed(line string, buttons []dialog.Message, s *dialog.Session) dialog.Input {
	ref := func(s string) string { return "m" + s[:min(len(s), 8)] }
	in := dialog.Input{Kind: dialog.Text, Text: line, Ref: ref(line)}
	switch {
	case strings.HasPrefix(line, "#") && len(buttons) > 0:
		m := buttons[len(buttons)-1-(len(line)-1)%len(buttons)]
		b := m.Buttons[int(line[len(line)-1])%len(m.Buttons)]
		return dialog.Input{Kind: dialog.Press, Prompt: m.Prompt, Choice: b.ID, Ref: "b"}
	case strings.HasPrefix(line, "~"):
		in.Edited, in.Ref = true, ref(line[1:])
	case strings.HasPrefix(line, "^"):
		return dialog.Input{Kind: dialog.Expire, Turn: s.DueTurn}
	case strings.HasPrefix(line, "\x01"):
		in.Kind, in.Media, in.Text = dialog.Media, "photo", line[1:]
	}
	return in
}

// valid checks what must hold of a session between two steps.
func (tb *table) valid() {
	if tb.ended {
		return
	}
	s := tb.state()
	if s.Resting && !s.Due.IsZero() {
		tb.t.Fatalf("a timer runs while the session rests: %s", tb.session)
	}
	if s.Prompt == "" || len(s.Frames) == 0 || len(s.Frames) > 12 || len(tb.session) > 8000 {
		tb.t.Fatalf("the session is not valid: %s", tb.session)
	}
	for key, seen := s.Last, 0; key != ""; seen++ {
		data, ok := tb.answers[key]
		if !ok || seen > len(tb.answers) {
			tb.t.Fatalf("the row of answers breaks at %q: %s", key, tb.session)
		}
		var a dialog.Answer
		if err := json.Unmarshal(data, &a); err != nil {
			tb.t.Fatal(err)
		}
		key = a.Prev
	}
}

// richFlow is the flows of a fixture, with every word, a command, a call, a loop and a summary.
func richFlow(t testing.TB) *dialog.Library {
	t.Helper()
	flows := fstest.MapFS{}
	for _, name := range []string{"words", "commands", "rich"} {
		data, err := os.ReadFile("testdata/conversations/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		more, _ := folder(txtar.Parse(data))
		for path, file := range more {
			flows[path] = file
		}
	}
	lib, err := dialog.Loader{Patience: dialog.Patience{Remind: 24 * time.Hour, Rest: 72 * time.Hour}}.Load(flows)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}
