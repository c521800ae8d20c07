package dialog

// InputKind tells what a person, or the clock, gave the conversation.
type InputKind string

// The kinds of input. Everything that is not text or a button is Media.
const (
	Text   InputKind = "text"   // typed words
	Press  InputKind = "press"  // a button of a question that Tandem asked
	Media  InputKind = "media"  // a photo, a sticker, a voice note, ...
	Begin  InputKind = "begin"  // a flow is to start: nothing was said yet
	Expire InputKind = "expire" // a timer ran out
	Again  InputKind = "again"  // the open question is to be asked once more
)

// Input is one thing that happened to a conversation, free of any platform.
type Input struct {
	Kind   InputKind `json:"kind"`
	Text   string    `json:"text,omitempty"`   // Text: what was typed. Media: its caption
	Prompt string    `json:"prompt,omitempty"` // Press: the prompt whose button it was
	Choice string    `json:"choice,omitempty"` // Press: the button's id
	Media  string    `json:"media,omitempty"`  // Media: photo, sticker, voice, video, document, location, contact, other
	Zone   string    `json:"zone,omitempty"`   // Media "location": the IANA zone of that place, "" where it is not sure
	Ref    string    `json:"ref,omitempty"`    // the platform's id of the message, so that an edit finds it again
	Edited bool      `json:"edited,omitempty"` // Text: this replaces what the message Ref said before
	Turn   uint64    `json:"turn,omitempty"`   // Expire: the turn in which the timer was set (invariant 5)
}
