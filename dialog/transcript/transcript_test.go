package transcript

import (
	"strings"
	"testing"
)

// What is read is written back as it was.
func TestWrite(t *testing.T) {
	const text = `flow: a
lang: en
---
Tandem: Hello.
  
  How are you?
  [Well] [Not so well]
# A remark.

Client: [Well]
Client: two lines
  of words
Client: (photo)
Client: (photo) with words
Client: (sighs) so so
Client changes "two lines": one: line
(2 days later)
Kept: goal words = x
`
	tr, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if got := tr.Write(); got != text {
		t.Errorf("got:\n%s", got)
	}
	if l := tr.Lines[7]; l.Media != "" || l.Text != "(sighs) so so" {
		t.Errorf("words in brackets were read as %+v", l)
	}
}

// What cannot be read says where, and how it should be.
func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"flow: a\n":                         "a line of three dashes",
		"a: b\n---\nSomebody: hello\n":      "line 3: a line begins with Tandem:",
		"a: b\n---\n  more\n":               "line 3: an indented line goes on with the one above",
		"a: b\n---\n\n(soon)\n":             "line 4: \"(soon)\": time goes by as in (2 days later)",
		"a: b\n---\n(2 moons later)\n":      "in minutes, hours, days or weeks",
		"a: b\n---\n(-2 days later)\n":      "time goes by as in",
		"a: b\n---\nClient changes \"x\"\n": "line 3: a line begins with",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}
