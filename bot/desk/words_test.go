package desk_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"tandem/bot/desk"
)

// Every mistake in the words is told with its file and its key.
func TestLoadWordsRefuses(t *testing.T) {
	for _, test := range []struct {
		name, old, new string
		want           []string
	}{
		{"a key that is missing", "today: today\n", "", []string{"words/en.yaml", `"today" is missing`}},
		{"a key that is not known", "today: today\n", "today: today\nthis-day: today\n", []string{"words/en.yaml", "this-day"}},
		{"a key that stands twice", "today: today\n", "today: today\ntoday: now\n", []string{"words/en.yaml", "today"}},
		{"an empty text", "today: today\n", "today: ' '\n", []string{"words/en.yaml", `"today" is missing or empty`}},
		{"an unknown placeholder", `"{n} days ago"`, `"{m} days ago"`, []string{"words/en.yaml", `"days-ago" has {m}`}},
		{"a placeholder where none belongs", "today: today", "today: today {n}", []string{`"today" has {n}`}},
		{"a lost placeholder", `"{n} days ago"`, `"days ago"`, []string{`"days-ago" lacks {n}`}},
		{"an open brace", `"{n} days ago"`, `"{n} days {ago"`, []string{`"days-ago" has a brace on its own`}},
		{"a month too few", "January, February", "February", []string{`"months" has 11 names`}},
		{"a month without a name", "January, February", "'', February", []string{`"months" is missing or empty`}},
		{"two at once", "today: today\nyesterday: yesterday\n", "", []string{`"today"`, `"yesterday"`}},
		{"a key of a part", "overview-title: Your clients\n", "", []string{`"overview-title"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			en := read(t, "words/en.yaml")
			if !strings.Contains(en, test.old) {
				t.Fatalf("the words hold no %q", test.old)
			}
			_, err := desk.LoadWordsFrom(fstest.MapFS{
				"words/en.yaml": {Data: []byte(strings.Replace(en, test.old, test.new, 1))},
				"words/es.yaml": {Data: []byte(read(t, "words/es.yaml"))},
			})
			if err == nil {
				t.Fatal("the words were taken")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not tell %q:\n%v", want, err)
				}
			}
		})
	}
}

func TestLoadWordsWantsBothFiles(t *testing.T) {
	_, err := desk.LoadWordsFrom(fstest.MapFS{"words/en.yaml": {Data: []byte(read(t, "words/en.yaml"))}})
	if err == nil || !strings.Contains(err.Error(), "words/es.yaml") {
		t.Errorf("got %v", err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Nothing of the code's own shows, in any language, and no placeholder is left open.
func TestWordsAreFilledIn(t *testing.T) {
	w := words(t)
	for _, lang := range []string{"en", "es", "es-MX", "fr", ""} {
		for _, text := range everything(w, lang, append(many(40), cornerCases()...)) {
			if strings.ContainsAny(text, "{}") || strings.Contains(text, "%!") || strings.Contains(text, "  ") || strings.ContainsRune(text, utf8.RuneError) {
				t.Errorf("%s: %q", lang, text)
			}
		}
	}
}

func TestShorten(t *testing.T) {
	family := "👩\u200d👩\u200d👧"
	for _, test := range []struct {
		name, text, want string
		most             int
	}{
		{"fits", "up 15 minutes", "up 15 minutes", 13},
		{"at a word", "up 15 minutes before them", "up 15 minutes…", 16},
		{"a word ends right there", "up 15 minutes before", "up 15 minutes…", 14},
		{"no space before the ellipsis", "up, up 15", "up…", 6},
		{"one long word", "Donaudampfschiff", "Donauda…", 8},
		{"pictures count as two", "👍👍👍👍", "👍👍…", 5},
		{"no half picture", "ab" + family + family, "ab…", 9},
		{"accents stay on their letter", "sen\u0303oritas", "se…", 4},
		{"nothing", "", "", 5},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := desk.Shorten(test.text, test.most); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		" two\n\nlines\tand a tab ": "two lines and a tab",
		"turned \u202eround\u202c":  "turned round",
		"\x00zero\xff":              "zero",
		"👩\u200d👧 stays as it is":   "👩\u200d👧 stays as it is",
	} {
		if got := desk.Clean(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
