package understand

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Normalize brings a text to the one form in which texts are compared: compatibility composed (NFKC), case folded,
// without zero-width characters and emoji variants, with straight quotes, plain hyphens and single spaces. Accents stay.
// It is idempotent, and costs nothing for a text that already has this form.
func Normalize(text string) string {
	if normalASCII(text) {
		return text
	}
	if isASCII(text) {
		return squeezeSpace(strings.ToLower(text))
	}
	text = strings.Map(dropInvisible, separateFractions(text))
	text = norm.NFKC.String(cases.Fold().String(norm.NFKC.String(text)))
	return squeezeSpace(strings.Map(straighten, text))
}

// normalASCII reports whether Normalize would leave the text as it is.
func normalASCII(s string) bool {
	space := true // as if a space came before: a leading one must go
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' || c < ' ' || c == 0x7f || c == '`' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// squeezeSpace trims, and makes every run of white space and control characters one space.
func squeezeSpace(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	pending := false
	for _, r := range s {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			pending = b.Len() > 0
			continue
		}
		if pending {
			b.WriteByte(' ')
			pending = false
		}
		if r == '`' {
			r = '\''
		}
		b.WriteRune(r)
	}
	return b.String()
}

// separateFractions puts a space before ½ and ², which would otherwise run into the digit before them under NFKC and
// make 71/2 of 7½. It also opens the one emoji that is a number of two digits.
func separateFractions(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.No, r) || r == '🔟' }) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '🔟':
			b.WriteString(" 10 ")
		case unicode.Is(unicode.No, r):
			b.WriteByte(' ')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// dropInvisible removes what cannot be seen: zero-width characters, direction marks, emoji variants, skin tones and the
// frame of a keycap.
func dropInvisible(r rune) rune {
	switch {
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x2069:
		return -1
	case r == 0xfeff, r == 0xad, r == 0x20e3, r >= 0xfe00 && r <= 0xfe0f, r >= 0x1f3fb && r <= 0x1f3ff:
		return -1
	}
	return r
}

func straighten(r rune) rune {
	switch r {
	case '‘', '’', '‚', '‛', '′', '´', 'ʼ':
		return '\''
	case '“', '”', '„', '‟', '″', '«', '»':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-'
	case '⁄', '∕':
		return '/'
	}
	switch { // Cherokee folds to its capitals, and x/text folds those back
	case r >= 0xab70 && r <= 0xabbf:
		return r - 0xab70 + 0x13a0
	case r >= 0x13f8 && r <= 0x13fd:
		return r - 8
	}
	return dropInvisible(r)
}

// fold is the stricter form in which answers and the words of a language meet: normalized, without accents and without
// the apostrophes inside words, so that "Sí", "si" and "don't", "dont" are one; "7'5" is not 75 and keeps its own. Letters that someone leans on ("yesss")
// are left to two; the scanner decides.
func fold(text string) string {
	s := Normalize(text)
	if isASCII(s) {
		if strings.IndexByte(s, '\'') < 0 {
			return s
		}
		return dropApostrophes(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(asciiDigit(r))
		}
	}
	return dropApostrophes(b.String())
}

// dropApostrophes takes out all apostrophes but those between digits.
func dropApostrophes(s string) string {
	if strings.IndexByte(s, '\'') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		inside := i > 0 && i+1 < len(s) && isDigit(rune(s[i-1])) && isDigit(rune(s[i+1]))
		if s[i] != '\'' || inside {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// asciiDigit maps the digits of the scripts that people's keyboards produce and that NFKC leaves alone.
func asciiDigit(r rune) rune {
	for _, zero := range [...]rune{0x660, 0x6f0, 0x966} {
		if r >= zero && r <= zero+9 {
			return '0' + r - zero
		}
	}
	return r
}
