package telegram

import (
	"errors"
	"strings"
)

// maxData is what a button may carry, in bytes: https://core.telegram.org/bots/api#inlinekeyboardbutton
const maxData = 64

// dataVersion is the first byte of a button's data. Another layout takes another byte, and old buttons are still read.
const dataVersion = "1"

// unknownPrompt stands for a button that Tandem did not make, or no longer understands. No flow has a prompt of this
// name, so the engine answers it as it answers every old button.
const unknownPrompt = "?"

var errData = errors.New("a button's data does not fit")

// encodeButton writes what a button carries: "1<prompt>:<choice>". A prompt of 32 and a choice of 24 bytes, the longest
// that the dialog makes, take 58 bytes.
func encodeButton(prompt, choice string) (string, error) {
	data := dataVersion + prompt + ":" + choice
	if p, c := decodeButton(data); len(data) > maxData || p != prompt || c != choice {
		return "", errData
	}
	return data, nil
}

// decodeButton reads it back. Anybody with a client of their own can send any data: what is not of our making is the
// unknown prompt. What is well-formed may still be forged; the engine checks prompt and choice against what it asked.
func decodeButton(data string) (prompt, choice string) {
	rest, ok := strings.CutPrefix(data, dataVersion)
	if ok && len(data) <= maxData {
		prompt, choice, ok = strings.Cut(rest, ":")
	}
	if !ok || !isID(strings.ReplaceAll(prompt, ".", "-")) || !isID(choice) {
		return unknownPrompt, ""
	}
	return prompt, choice
}

// isID tells what the dialog makes ids of: [a-z0-9-].
func isID(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	}) < 0
}
