package bot

import (
	"math"
	"time"

	"tandem/dialog"
)

// Update is one thing that reached Tandem from outside, decoded by an adapter: a message, a pressed button, somebody
// who blocked the bot. It says nothing of how its platform works.
type Update struct {
	// Delivery is the platform's id of this delivery, unique for good, e.g. "telegram:81:update:4711", where 81 is
	// the bot. It is claimed once; whatever is redelivered under it has no further effect (invariant 2).
	Delivery string `json:"delivery"`
	// Conversation is the place that Tandem talks in: the platform, a colon, the platform's own id ("telegram:4711").
	Conversation string `json:"conversation"`
	// Seq orders the updates of a conversation as the platform did (Telegram: update_id). Inputs take effect in this
	// order (invariant 1). Zero: after everything that is already there.
	Seq int64 `json:"seq,omitempty"`
	// Hold asks to wait this long before the update is handled, because earlier ones may still be on their way.
	Hold time.Duration `json:"-"`
	At   time.Time     `json:"at"` // when the person acted, by the platform's clock
	From Person        `json:"from"`
	// Input is what happened. Its Kind is empty where only Event matters.
	Input dialog.Input `json:"input"`
	Event Event        `json:"event,omitempty"`
	// Code is what a deep link carried: t.me/<bot>?start=<code>.
	Code string `json:"code,omitempty"`
	// Pressed is the message whose button was pressed, as the platform shows it now.
	Pressed *Pressed `json:"pressed,omitempty"`
	// Spot is where a shared location lies. Input.Zone is found from it when the update comes in.
	Spot  *Spot `json:"spot,omitempty"`
	Group bool  `json:"group,omitempty"` // a group chat, not a private one
	// With is handed to the flow that a Begin or a Notify opens.
	With map[string]any `json:"with,omitempty"`
}

// Event is something that happened to a conversation other than a message.
type Event string

// The events of a conversation.
const (
	Start     Event = "start"     // the person opened the conversation (Telegram's /start), perhaps with a Code
	Blocked   Event = "blocked"   // the person blocked the bot or removed it: nothing can be sent
	Unblocked Event = "unblocked" // and let it in again
	Begin     Event = "begin"     // the application opens the flow named Code, with With
	Notify    Event = "notify"    // a client's conversation has something for the person of this one, in With
	Nudge     Event = "nudge"     // a reminder is due
	Unsent    Event = "unsent"    // a nudge was not wanted any more when it could be sent: With says which
	Shared    Event = "shared"    // a client opened something to the person of this conversation
	Desk      Event = "desk"      // a practitioner did something on a page of theirs: With says what

	arrived   Event = "arrived"   // what waited for the person of this conversation can be said now
	issued    Event = "issued"    // to an invite's conversation: it is laid down
	redeemed  Event = "redeemed"  // somebody used its code
	joined    Event = "joined"    // to a practitioner: a client has come
	uninvited Event = "uninvited" // to a client: somebody else used the code first
	offered   Event = "offered"   // to a practitioner: a client would like to agree on a goal
	proposed  Event = "proposed"  // to a client: the practitioner proposes something
	answered  Event = "answered"  // to either: what became of an offer or a proposal
	letter    Event = "letter"    // to either: a message from the other
	withdrawn Event = "withdrawn" // to a practitioner: a client took back what they had opened
	bondDue   Event = "together"  // a client's rhythm for the questions on working together has come round
	digestDue Event = "digest"    // a practitioner's digest is due
	looked    Event = "looked"    // to a practitioner's own conversation: they looked at what clients opened
	seen      Event = "seen"      // to a client: their practitioner looked at what they opened
	appointed Event = "appointed" // to somebody who is a practitioner from now on
	bonded    Event = "bonded"    // to either: how the other finds the work together
	left      Event = "left"      // to a practitioner: a client works with them no longer
)

// Person is who acted, as the platform tells it. Name, language and zone are theirs to change.
type Person struct {
	ID       string `json:"id"`                 // the platform's id of the person
	Name     string `json:"name,omitempty"`     // first name
	Language string `json:"language,omitempty"` // IETF tag, e.g. "es-MX"
	Zone     string `json:"zone,omitempty"`     // IANA, e.g. "Europe/Madrid"; one that is not known is passed over
}

// Spot is a place on the map, in degrees, no more exact than a tenth of one (11 km): enough for a time zone, and not
// where somebody lives.
type Spot struct {
	Latitude  float64 `json:"lat"`
	Longitude float64 `json:"lon"`
}

// SpotAt is the spot of a place, with its exactness taken away; nil for what is no place on the map.
func SpotAt(latitude, longitude float64) *Spot {
	if !(math.Abs(latitude) <= 90 && math.Abs(longitude) <= 180) {
		return nil
	}
	return &Spot{Latitude: math.Round(latitude*10) / 10, Longitude: math.Round(longitude*10) / 10}
}

// Pressed is a message of ours, as it stands in the chat.
type Pressed struct {
	Ref  string `json:"ref"`            // the platform's id of the message
	Text string `json:"text,omitempty"` // its text, without markup
}
