package cut_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tandem/adapters/cut"
)

// TestSplitKeepsEverything: no word is lost, no piece is too long or empty.
func TestSplitKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
			"a", "word ", "Sentence. ", "\n", "\n\n", " ", "e\u0301", "👩‍👩‍👧‍👦", "🇺🇦", "क्षि", "漢字。", "\u00a0", "\u200d", "\xff",
		}), 0, 60).Draw(t, "parts"), "")
		limit := rapid.IntRange(1, 40).Draw(t, "limit")
		pieces := cut.Split(text, limit)
		if got, want := squeeze(strings.Join(pieces, "")), squeeze(text); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
		for _, p := range pieces {
			if n := len(utf16.Encode([]rune(p))); n > max(limit, 2) || (len(pieces) > 1 && strings.TrimSpace(p) == "") {
				t.Fatalf("a piece of %d units over %d: %q", n, limit, p)
			}
		}
	})
}

func TestSplitPrefers(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		limit int
		want  []string
	}{
		"short":     {" One. ", 10, []string{" One. "}},
		"paragraph": {"One line.\nTwo.\n\nThree. Four.", 26, []string{"One line.\nTwo.", "Three. Four."}},
		"line":      {"One line. Two.\nThree. Four.", 24, []string{"One line. Two.", "Three. Four."}},
		"sentence":  {"One two three. Four five six seven", 24, []string{"One two three.", "Four five six seven"}},
		"word":      {"one two three four", 10, []string{"one two", "three four"}},
		"nothing":   {"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		"wide":      {"漢字漢字。漢字漢字", 7, []string{"漢字漢字。", "漢字漢字"}},
		"flags":     {"🇺🇦🇨🇭", 6, []string{"🇺🇦", "🇨🇭"}},
		"exactly":   {"abcd", 4, []string{"abcd"}},
	} {
		if diff := cmp.Diff(c.want, cut.Split(c.text, c.limit)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"abcd", 4, "abcd"},
		{"abcde", 4, "abc…"},
		{"ab cde", 4, "ab…"},
		{"a👍🏽b", 4, "a…"},
		{"", 4, ""},
	} {
		if got := cut.Shorten(c.text, c.limit); got != c.want {
			t.Errorf("%q to %d: got %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
