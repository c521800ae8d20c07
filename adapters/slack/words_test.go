package slack

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tandem/dialog"
)

// hard is made of what goes wrong in escaping.
func hard() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
			"a", " ", "\n", "<", ">", "&", "|", "!", "@U1", "#C1", "<!channel>", "<@U1>", "&lt;", "&amp;", "*b*", "`", ":wave:", "👍🏽",
			"https://example.org/x", "http://", ".", "שלום", "\xff",
		}), 0, 30).Draw(t, "parts"), "")
	})
}

// TestEscapeRoundTrip: no mark-up survives, and the words do.
func TestEscapeRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := hard().Draw(t, "text")
		safe := escape(text)
		if strings.ContainsAny(safe, "<>") {
			t.Fatalf("%q became %q", text, safe)
		}
		if got, want := plain(safe), strings.ToValidUTF8(text, "\uFFFD"); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

// TestWordsRoundTrip: what is sent as rich text is read back letter by letter, and nothing in it is a mention.
func TestWordsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, label := hard().Draw(t, "text"), rapid.SampledFrom([]string{"", "✓ Yes"}).Draw(t, "label")
		var bold []string
		if label != "" {
			bold = append(bold, label)
		}
		data, err := json.Marshal([]any{words(wordsBlock, text, bold...)})
		if err != nil {
			t.Fatal(err)
		}
		if s := string(data); strings.Contains(s, `"broadcast"`) || strings.Contains(s, `"user"`) {
			t.Fatal(s)
		}
		got, ok := richWords(data)
		if want := strings.ToValidUTF8(text, "\uFFFD") + label; !ok || got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a": "a", "1 &lt; 2 &amp;&amp; 3 &gt; 2": "1 < 2 && 3 > 2", "&amp;lt;": "&lt;", "<@U1>": "@U1", "<@U1|sam>": "@sam",
		"<#C1|walks>": "#walks", "<#C1|>": "#C1", "<!here>": "@here", "<!subteam^S1|@coaches>": "@coaches",
		"<!date^1^{date}|1 March>": "1 March", "<https://example.org>": "https://example.org", "<mailto:a@example.org|a@example.org>": "a@example.org",
		"<": "<", "a <b": "a <b", "<>": "", "a > b": "a > b",
	} {
		if got := plain(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestLinks(t *testing.T) {
	for in, want := range map[string]string{
		"see https://example.org/a.": "https://example.org/a", "(http://example.org/b)": "http://example.org/b",
		"https://example.org/?a=b&c=d#e now": "https://example.org/?a=b&c=d#e", "<https://example.org|x>": "https://example.org|x",
		"example.org": "", "ftp://example.org": "", "https://": "", "javascript:https": "",
	} {
		data, err := json.Marshal(words("", in))
		if err != nil {
			t.Fatal(err)
		}
		var b node
		if err := json.Unmarshal(data, &b); err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, e := range b.Elements[0].Elements {
			got += e.URL
		}
		if got != want {
			t.Errorf("%q: link %q, want %q", in, got, want)
		}
	}
}

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
	for _, data := range []string{"", "1", "1:", "1a:", "1:b", "2a:b", "1a:b:c", "1A:b", "1?:b", "1" + strings.Repeat("a", 100) + ":" + strings.Repeat("b", 50)} {
		if p, c := decodeButton(data); p != unknownPrompt || c != "" {
			t.Errorf("%q: got %q, %q", data, p, c)
		}
	}
}

func TestPlaceNames(t *testing.T) {
	for _, p := range []place{{"T1", "D1", ""}, {"E1", "C1", ""}, {"T1", "G1", "1760000000.000100"}} {
		if got, err := placeOf(p.conversation()); err != nil || got != p {
			t.Errorf("%+v became %+v: %v", p, got, err)
		}
	}
	for ts, want := range map[string]int64{
		"1760000000.000100": 1760000000000100, "0.000001": 1, "99999999999.999999": 99999999999999999, "": 0, "1": 0, "1.1": 0,
		"1.0000001": 0, "-1.000001": 0, "1.00000a": 0, "999999999999.000000": 0, "1e3.000000": 0,
	} {
		if got := micros(ts); got != want {
			t.Errorf("%q: got %d, want %d", ts, got, want)
		}
	}
}

// TestRows: the rows of buttons are about even.
func TestRows(t *testing.T) {
	for n, want := range map[int][]int{1: {1}, 5: {5}, 6: {3, 3}, 7: {4, 3}, 11: {4, 4, 3}, 25: {5, 5, 5, 5, 5}} {
		if _, err := buttonRows(dialog.Message{Prompt: "p", Buttons: make([]dialog.Button, n)}); err == nil {
			t.Error("buttons without ids were taken")
		}
		m := dialog.Message{Prompt: "p"}
		for range n {
			m.Buttons = append(m.Buttons, dialog.Button{ID: "x", Label: "x"})
		}
		blocks, err := buttonRows(m)
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, b := range blocks {
			data, _ := json.Marshal(b)
			var row node
			if err := json.Unmarshal(data, &row); err != nil {
				t.Fatal(err)
			}
			got = append(got, len(row.Elements))
		}
		if len(got) != len(want) {
			t.Errorf("%d buttons: %v, want %v", n, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%d buttons: %v, want %v", n, got, want)
			}
		}
	}
}
