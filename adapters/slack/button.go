package slack

import (
	"errors"
	"fmt"
	"strings"
)

// maxData is what a choice may carry, in characters: the value of an option of a select menu. A button takes 2,000.
// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
const maxData = 150

// The first byte of a button's data. Another layout takes another byte, and old buttons are still read.
const (
	dataVersion = "1" // a choice that answers a prompt
	pageVersion = "2" // a button of a page, which asks no question
)

// unknownPrompt stands for a button that Tandem did not make, or no longer understands. No flow has a prompt of this
// name, so the engine answers it as it answers every old button.
const unknownPrompt = "?"

var errData = errors.New("a button's data does not fit")

// encodeButton writes what a button carries: "1<prompt>:<choice>".
func encodeButton(prompt, choice string) (string, error) {
	data := dataVersion + prompt + ":" + choice
	if p, c := decodeButton(data); p != prompt || c != choice {
		return "", errData
	}
	return data, nil
}

// decodeButton reads it back; what is not of our making is the unknown prompt. The engine checks prompt and choice
// against what it asked.
func decodeButton(data string) (prompt, choice string) {
	rest, ok := strings.CutPrefix(data, dataVersion)
	if ok && len(data) <= maxData {
		prompt, choice, ok = strings.Cut(rest, ":")
	}
	if !ok || !isWord(strings.ReplaceAll(prompt, ".", "-")) || !isWord(choice) {
		return unknownPrompt, ""
	}
	return prompt, choice
}

// isWord tells what the dialog makes ids of: [a-z0-9-].
func isWord(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	}) < 0
}

// PageValue is the value of a button of a page, whose press comes back as a Press update with the data. It fails where
// Slack would not take that much.
func PageValue(data string) (string, error) {
	if err := length("button's data", pageVersion+data, 2, maxValue); err != nil {
		return "", fmt.Errorf("a button of a page: %w: shorten what it carries", err)
	}
	return pageVersion + data, nil
}
