package reading

import "strings"

// Spanish counts the syllables of a Spanish word in lower case: a nucleus each, where a weak vowel (i, u) without an
// accent joins the vowel beside it.
func Spanish(word string) int {
	word = strings.NewReplacer("qu", "q", "gue", "ge", "gui", "gi", "gué", "gé", "guí", "gí").Replace(word)
	runes := []rune(word)
	n, last := 0, rune(0)
	for i, r := range runes {
		if r == 'y' && i == len(runes)-1 && i > 0 || word == "y" {
			r = 'i'
		}
		if !strings.ContainsRune("aeiouáéíóúü", r) {
			if r != 'h' { // silent: "ahora" still has a hiatus, "prohibir" a diphthong
				last = 0
			}
			continue
		}
		if last == 0 || !diphthong(last, r) {
			n++
		}
		last = r
	}
	return max(n, 1)
}

// diphthong tells whether two vowels share a syllable.
func diphthong(a, b rune) bool {
	weak := func(r rune) bool { return strings.ContainsRune("iuü", r) }
	if a == b {
		return false
	}
	switch {
	case strings.ContainsRune("íú", a) || strings.ContainsRune("íú", b):
		return weak(a) && weak(b)
	default:
		return weak(a) || weak(b)
	}
}
