package cut

import "unicode"

// grapheme follows a text rune by rune and tells where one character, as a reader sees it, ends and the next begins. It
// holds the rules of https://www.unicode.org/reports/tr29/ that matter for cutting a message, and where it is simpler
// than they are it joins rather than parts: a cut may come a little early, never in the middle.
type grapheme struct {
	flags int // regional indicators in a row: two make a flag
}

// breaks tells whether a cut may stand between prev and next. It is to be asked for every two neighbours, in order.
func (g *grapheme) breaks(prev, next rune) bool {
	if !isRegional(prev) {
		g.flags = 0
	} else {
		g.flags++
	}
	switch {
	case prev == '\r' && next == '\n':
		return false
	case unicode.IsControl(prev) || unicode.IsControl(next):
		return true
	case isRegional(prev) && isRegional(next):
		return g.flags%2 == 0
	case prev == 0x200D: // a zero width joiner joins
		return false
	case isVirama(prev) && unicode.IsLetter(next): // a conjunct of two consonants
		return false
	case isHangul(prev) && isJamo(next):
		return false
	}
	return !extends(next)
}

// extends tells the runes that belong to the one before them: marks, joiners, selectors, skin tones, tags.
func extends(r rune) bool {
	return unicode.Is(unicode.M, r) || r == 0x200D || r == 0x200C ||
		(r >= 0x1F3FB && r <= 0x1F3FF) || (r >= 0xE0020 && r <= 0xE007F) ||
		r == 0xFF9E || r == 0xFF9F || r == 0x0E33 || r == 0x0EB3
}

func isRegional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// isVirama tells the signs that join a consonant to the next in the scripts of South Asia.
func isVirama(r rune) bool {
	switch r {
	case 0x094D, 0x09CD, 0x0A4D, 0x0ACD, 0x0B4D, 0x0BCD, 0x0C4D, 0x0CCD, 0x0D4D, 0x0DCA, 0x1039, 0x17D2:
		return true
	}
	return false
}

// isJamo tells the parts of a Korean syllable that is written in parts; isHangul those and whole syllables.
func isJamo(r rune) bool {
	return (r >= 0x1100 && r <= 0x11FF) || (r >= 0xA960 && r <= 0xA97C) || (r >= 0xD7B0 && r <= 0xD7FB)
}

func isHangul(r rune) bool { return isJamo(r) || (r >= 0xAC00 && r <= 0xD7A3) }
