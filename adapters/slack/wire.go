package slack

import (
	"encoding/json"
	"strings"
)

// envelope wraps an event: https://docs.slack.dev/apis/events-api/#callback-field
type envelope struct {
	Type           string `json:"type"`
	Challenge      string `json:"challenge"`
	Team           string `json:"team_id"`
	ID             string `json:"event_id"`
	Authorizations []struct {
		Team string `json:"team_id"`
	} `json:"authorizations"`
	Event json.RawMessage `json:"event"`
}

// event is the part of an event that Tandem reads: https://docs.slack.dev/reference/events/message
type event struct {
	Type        string   `json:"type"`
	Subtype     string   `json:"subtype"`
	Channel     string   `json:"channel"`
	ChannelType string   `json:"channel_type"`
	EventTS     string   `json:"event_ts"`
	Tab         string   `json:"tab"`     // of app_home_opened
	Message     *message `json:"message"` // of message_changed: how it reads now
	message
}

// message is what somebody said.
type message struct {
	User       string          `json:"user"`
	Bot        string          `json:"bot_id"`
	TS         string          `json:"ts"`
	Text       string          `json:"text"`
	Blocks     json.RawMessage `json:"blocks"`
	ParentUser string          `json:"parent_user_id"` // who began the thread
	Files      []file          `json:"files"`
	Edited     *struct{}       `json:"edited"` // a person changed it, not a link's preview
}

// file is the part of a file that tells its kind: https://docs.slack.dev/reference/objects/file-object
type file struct {
	Mime    string `json:"mimetype"`
	Subtype string `json:"subtype"` // slack_audio, slack_video: recorded in Slack
}

// interaction is a pressed button, a choice, or a modal that was sent off:
// https://docs.slack.dev/reference/interaction-payloads
type interaction struct {
	Type    string   `json:"type"`
	Trigger string   `json:"trigger_id"`
	Team    *named   `json:"team"`
	User    named    `json:"user"`
	Channel named    `json:"channel"`
	Message *message `json:"message"`
	View    *view    `json:"view"`
	Actions []action `json:"actions"`
	Where   struct {
		Message   string `json:"message_ts"`
		Channel   string `json:"channel_id"`
		Ephemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
}

type named struct {
	ID string `json:"id"`
}

// action is one element that was used.
type action struct {
	Type   string `json:"type"`
	TS     string `json:"action_ts"`
	Value  string `json:"value"`
	Option option `json:"selected_option"`
}

type option struct {
	Value string `json:"value"`
}

// view is a modal or an App Home: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
type view struct {
	ID       string `json:"id"`
	Callback string `json:"callback_id"`
	Metadata string `json:"private_metadata"`
	State    struct {
		Values map[string]map[string]field `json:"values"`
	} `json:"state"`
}

// A view's metadata is the conversation that it belongs to and, on the lines after it, what it carries.

func (v *view) conversation() string {
	conversation, _, _ := strings.Cut(v.Metadata, "\n")
	return conversation
}

func (v *view) carried() string {
	_, carried, _ := strings.Cut(v.Metadata, "\n")
	return carried
}

// field is what stands in one input of a view.
type field struct {
	Type    string          `json:"type"`
	Value   string          `json:"value"`
	Rich    json.RawMessage `json:"rich_text_value"`
	Option  *option         `json:"selected_option"`
	Options []option        `json:"selected_options"`
	Date    string          `json:"selected_date"`
	Time    string          `json:"selected_time"`
	User    string          `json:"selected_user"`
	Channel string          `json:"selected_conversation"`
}

// slash is a command that somebody typed: https://docs.slack.dev/interactivity/implementing-slash-commands
type slash struct {
	Command string `json:"command"`
	Text    string `json:"text"`
	Trigger string `json:"trigger_id"`
	Team    string `json:"team_id"`
	User    string `json:"user_id"`
	Channel string `json:"channel_id"`
}
