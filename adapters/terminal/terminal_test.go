package terminal_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem/adapters/adaptertest"
	"tandem/adapters/terminal"
	"tandem/bot"
	"tandem/dialog"
)

// screen remembers every paragraph by itself.
type screen struct{ paragraphs []string }

func (s *screen) Write(p []byte) (int, error) {
	if string(p) != "\n" {
		s.paragraphs = append(s.paragraphs, strings.TrimSuffix(string(p), "\n"))
	}
	return len(p), nil
}

func TestPlatform(t *testing.T) {
	adaptertest.Platform(t, func(*testing.T) adaptertest.Rig {
		s := &screen{}
		return adaptertest.Rig{
			Platform:     terminal.New(strings.NewReader(""), s, terminal.Options{}),
			Conversation: "terminal:1",
			Seen: func() []adaptertest.Bubble {
				var out []adaptertest.Bubble
				for _, p := range s.paragraphs {
					out = append(out, adaptertest.Bubble{Text: p})
				}
				return out
			},
		}
	})
}

func buttons(labels ...string) []dialog.Button {
	out := make([]dialog.Button, len(labels))
	for i, l := range labels {
		out[i] = dialog.Button{ID: "b", Label: l}
		if strings.HasPrefix(l, "word-") {
			out[i] = dialog.Button{ID: l, Label: strings.TrimPrefix(l, "word-")}
		}
	}
	return out
}

func TestLayout(t *testing.T) {
	for _, tt := range []struct {
		name    string
		text    string
		buttons []dialog.Button
		width   int
		want    string
	}{
		{name: "a statement", text: "Hello.", want: "Hello.\n"},
		{name: "choices", text: "Which?", buttons: buttons("Home", "Work"), want: "Which?\n  1) Home\n  2) Work\n"},
		{
			name: "a ruler", text: "How much?", buttons: buttons("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"),
			want: "How much?\n  0 … 10\n",
		},
		{name: "numbers with gaps", text: "How long?", buttons: buttons("5", "10", "20"), want: "How long?\n  5  10  20\n"},
		{name: "ways out are not counted", text: "Which?", buttons: buttons("Home", "word-skip", "word-help"), want: "Which?\n  1) Home\n  [skip] [help]\n"},
		{name: "wrapped", text: "one two three four five six", width: 20, want: "one two three four\nfive six\n"},
		{name: "lines stay", text: "one\n\ntwo", width: 20, want: "one\n\ntwo\n"},
		{name: "a word that is too long", text: strings.Repeat("a", 45), width: 20, want: "aaaaaaaaaaaaaaaaaaaa\naaaaaaaaaaaaaaaaaaaa\naaaaa\n"},
		{name: "no room at all", text: "one two three four", width: 3, want: "one two three four\n"},
		{
			name: "a choice over two lines", text: "Which?", buttons: buttons("the one with many more words", "no"), width: 26,
			want: "Which?\n  1) the one with many\n     more words\n  2) no\n",
		},
		{name: "what a terminal would obey", text: "a\x1b[2Jb\a\u009bc\xff", want: "a[2Jbc\uFFFD\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			term := terminal.New(strings.NewReader(""), &out, terminal.Options{Width: func() int { return tt.width }})
			if _, err := term.Send(t.Context(), "terminal:1", bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: tt.text, Buttons: tt.buttons}}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, out.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestReadLine(t *testing.T) {
	long := strings.Repeat("x", terminal.LongestLine+5000)
	for _, tt := range []struct {
		name string
		in   string
		want []string
	}{
		{name: "nothing", in: "", want: nil},
		{name: "lines", in: "one\ntwo\r\n\nthree", want: []string{"one", "two", "", "three"}},
		{name: "100 kB", in: strings.Repeat("x", 100_000) + "\nafter\n", want: []string{strings.Repeat("x", 100_000), "after"}},
		{name: "too long to be read", in: long + "\nafter\n", want: []string{long[:terminal.LongestLine], "after"}},
		{name: "garbage", in: "\xff\xfe\x00\n", want: []string{"\uFFFD\x00"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			term := terminal.New(strings.NewReader(tt.in), io.Discard, terminal.Options{})
			var got []string
			for {
				line, err := term.ReadLine()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// Who types sees a prompt, and sees it again after something came in between; who reads a transcript sees what was typed.
func TestPrompt(t *testing.T) {
	hello := bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: "Hello."}}
	talk := func(o terminal.Options) string {
		var out bytes.Buffer
		term := terminal.New(strings.NewReader(""), &out, o)
		for _, step := range []func(){
			func() { _, _ = term.Send(t.Context(), "terminal:1", hello) },
			term.Ask, term.Ask,
			func() { _, _ = term.Send(t.Context(), "terminal:1", hello) },
			term.Ask,
			func() { term.Heard("a\nb") },
			func() { term.Note("a remark") },
		} {
			step()
		}
		return out.String()
	}
	if got, want := talk(terminal.Options{Live: true}), "Hello.\n\n> \n\nHello.\n\n> \n(a remark)\n"; got != want {
		t.Errorf("live: %q, want %q", got, want)
	}
	if got, want := talk(terminal.Options{}), "Hello.\n\nHello.\n\n> a\n  b\n\n(a remark)\n"; got != want {
		t.Errorf("piped: %q, want %q", got, want)
	}
}

// A screen that takes nothing any more is told, and is no reason to lose a message.
func TestClosedOutput(t *testing.T) {
	term := terminal.New(strings.NewReader(""), broken{}, terminal.Options{})
	_, err := term.Send(t.Context(), "terminal:1", bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: "Hello."}})
	var se *bot.SendError
	if !errors.As(err, &se) || se.Fate != bot.Later || term.Err() == nil {
		t.Errorf("%v, %v", err, term.Err())
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
