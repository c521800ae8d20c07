package pages

import (
	"errors"
	"html"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestDraft: whatever was typed comes back from a modal as it was, also where marks of HTML are escaped on the way.
func TestDraft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune(`\.&<>"'|`+"\n\t")), rapid.Rune()))
		d := Draft{
			Do: rapid.SampledFrom([]Do{Letter, Suggest, Invite}).Draw(t, "do"), Lang: "es", Case: "c1", Name: text.Draw(t, "name"),
			Goal: text.Draw(t, "goal"), Base: rapid.Int().Draw(t, "base"), Kind: "words", Title: text.Draw(t, "title"),
			Text: text.Draw(t, "text"), Note: text.Draw(t, "note"),
		}
		carried := d.carried()
		if escaped := html.EscapeString(strings.NewReplacer(`"`, "", "'", "").Replace(carried)); strings.Contains(escaped, "&") {
			t.Errorf("it holds marks of HTML: %q", carried)
		}
		if got, err := ReadDraft(carried); err != nil || got != d {
			t.Errorf("%+v came back as %+v: %v", d, got, err)
		}
	})
}

func TestReadDraft(t *testing.T) {
	good := Draft{Do: Letter, Lang: "en", Case: "c1", Name: "Sam", Text: "hello"}.carried()
	for name, carried := range map[string]string{
		"nothing":          "",
		"another version":  "2" + good[1:],
		"cut off":          good[:len(good)-1],
		"a field less":     good[:len(good)-2],
		"a field more":     good + `x\.`,
		"an unknown mark":  strings.Replace(good, "Sam", `\z`, 1),
		"no client":        Draft{Do: Letter}.carried(),
		"nothing to do":    Draft{Case: "c1"}.carried(),
		"a version in all": strings.Replace(good, `\.0\.`, `\.one\.`, 1),
	} {
		if d, err := ReadDraft(carried); !errors.Is(err, ErrOld) {
			t.Errorf("%s: read as %+v, %v", name, d, err)
		}
	}
	if _, err := ReadDraft(good); err != nil {
		t.Errorf("a good one: %v", err)
	}
}

func TestReadAct(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want Act
		bad  bool
	}{
		"a page":            {`{"do":"open","case":"c1","from":60}`, Act{Do: Open, Case: "c1", From: 60}, false},
		"before the first":  {`{"do":"list","from":-3}`, Act{Do: List}, false},
		"an unknown button": {`{"do":"dance"}`, Act{}, true},
		"no client":         {`{"do":"letter"}`, Act{}, true},
		"no JSON":           {"secretword", Act{}, true},
	} {
		got, err := ReadAct(c.data)
		if (err != nil) != c.bad || got != c.want {
			t.Errorf("%s: %+v %v", name, got, err)
		}
		if err != nil && strings.Contains(err.Error(), "secretword") {
			t.Errorf("%s: the error tells what was in it: %v", name, err)
		}
	}
}
