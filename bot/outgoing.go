package bot

import (
	"time"

	"tandem/dialog"
)

// Outgoing is one entry of a conversation's outbox. Entries are sent in order, after the commit that wrote them
// (invariants 3 and 4).
type Outgoing struct {
	ID   int64        `json:"id"` // set by the store at the commit: later entries of a conversation have higher ones
	Kind OutgoingKind `json:"kind"`
	// Message is what to say (Say).
	Message dialog.Message `json:"message,omitzero"`
	// Ref, Text and Label settle a question: the message Ref, whose words were Text, was answered with Label. Its
	// buttons go; where Text is known, the answer is shown in their place (Settle).
	Ref   string `json:"ref,omitempty"`
	Text  string `json:"text,omitempty"`
	Label string `json:"label,omitempty"`
	// Update is delivered to another conversation of ours, under its own delivery id: exactly once (Relay).
	Update *Update `json:"update,omitempty"`
	// Unasked is the last moment at which what nobody asked for, a nudge, may still be sent; zero: it was asked for. It is
	// looked at when the entry is sent, and so is whether the person wants to be left alone by then.
	Unasked time.Time `json:"unasked,omitzero"`
	// Grant is the client's permission that this entry rests on; it is looked at again when the entry is sent
	// (invariant 9).
	Grant string `json:"grant,omitempty"`
	// Rests is what this message shows of clients to their practitioner; where any of it was taken back, it is not sent
	// (invariant 9).
	Rests []Rest `json:"rests,omitempty"`
}

// Rest is what a message shows of a client: grants of theirs, and perhaps when they were last heard.
type Rest struct {
	Conversation string   `json:"of"`
	Grants       []string `json:"grants,omitempty"`
	Silence      bool     `json:"silence,omitempty"`
}

// OutgoingKind tells what an outbox entry does.
type OutgoingKind string

// The kinds of outbox entries.
const (
	Say    OutgoingKind = "say"
	Settle OutgoingKind = "settle"
	Relay  OutgoingKind = "relay"
)
