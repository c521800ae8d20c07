package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// command takes "/Help@tandem_bot me" apart into "help" and "me". A name is empty where the text is no command: a slash
// alone, a path, "/7/10". https://core.telegram.org/bots/features#commands
func command(text string) (name, rest string) {
	name, _, rest = parseCommand(text)
	return name, rest
}

func parseCommand(text string) (name, at, rest string) {
	s, ok := strings.CutPrefix(strings.TrimSpace(text), "/")
	if !ok {
		return "", "", ""
	}
	word := s
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		word, rest = s[:i], strings.TrimSpace(s[i:])
	}
	name, at, addressed := strings.Cut(word, "@")
	if len(name) > 32 || !isWord(name) || (addressed && !isWord(at)) {
		return "", "", ""
	}
	return strings.ToLower(name), at, rest
}

// addressed tells whether something in a group is meant for the bot: a command that names no other bot, a message that
// mentions it, a reply to it.
func (s Self) addressed(m *message) bool {
	if m.ReplyTo != nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == s.ID {
		return true
	}
	text := m.Text + m.Caption // a message has one or the other
	if name, at, _ := parseCommand(text); name != "" {
		return at == "" || s.Username == "" || strings.EqualFold(at, s.Username)
	}
	return s.mention(text) >= 0
}

// mention finds "@username" as a word of its own, or -1. It needs no entities, whose offsets count UTF-16 units.
func (s Self) mention(text string) int {
	if s.Username == "" {
		return -1
	}
	for from := 0; ; {
		i := strings.IndexByte(text[from:], '@')
		if i < 0 {
			return -1
		}
		from += i
		end := from + 1 + len(s.Username)
		if end <= len(text) && strings.EqualFold(text[from+1:end], s.Username) &&
			!endsInWord(text[:from]) && !beginsWithWord(text[end:]) {
			return from
		}
		from++
	}
}

// unmention takes a mention of the bot off the beginning: "@tandem_bot, 7" answers "7".
func (s Self) unmention(text string) string {
	trimmed := strings.TrimSpace(text)
	if s.mention(trimmed) != 0 {
		return text
	}
	rest := strings.TrimLeft(trimmed[1+len(s.Username):], " \t\n,:;-")
	if rest == "" {
		return text
	}
	return rest
}

// isCode tells whether a text can be the payload of a deep link: https://core.telegram.org/bots/features#deep-linking
func isCode(s string) bool { return len(s) <= 64 && isWord(strings.ReplaceAll(s, "-", "_")) }

// isWord tells a name of Telegram: Latin letters, digits, underscores.
func isWord(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !wordRune(r) }) < 0
}

func wordRune(r rune) bool {
	return r == '_' || (r >= '0' && r <= '9') || (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z')
}

func endsInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return wordRune(r)
}

func beginsWithWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return wordRune(r)
}
