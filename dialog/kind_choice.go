package dialog

import (
	"strings"
	"unicode/utf8"

	"tandem/dialog/understand"
)

// optionSet is what choice and choices choose from: options named in the flow, or a list handed to it.
type optionSet struct {
	options []named
	from    *named
}

func (o *optionSet) read(f field) bool {
	switch f.key {
	case "options":
		o.options = readNames(f.value)
	case "options_from":
		o.from = &named{f.value.str(), f.value.place}
	default:
		return false
	}
	return true
}

func (o *optionSet) check(c *check, s *step) []string {
	if (o.from == nil) == (len(o.options) == 0) {
		s.fail("step %q: name what can be chosen with options: [...], or with options_from: and an input of type list", s.id)
	}
	if o.from != nil {
		c.listInput(*o.from)
	}
	ids := make([]string, 0, len(o.options))
	for _, opt := range o.options {
		if !validOption(opt.name) {
			opt.fail("the option %q: option ids are lower-case letters, digits and -, at most 24, and do not begin with %s", opt.name, wordButton)
		}
		ids = append(ids, opt.name)
	}
	return ids
}

// list gives the options with the labels that the person reads.
func (o *optionSet) list(t *turn, s *step) []understand.Option {
	if o.from != nil {
		a, _ := t.answer(t.flow().names[exprName(o.from.name)].key)
		out := make([]understand.Option, len(a.Value.Opts))
		for i, opt := range a.Value.Opts {
			out[i] = understand.Option(opt)
		}
		return out
	}
	words := s.words[t.lang]
	out := make([]understand.Option, len(o.options))
	for i, opt := range o.options {
		out[i] = understand.Option{ID: opt.name, Label: words.options[opt.name]}
	}
	return out
}

func buttonsOf(options []understand.Option) []Button {
	out := make([]Button, len(options))
	for i, o := range options {
		out[i] = Button(o)
	}
	return out
}

// chosen finds the option an input means: -1 and why where it means none.
func chosen(t *turn, options []understand.Option, in Input) (int, understand.Why) {
	if in.Kind == Press {
		for i, o := range options {
			if o.ID == in.Choice {
				return i, ""
			}
		}
		return -1, understand.NotUnderstood
	}
	i, why := t.words.Choice(in.Text, options)
	if why != "" {
		return -1, why
	}
	return i, ""
}

// choiceKind asks for one of several; with ownWords anything else the person says is an answer too.
type choiceKind struct {
	optionSet
	strictness
	ownWords bool
}

func (k *choiceKind) read(f field) bool {
	if f.key == "own_words" {
		k.ownWords = f.value.boolean()
		return true
	}
	return k.strictness.read(f) || k.optionSet.read(f)
}

func (k *choiceKind) check(c *check, s *step) needs {
	if k.strict && k.ownWords {
		s.fail("step %q: strict takes only the options, and own_words any words; take one of them away", s.id)
	}
	ids := k.optionSet.check(c, s)
	return needs{text: true, options: ids, keys: ids}
}

func (*choiceKind) valueType() valueType { return textType }

func (k *choiceKind) buttons(t *turn, s *step) []Button { return buttonsOf(k.list(t, s)) }

func (k *choiceKind) key(t *turn, s *step, v Value) (string, bool) {
	if v.Text == nil {
		return "", false
	}
	for _, o := range k.list(t, s) {
		if o.ID == *v.Text {
			return o.ID, true
		}
	}
	return "", k.ownWords
}

func (k *choiceKind) take(t *turn, s *step, in Input) taken {
	options := k.list(t, s)
	i, why := k.chosen(t, options, in)
	if i >= 0 {
		return taken{value: TextValue(options[i].ID), shown: options[i].Label, key: options[i].ID}
	}
	said := strings.TrimSpace(in.Text)
	if k.ownWords && in.Kind == Text && ownWords(why) && utf8.RuneCountInString(said) <= defaultTextLimit {
		return taken{value: TextValue(said)}
	}
	return taken{why: why}
}

// chosen finds the option meant, as strictly as was asked for.
func (k *choiceKind) chosen(t *turn, options []understand.Option, in Input) (int, understand.Why) {
	if !k.strict || in.Kind == Press {
		return chosen(t, options, in)
	}
	i, why := t.words.PlainChoice(in.Text, options)
	if why != "" {
		return -1, understand.NotUnderstood
	}
	return i, ""
}

// ownWords tells whether a text that names no option may be an answer of its own. A number that no option has is a slip.
func ownWords(why understand.Why) bool {
	return why != understand.Empty && why != understand.OutOfRange
}
