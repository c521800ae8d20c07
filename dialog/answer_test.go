package dialog_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tandem/dialog"
)

// A value is plain JSON, and comes back as it was.
func TestValueStored(t *testing.T) {
	kinds := rapid.OneOf(
		rapid.Map(rapid.String(), dialog.TextValue),
		rapid.Map(rapid.Float64Range(-1e15, 1e15), func(f float64) dialog.Value { return dialog.NumberValue(f + 0) }),
		rapid.Map(rapid.IntRange(-1e6, 1e6), func(i int) dialog.Value { return dialog.NumberValue(float64(i)) }),
		rapid.Map(rapid.Bool(), dialog.YesValue),
		rapid.Map(rapid.SliceOf(rapid.StringMatching(`[a-z0-9-]{1,24}`)), dialog.ListValue),
		rapid.Map(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) dialog.Option {
			return dialog.Option{ID: rapid.String().Draw(t, "id"), Label: rapid.String().Draw(t, "label")}
		}), 1, 4), dialog.OptionsValue),
		rapid.Just(dialog.Value{}),
	)
	rapid.Check(t, func(t *rapid.T) {
		want := kinds.Draw(t, "value")
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if want.Opts == nil {
			plain, err := json.Marshal(want.Any())
			if err != nil || string(plain) != string(data) {
				t.Fatalf("it is stored as %s; plain JSON is %s (%v)", data, plain, err)
			}
		}
		var got dialog.Value
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s came back otherwise:\n%s", data, diff)
		}
	})
}
