package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tandem/bot"
	"tandem/dialog"
)

// maxUnits is how long a message may be: 4,096 characters after the markup is taken out
// (https://core.telegram.org/bots/api#sendmessage). Whether a character beyond U+FFFF counts once or, as in the
// offsets of entities, as its two UTF-16 units is not documented, and people have met both; two is safe either way.
const maxUnits = 4096

// Split implements bot.Platform: it cuts a long message at a paragraph, a line, a sentence or a word, whichever comes
// first in this order and leaves no stump, and never inside a character as a reader sees it. The buttons, and the
// prompt that they answer, are on the last piece.
func (t *Telegram) Split(o bot.Outgoing) []bot.Outgoing {
	if o.Kind != bot.Say {
		return []bot.Outgoing{o}
	}
	texts := split(o.Message.Text, maxUnits)
	pieces := make([]bot.Outgoing, len(texts))
	for i, text := range texts {
		pieces[i] = o
		if i < len(texts)-1 {
			pieces[i].Message = dialog.Message{}
		}
		pieces[i].Message.Text = text
	}
	return pieces
}

// split cuts a text into pieces of at most limit units, without the space around the cuts. There is always one piece.
func split(text string, limit int) []string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if fit(text, limit) == len(text) {
		return []string{text}
	}
	var pieces []string
	for text = strings.TrimSpace(text); fit(text, limit) < len(text); {
		cut := cutAt(text, limit)
		pieces = append(pieces, strings.TrimSpace(text[:cut]))
		text = strings.TrimSpace(text[cut:])
	}
	if text != "" || len(pieces) == 0 {
		pieces = append(pieces, text)
	}
	return pieces
}

// cutAt finds where to cut a text that is longer than limit: a byte offset > 0.
func cutAt(text string, limit int) int {
	var paragraph, line, sentence, word, used int
	var g grapheme
	prev, last := rune(0), rune(0) // the rune before, and the last one that was no space
	end := fit(text, limit)
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

// fit says how many bytes of a text have at most limit units and end where a character ends. A character that is longer
// than that all by itself, as nobody writes them, is cut between two runes.
func fit(text string, limit int) int {
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

// units counts UTF-16 code units.
func units(s string) int {
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
