package slack

import (
	"encoding/json"

	"tandem/bot"
)

// The events that only Slack has. Their payload is in Update.With; CommandOf, OpenedOf, PressedOf and SubmittedOf read it.
const (
	Commanded bot.Event = "slack-command"   // somebody typed /tandem; what follows it is the update's Input too
	HomeTab   bot.Event = "slack-opened"    // somebody opened the App Home
	Press     bot.Event = "slack-pressed"   // somebody pressed a button of a page (PageValue), which asks no question
	Submit    bot.Event = "slack-submitted" // somebody sent a modal off; what they typed is the update's Input too
)

// Command is a slash command. Its conversation is where it was typed, which may be a channel that the bot is not in.
type Command struct {
	Name    string `json:"name"`              // with the slash
	Text    string `json:"text,omitempty"`    // what follows it
	Trigger string `json:"trigger,omitempty"` // opens a modal, for 3 s
	// Mentions are the ids of the people whom the text mentions, in order.
	Mentions []string `json:"mentions,omitempty"`
}

// Opened is the App Home being looked at. Its conversation is the direct message beside it.
type Opened struct {
	Tab string `json:"tab"` // home or messages
}

// Pressed is a button of a page, in the App Home. Its conversation is the one that PublishHome named.
type Pressed struct {
	Data    string `json:"data"`              // what PageValue was given
	Trigger string `json:"trigger,omitempty"` // opens a modal, for 3 s
}

// Submitted is a modal that was sent off. Its conversation is the one that OpenView named.
type Submitted struct {
	CallbackID string `json:"callback_id"`
	View       string `json:"view,omitempty"`    // the id of what was sent off: each modal that is opened has one of its own
	Carried    string `json:"carried,omitempty"` // what OpenView was given as the view's PrivateMetadata
	// Values are the inputs by their block's id; those of a group of checkboxes may be several, those of an input that
	// was left empty none.
	Values map[string][]string `json:"values"`
}

// Trigger is carried by a press: it opens a modal, for 3 s.
type Trigger struct {
	Trigger string `json:"trigger"`
}

// CommandOf reads the payload of a Commanded update; false: it is none.
func CommandOf(u bot.Update) (Command, bool) { return unpack[Command](u, u.Event == Commanded) }

// OpenedOf reads the payload of a HomeTab update; false: it is none.
func OpenedOf(u bot.Update) (Opened, bool) { return unpack[Opened](u, u.Event == HomeTab) }

// PressedOf reads the payload of a Press update; false: it is none.
func PressedOf(u bot.Update) (Pressed, bool) { return unpack[Pressed](u, u.Event == Press) }

// SubmittedOf reads the payload of a Submit update; false: it is none.
func SubmittedOf(u bot.Update) (Submitted, bool) { return unpack[Submitted](u, u.Event == Submit) }

// TriggerOf reads what opens a modal in answer to a press or a command; false: there is nothing.
func TriggerOf(u bot.Update) (string, bool) {
	t, ok := unpack[Trigger](u, true)
	return t.Trigger, ok && t.Trigger != ""
}

const payloadKey = "slack"

// pack makes a payload what it will be once it was stored and read again.
func pack(payload any) map[string]any {
	var m map[string]any
	if data, err := json.Marshal(payload); err != nil || json.Unmarshal(data, &m) != nil {
		return nil
	}
	return map[string]any{payloadKey: m}
}

func unpack[T any](u bot.Update, right bool) (T, bool) {
	var payload T
	m, ok := u.With[payloadKey]
	if !right || !ok {
		return payload, false
	}
	data, err := json.Marshal(m)
	return payload, err == nil && json.Unmarshal(data, &payload) == nil
}
