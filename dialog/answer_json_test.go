package dialog_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tandem/dialog"
)

// TestAppendJSON compares what is written by hand with what json.Marshal writes.
func TestAppendJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.Just(""), rapid.String(), rapid.StringMatching(`[ -~]*`))
		a := dialog.Answer{
			Said: text.Draw(t, "said"), Shown: text.Draw(t, "shown"), Asked: text.Draw(t, "asked"), Prompt: text.Draw(t, "prompt"),
			Flow: text.Draw(t, "flow"), Version: text.Draw(t, "version"), Step: text.Draw(t, "step"), Ref: text.Draw(t, "ref"),
			Prev: text.Draw(t, "prev"), Rests: text.Draw(t, "rests"), Made: rapid.SliceOf(text).Draw(t, "made"),
		}
		switch rapid.IntRange(0, 4).Draw(t, "value") {
		case 1:
			a.Value = dialog.TextValue(text.Draw(t, "text"))
		case 2:
			a.Value = dialog.NumberValue(rapid.Float64().Draw(t, "number"))
		case 3:
			a.Value = dialog.YesValue(rapid.Bool().Draw(t, "yes"))
		case 4:
			a.Value = dialog.ListValue(rapid.SliceOf(text).Draw(t, "list"))
		}
		if rapid.Bool().Draw(t, "nested") {
			a.Stack = []dialog.Frame{{Flow: "goal", Version: "1", Step: text.Draw(t, "frame"), Aside: true}}
			a.At = time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "at"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC()
		}
		want, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		got, err := a.AppendJSON(nil)
		if err != nil || string(got) != string(want) {
			t.Fatalf("written by hand: %s, %v\nby json.Marshal: %s", got, err, want)
		}
	})
}
