// Package cut shortens and splits texts for platforms that take only so much at once. It never cuts inside a character
// as a reader sees it, and prefers the places where a reader would pause.
package cut

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split cuts a text into pieces of at most limit UTF-16 units: at a paragraph, a line, a sentence or a word, whichever
// comes first in this order and leaves no stump. The space around the cuts goes; a text that fits stays as it is. There
// is always one piece.
func Split(text string, limit int) []string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if Fit(text, limit) == len(text) {
		return []string{text}
	}
	var pieces []string
	for text = strings.TrimSpace(text); Fit(text, limit) < len(text); {
		at := place(text, limit)
		pieces = append(pieces, strings.TrimSpace(text[:at]))
		text = strings.TrimSpace(text[at:])
	}
	if text != "" || len(pieces) == 0 {
		pieces = append(pieces, text)
	}
	return pieces
}

// Shorten keeps the beginning of a text, at most limit UTF-16 units with the ellipsis that stands for the rest.
func Shorten(text string, limit int) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if Units(text) <= limit {
		return text
	}
	return strings.TrimSpace(text[:Fit(text, limit-1)]) + "…"
}

// place finds where to cut a text that is longer than limit: a byte offset > 0.
func place(text string, limit int) int {
	var paragraph, line, sentence, word, used int
	var g grapheme
	prev, last := rune(0), rune(0) // the rune before, and the last one that was no space
	end := Fit(text, limit)
	for i, r := range text {
		if i > end {
			break
		}
		if i > 0 && g.breaks(prev, r) && (unicode.IsSpace(prev) || wideStop(prev)) && prev != 0xA0 {
			switch {
			case prev == '\n' && used > 0 && strings.HasSuffix(text[:i], "\n\n"):
				paragraph = i
			case prev == '\n':
				line = i
			}
			if strings.ContainsRune(".!?…", last) || wideStop(last) {
				sentence = i
			}
			word = i
		}
		used++
		prev = r
		if !unicode.IsSpace(r) && !strings.ContainsRune(`"'”’»)`, r) {
			last = r
		}
	}
	for _, cut := range []int{paragraph, line, sentence} {
		if cut > end/3 {
			return cut
		}
	}
	if word > end/8 {
		return word
	}
	return end
}

// wideStop tells the marks that end a sentence where no space follows them.
func wideStop(r rune) bool { return r == '。' || r == '！' || r == '？' || r == '।' }

// Fit says how many bytes of a text have at most limit UTF-16 units and end where a character ends. A character that is
// longer than that all by itself, as nobody writes them, is cut between two runes.
func Fit(text string, limit int) int {
	whole, part, used := 0, 0, 0
	var g grapheme
	prev := rune(0)
	for i, r := range text {
		if i > 0 && g.breaks(prev, r) {
			whole = i
		}
		used += runeUnits(r)
		if used > limit {
			if whole > 0 {
				return whole
			}
			return max(part, firstRune(text))
		}
		part = i + utf8.RuneLen(r)
		prev = r
	}
	return len(text)
}

func firstRune(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// Units counts UTF-16 code units.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n += runeUnits(r)
	}
	return n
}

func runeUnits(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
