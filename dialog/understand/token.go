package understand

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind uint8

const (
	word kind = iota
	digits
	mark
	emoji
)

// token is a piece of a folded text: a word, a run of digits, one punctuation mark or one emoji.
type token struct {
	text string
	kind kind
	gap  bool // white space, or the start of the text, stands before it
	tied bool // a hyphen between letters stands before it: "mon-fri"
}

func (t token) is(s string) bool { return t.text == s }

// ends reports whether the token closes a clause.
func (t token) ends() bool {
	switch t.text {
	case ".", ",", ";", ":", "!", "?", "(", ")", "\"":
		return t.kind == mark
	}
	return false
}

// scan cuts a folded text into tokens, appending to dst, in one pass. A hyphen between letters is a space
// ("twenty-one"); the dots of "p.m." vanish.
func scan(dst []token, s string) []token {
	gap, tied := true, false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		end := i + size
		switch {
		case r == ' ':
			gap, i = true, end
			continue
		case isDigit(r):
			for end < len(s) && isDigit(rune(s[end])) {
				end++
			}
			dst = append(dst, token{text: s[i:end], kind: digits, gap: gap})
		case unicode.IsLetter(r):
			end = wordEnd(s, end)
			dst = append(dst, token{text: s[i:end], kind: word, gap: gap || tied, tied: tied})
			if n := dottedMeridiem(s[i:]); n > 0 {
				dst[len(dst)-1].text = s[i:i+1] + "m"
				end = i + n
			}
			if end+1 < len(s) && s[end] == '-' && asciiLetter(s[end+1]) {
				i, tied = end+1, true
				continue
			}
		case r < utf8.RuneSelf || unicode.IsPunct(r) || r == '€' || r == '£' || r == '¿' || r == '¡':
			dst = append(dst, token{text: s[i:end], kind: mark, gap: gap})
		default:
			dst = append(dst, token{text: s[i:end], kind: emoji, gap: gap})
		}
		gap, tied, i = false, false, end
	}
	return dst
}

func wordEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && r != '_' {
			break
		}
		i += size
	}
	return i
}

// dottedMeridiem gives the length of "a.m.", "p. m." and the like at the start of s, or 0. Only the dotted forms: the
// plain ones are words already.
func dottedMeridiem(s string) int {
	if len(s) < 3 || s[0] != 'a' && s[0] != 'p' || s[1] != '.' {
		return 0
	}
	i := 2
	if s[i] == ' ' {
		i++
	}
	if i >= len(s) || s[i] != 'm' || i+1 < len(s) && asciiLetter(s[i+1]) {
		return 0
	}
	i++
	if i < len(s) && s[i] == '.' {
		i++
	}
	return i
}

func isDigit(r rune) bool     { return r >= '0' && r <= '9' }
func asciiLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// laughs reports whether a word is laughter: "hahaha", "jajajaj", "jeje", "lolol".
func laughs(s string) bool {
	if len(s) < 4 || len(s) > 40 {
		return false
	}
	consonants := 0
	for i := range len(s) {
		switch {
		case s[i] == 'h' || s[i] == 'j':
			consonants++
		case s[i] != s[0] && s[i] != s[1] || !strings.ContainsRune("aei", rune(s[i])):
			return s == "lolol"
		}
	}
	return consonants*3 >= len(s)
}

// stretched reports whether a letter stands three times or more in a row, as in "yesss".
func stretched(s string) bool {
	run := 1
	for i := 1; i < len(s); i++ {
		run++
		if s[i] != s[i-1] || !asciiLetter(s[i]) {
			run = 1
		}
		if run == 3 {
			return true
		}
	}
	return false
}

// unstretch shortens each run of three or more of a letter to n.
func unstretch(s string, n int) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		j := i + 1
		for j < len(s) && s[j] == s[i] {
			j++
		}
		run := j - i
		if run >= 3 && asciiLetter(s[i]) {
			run = n
		}
		b.WriteString(s[i : i+run])
		i = j
	}
	return b.String()
}
