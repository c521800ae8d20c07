package dialog

// Button is an answer that can be pressed instead of typed. A button is never required.
type Button struct {
	ID    string `json:"id"`    // at most 24 bytes of [a-z0-9-]; stable between versions of a flow
	Label string `json:"label"` // what the person reads, in their language
}

// Message is one bubble. A question carries the id of its prompt, which its buttons send back, so that a press on an
// old question is recognised as old (invariant 7).
type Message struct {
	Text    string   `json:"text"`
	Prompt  string   `json:"prompt,omitempty"` // at most 32 bytes of [a-z0-9.]; empty: a statement
	Buttons []Button `json:"buttons,omitempty"`
}
