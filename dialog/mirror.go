package dialog

import (
	"slices"
	"strings"
	"unicode"
)

const (
	shortWords = 12 // a text up to here can be given back whole
	shortRunes = 120
)

// short tells whether a person's text is short enough to be given back: long ones, pasted back, show that nobody
// listened.
func short(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && len([]rune(s)) <= shortRunes && !strings.ContainsAny(s, "\n\r") && len(strings.Fields(s)) <= shortWords
}

// you gives a person's words back with I and my turned to you and your, where that is certain; where it is not, it
// gives them in quotation marks, as they are.
func (p *Pack) you(s string) string {
	s = strings.TrimSpace(s)
	if len(p.Mirror) == 0 || !short(s) || strings.ContainsAny(s, `"“”«».!?;`) {
		return p.quote(s)
	}
	words := strings.Fields(strings.ReplaceAll(s, "’", "'"))
	turned := false
	for i, w := range words {
		core := strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }))
		if slices.Contains(p.MirrorUnless, core) {
			return p.quote(s)
		}
		if to, ok := p.Mirror[core]; ok {
			words[i] = strings.Replace(strings.ToLower(w), core, to, 1)
			turned = true
		}
	}
	if !turned {
		return p.quote(s)
	}
	return strings.Join(words, " ")
}
