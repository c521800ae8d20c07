package dialog_test

import (
	"encoding/json"
	"testing"
	"testing/fstest"
	"time"

	"tandem/dialog"
)

// replyFlow asks for words, and says which of the functions on replies hold for them.
func replyFlow() fstest.MapFS {
	const words = `a: What?
b: '{silent(a) ? "silent " : ""}{denies(a) ? "denies " : ""}{clean(a) ? "clean" : ""}.'
`
	return fstest.MapFS{
		"f/flow.yaml": {Data: []byte("flow: f\ntarget_change: a test\nstance: neutral\nstart: a\nsteps:\n" +
			"  a: {kind: text, next: b}\n  b: {kind: say, next: end}\n  end: {kind: end}\n")},
		"f/en.yaml": {Data: []byte(words)}, "f/es.yaml": {Data: []byte(words)},
	}
}

// What a reply is counts whatever language the conversation is in.
func TestReplies(t *testing.T) {
	for said, want := range map[string]string{
		"my kids keep me going": "clean.",
		"mis hijos":             "clean.",
		"No.":                   "silent denies clean.",
		"no, no, no":            "silent denies clean.",
		"no time at all":        "denies clean.",
		"not really":            "denies clean.",
		"nothing":               "silent denies clean.",
		"I don’t know":          "silent clean.",
		"IDK":                   "silent denies clean.",
		"7":                     "silent clean.",
		"3 / 4":                 "silent clean.",
		"3 ❤️":                  "clean.",
		"notes on the fridge":   "clean.",
		"Nada":                  "silent denies clean.",
		"no lo sé":              "silent denies clean.",
		"nadie me ayuda":        "denies clean.",
		"noches largas":         "clean.",
		"a lollipop":            "clean.",
		"lol my mum":            ".",
		"ahahaha sure":          ".",
		"yeah, right":           ".",
		"bullshit":              ".",
		"jajaja vale":           ".",
		"would it help?":        ".",
		"¡ya!":                  ".",
		"no shit":               "denies .",
	} {
		for _, lang := range []string{"en", "es"} {
			s := &stage{t: t}
			var err error
			if s.lib, err = dialog.Load(replyFlow()); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Begin("flow: f\nlang: " + lang + "\n"); err != nil {
				t.Fatal(err)
			}
			got, err := s.Input(dialog.Input{Kind: dialog.Text, Text: said})
			if err != nil || texts(got) != want {
				t.Errorf("%q in %s: got %q (%v), want %q", said, lang, texts(got), err, want)
			}
		}
	}
}

// A reminder says the question once more, and is not what somebody who is back was away from. A session that an older
// program stored does not know when its question was asked: a greeting is taken as it always was.
func TestGreetingAfterReminder(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*table)
		want   string
	}{
		"a reminder":    {func(tb *table) { tb.say(dialog.Input{Kind: dialog.Again}) }, "Hello again.|What would you like?"},
		"an old button": {func(tb *table) { tb.say(dialog.Input{Kind: dialog.Press, Prompt: "old", Choice: "x"}) }, "Where in your life is it?"},
		"an older program": {func(tb *table) {
			var stored map[string]any
			if err := json.Unmarshal(tb.session, &stored); err != nil {
				t.Fatal(err)
			}
			delete(stored, "asked")
			tb.session, _ = json.Marshal(stored)
		}, "Where in your life is it?"},
	} {
		t.Run(name, func(t *testing.T) {
			tb := sit(t, archived(t, "testdata/conversations/greeting.txtar"), "wish")
			tb.now = tb.now.Add(24 * time.Hour)
			test.change(tb)
			tb.now = tb.now.Add(time.Minute)
			if got := texts(tb.types("hello")); got != test.want {
				t.Errorf("it said %q, want %q", got, test.want)
			}
		})
	}
}
