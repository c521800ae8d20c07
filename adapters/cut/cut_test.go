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

// hard is made of what goes wrong in cutting: marks, joiners, flags, skin tones, conjuncts, wide stops, spaces.
func hard() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{
			"a", "word ", "Sentence. ", "\n", "\n\n", " ", "é", "e\u0301", "👩‍👩‍👧‍👦", "🇺🇦", "🇨🇭", "👍🏽", "❤️", "क्षि", "नमस्ते", "각",
			"漢字。", "שלום ", "\u00a0", "\u200d", "𝕏", "\xff", "\r\n", "<b>", "&amp;",
		}), 0, 60).Draw(t, "parts")
		return strings.Join(parts, "")
	})
}

// TestSplitKeepsEverything: no word is lost, no piece is too long or empty.
func TestSplitKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, limit := hard().Draw(t, "text"), rapid.IntRange(1, 40).Draw(t, "limit")
		pieces := cut.Split(text, limit)
		if got, want := squeeze(strings.Join(pieces, "")), squeeze(text); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
		for _, p := range pieces {
			// One rune alone may be longer than a limit of 1; nothing else may.
			if n := len(utf16.Encode([]rune(p))); n > max(limit, 2) {
				t.Fatalf("a piece of %d units over %d: %q", n, limit, p)
			}
			if len(pieces) > 1 && strings.TrimSpace(p) == "" {
				t.Fatalf("an empty piece in %q", pieces)
			}
		}
	})
}

// TestSplitKeepsCharacters: with room for the longest of them, no character is cut.
func TestSplitKeepsCharacters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clusters := rapid.SliceOfN(rapid.SampledFrom([]string{
			"a", "e\u0301", "👩‍👩‍👧‍👦", "🇺🇦", "👍🏽", "❤️", "क्षि", "각", "漢", "𝕏", "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
		}), 1, 80).Draw(t, "clusters")
		pieces := cut.Split(strings.Join(clusters, ""), rapid.IntRange(14, 40).Draw(t, "limit"))
		for _, p := range pieces {
			for p != "" && len(clusters) > 0 {
				rest, ok := strings.CutPrefix(p, clusters[0])
				if !ok {
					t.Fatalf("%q was cut: %q", clusters[0], pieces)
				}
				p, clusters = rest, clusters[1:]
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
		"short":       {"One.", 10, []string{"One."}},
		"as it is":    {" One. ", 10, []string{" One. "}},
		"paragraph":   {"One line.\nTwo.\n\nThree. Four.", 26, []string{"One line.\nTwo.", "Three. Four."}},
		"line":        {"One line. Two.\nThree. Four.", 24, []string{"One line. Two.", "Three. Four."}},
		"sentence":    {"One two three. Four five six seven", 24, []string{"One two three.", "Four five six seven"}},
		"quotation":   {"You said \"yes.\" Four five six", 24, []string{"You said \"yes.\"", "Four five six"}},
		"word":        {"one two three four", 10, []string{"one two", "three four"}},
		"nothing":     {"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		"no stump":    {"Yes. abcdefghijklmnopqrst uvw", 24, []string{"Yes.", "abcdefghijklmnopqrst uvw"}},
		"wide":        {"漢字漢字。漢字漢字", 7, []string{"漢字漢字。", "漢字漢字"}},
		"emoji":       {"👍👍👍", 4, []string{"👍👍", "👍"}},
		"flags":       {"🇺🇦🇨🇭", 6, []string{"🇺🇦", "🇨🇭"}},
		"zalgo":       {"a\u0301\u0301\u0301\u0301", 3, []string{"a\u0301\u0301", "\u0301\u0301"}},
		"invalid":     {"a\xffb", 2, []string{"a\uFFFD", "b"}},
		"only space":  {strings.Repeat(" ", 9), 4, []string{""}},
		"exactly":     {"abcd", 4, []string{"abcd"}},
		"hard spaces": {"10\u00a0km 10\u00a0km", 8, []string{"10\u00a0km", "10\u00a0km"}},
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
