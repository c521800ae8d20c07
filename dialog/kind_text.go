package dialog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem/dialog/understand"
)

const defaultTextLimit = 4000 // characters

// textKind asks for words of the person's own, and keeps them as they are.
type textKind struct{ atMost int }

func (k *textKind) read(f field) bool {
	if f.key != "at_most" {
		return false
	}
	k.atMost = f.value.integer(1, defaultTextLimit)
	return true
}

func (*textKind) check(*check, *step) needs { return needs{text: true} }

func (*textKind) valueType() valueType { return textType }

func (*textKind) buttons(*turn, *step) []Button { return nil }

func (k *textKind) key(_ *turn, _ *step, v Value) (string, bool) {
	return "", v.Text != nil && utf8.RuneCountInString(*v.Text) <= k.atMost
}

// take keeps whatever has words in it. A lone emoji says something, but too little to go on from: words are asked for
// once, and the same again is the answer that the person wants to give. "..." never is one.
func (k *textKind) take(t *turn, _ *step, in Input) taken {
	said := strings.TrimSpace(in.Text)
	switch {
	case in.Kind != Text:
		return taken{why: understand.NotUnderstood}
	case utf8.RuneCountInString(said) > k.atMost:
		return taken{why: understand.TooLong}
	case !strings.ContainsFunc(said, isWordRune) && (t.s.Misses == 0 || !strings.ContainsFunc(said, unicode.IsSymbol)):
		return taken{why: understand.Empty}
	}
	return taken{value: TextValue(said)}
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
