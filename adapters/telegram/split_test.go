package telegram

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tandem/adapters/cut"
	"tandem/bot"
	"tandem/dialog"
)

func TestButtonRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prompt := rapid.StringMatching(`[a-z0-9.]{1,32}`).Draw(t, "prompt")
		choice := rapid.StringMatching(`[a-z0-9-]{1,24}`).Draw(t, "choice")
		data, err := encodeButton(prompt, choice)
		if err != nil || len(data) > maxData {
			t.Fatalf("%q: %v", data, err)
		}
		if p, c := decodeButton(data); p != prompt || c != choice {
			t.Fatalf("got %q, %q", p, c)
		}
	})
}

func TestButtonForged(t *testing.T) {
	for _, data := range []string{"", "1", "1:", "1a:", "1:b", "1a", "2a:b", "1a:b:c", "1A:b", "1a:b c", "1?:b", "1a:b\x00",
		"1a:é", "1" + strings.Repeat("a", 40) + ":" + strings.Repeat("b", 40)} {
		if p, c := decodeButton(data); p != unknownPrompt || c != "" {
			t.Errorf("%q: got %q, %q", data, p, c)
		}
	}
	for _, c := range [][2]string{{"", "b"}, {"a", ""}, {"a:b", "c"}, {"?", "b"}, {strings.Repeat("a", 40), strings.Repeat("b", 30)}} {
		if data, err := encodeButton(c[0], c[1]); err == nil {
			t.Errorf("%q was taken: %q", c, data)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		p, c := decodeButton(rapid.String().Draw(t, "data"))
		if p == "" || (p == unknownPrompt && c != "") {
			t.Fatalf("got %q, %q", p, c)
		}
	})
}

func TestKeyboardLayout(t *testing.T) {
	for name, c := range map[string]struct {
		labels string
		want   []int
	}{
		"yes or no":      {"Yes|No", []int{2}},
		"a ruler":        {"0|1|2|3|4|5|6|7|8|9|10", []int{6, 5}},
		"days":           {"Monday|Tuesday|Friday|Sunday", []int{2, 2}},
		"middling":       {"Not sure yet|Another day|Tomorrow", []int{2, 1}},
		"long":           {"Keep it as it is now|Make it smaller|Leave it", []int{1, 1, 1}},
		"one":            {"Skip", []int{1}},
		"seven":          {"1|2|3|4|5|6|7", []int{4, 3}},
		"emoji are wide": {"👩‍👩‍👧‍👦|👍🏽", []int{2}},
	} {
		m := dialog.Message{Prompt: "p"}
		for _, l := range strings.Split(c.labels, "|") {
			m.Buttons = append(m.Buttons, dialog.Button{ID: "x", Label: l})
		}
		kb, err := newKeyboard(m)
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, row := range kb.Rows {
			got = append(got, len(row))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

func TestLabel(t *testing.T) {
	long := label(dialog.Button{Label: strings.Repeat("👩‍👩‍👧‍👦", 10)})
	if cut.Units(long) > maxLabel || !strings.HasSuffix(long, "👩‍👩‍👧‍👦…") {
		t.Errorf("got %q", long)
	}
	if got := label(dialog.Button{ID: "yes", Label: " \n"}); got != "yes" {
		t.Errorf("an empty label shows %q", got)
	}
	if got := label(dialog.Button{Label: "two\nlines"}); got != "two lines" {
		t.Errorf("got %q", got)
	}
}

func TestSettledText(t *testing.T) {
	for name, c := range map[string]struct{ o, want string }{
		"plain":    {"Ready?|Yes", "Ready?\n\n<b>✓ Yes</b>"},
		"markup":   {"a<b & \"c\"|<i>", "a&lt;b &amp; &#34;c&#34;\n\n<b>✓ &lt;i&gt;</b>"},
		"no label": {"Ready?|", "Ready?"},
		"no text":  {"|Yes", ""},
		"too long": {strings.Repeat("x", 4090) + "|Yes", ""},
	} {
		text, label, _ := strings.Cut(c.o, "|")
		if got := settled(bot.Outgoing{Text: text, Label: label}); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestCommand(t *testing.T) {
	for text, want := range map[string][2]string{
		"/stop": {"stop", ""}, " /Stop ": {"stop", ""}, "/help@x_bot me now": {"help", "me now"}, "/a\nb": {"a", "b"},
		"/": {}, "//": {}, "/ 3": {}, "/7/10": {}, "/help@": {}, "/привет": {}, "stop": {}, "": {}, "/help@@x": {},
		"/7": {"7", ""}, "/" + strings.Repeat("a", 33): {},
	} {
		if name, rest := command(text); name != want[0] || rest != want[1] {
			t.Errorf("%q: got %q, %q", text, name, rest)
		}
	}
}
