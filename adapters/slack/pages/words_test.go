package pages

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLoad(t *testing.T) {
	w, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"en", "es"}, w.Languages()); diff != "" {
		t.Errorf("languages (-want +got)\n%s", diff)
	}
	for lang, open := range map[string]string{"en": "Open", "es": "Abrir", "fr": "Open", "": "Open"} {
		if got := w.In(lang).Home.Open; got != open {
			t.Errorf("in %q the button says %q, want %q", lang, got, open)
		}
	}
}

// TestRead: a mistake in a file of words is said with the file and the key.
func TestReadWords(t *testing.T) {
	good, err := files.ReadFile("words/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"as it is":              {"open: Open", "open: Open", ""},
		"a key that is missing": {"  open: Open\n", "", "home.open: there is no text"},
		"a key not known":       {"open: Open", "open: Open\n  opem: Open", "opem"},
		"an empty text":         {"open: Open", `open: " "`, "home.open: there is no text"},
		"a wrong placeholder":   {"Write to {name}", "Write to {nome}", "home.write: {nome}"},
		"no placeholder":        {"Write to {name}", "Write", "home.write: {name} is missing"},
		"one where none can be": {"open: Open", `open: "Open {name}"`, "home.open: {name}"},
		"a long title":          {"letter: A message", "letter: A message that is very long", "modal.letter: 27 characters, and Slack shows 24"},
	} {
		t.Run(name, func(t *testing.T) {
			text := string(good)
			if !strings.Contains(text, c.from) {
				t.Fatalf("%q is not in the file", c.from)
			}
			_, err := read("words/en.yaml", []byte(strings.Replace(text, c.from, c.to, 1)))
			switch {
			case c.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "words/en.yaml")):
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
