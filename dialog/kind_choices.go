package dialog

import (
	"slices"
	"strings"

	"tandem/dialog/understand"
)

const doneButton = wordButton + "done"

// choicesKind asks for any of several. Buttons are pressed one after the other and closed with "done"; typed, all of
// them may be named at once.
type choicesKind struct {
	optionSet
	atLeast, atMost int
}

func (k *choicesKind) read(f field) bool {
	switch f.key {
	case "at_least":
		k.atLeast = f.value.integer(0, 50)
	case "at_most":
		k.atMost = f.value.integer(1, 50)
	default:
		return k.optionSet.read(f)
	}
	return true
}

func (k *choicesKind) check(c *check, s *step) needs {
	ids := k.optionSet.check(c, s)
	if k.atMost == 0 {
		k.atMost = 50
	}
	if k.atLeast > k.atMost || (k.from == nil && k.atLeast > len(ids)) {
		s.fail("step %q: at_least is more than can be chosen", s.id)
	}
	return needs{text: true, options: ids}
}

func (*choicesKind) valueType() valueType { return listType }

func (k *choicesKind) buttons(t *turn, s *step) []Button {
	var out []Button
	for _, o := range k.list(t, s) {
		if !slices.Contains(t.s.Picked, o.ID) {
			out = append(out, Button(o))
		}
	}
	if len(t.s.Picked) >= k.atLeast {
		out = append(out, Button{ID: doneButton, Label: t.pack.Labels.Done})
	}
	return out
}

func (k *choicesKind) key(t *turn, s *step, v Value) (string, bool) {
	known := len(labels(k.list(t, s), v.List)) == len(v.List)
	return "", v.List != nil && known && len(v.List) >= k.atLeast && len(v.List) <= k.atMost
}

// sofar says back what was picked, and asks for more.
func (k *choicesKind) sofar(t *turn, s *step) string {
	return t.pack.fill(t.pack.Picked, t.join(labels(k.list(t, s), t.s.Picked)))
}

func (k *choicesKind) take(t *turn, s *step, in Input) taken {
	options := k.list(t, s)
	picked := slices.Clone(t.s.Picked)
	switch {
	case in.Kind == Press && in.Choice == doneButton, in.Kind == Text && t.isDone(in.Text):
		return k.close(t, options, picked)
	case in.Kind == Press:
		i, why := chosen(t, options, in)
		if why != "" {
			return taken{why: why}
		}
		if slices.Contains(picked, options[i].ID) {
			return taken{drop: true} // a double tap
		}
		picked = append(picked, options[i].ID)
		if len(picked) >= min(k.atMost, len(options)) {
			return k.close(t, options, picked)
		}
		t.s.Picked = picked
		return taken{more: true}
	}
	open := slices.DeleteFunc(slices.Clone(options), func(o understand.Option) bool { return slices.Contains(picked, o.ID) })
	found, why := t.words.Choices(in.Text, open) // a number means a button that is shown
	if why != "" && len(picked) > 0 {
		if again, _ := t.words.Choices(in.Text, options); len(again) > 0 {
			open, found, why = options, again, ""
		}
	}
	if why != "" {
		return taken{why: why}
	}
	for _, i := range found {
		picked = add(picked, open[i].ID)
	}
	return k.close(t, options, picked)
}

func (k *choicesKind) close(t *turn, options []understand.Option, picked []string) taken {
	switch {
	case len(picked) < k.atLeast:
		t.s.Picked = picked
		return taken{why: whyFew}
	case len(picked) > k.atMost:
		return taken{why: whyMany}
	}
	return taken{value: ListValue(picked), shown: t.join(labels(options, picked))}
}

// Too few or too many were chosen.
const (
	whyFew  understand.Why = "few"
	whyMany understand.Why = "many"
)

func add(ids []string, id string) []string {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

func labels(options []understand.Option, ids []string) []string {
	var out []string
	for _, id := range ids {
		for _, o := range options {
			if o.ID == id {
				out = append(out, strings.TrimSpace(o.Label))
			}
		}
	}
	return out
}
