package slack

import (
	"encoding/json"
	"errors"
	"strings"

	"tandem/bot"
	"tandem/dialog"
)

// Kind tells what a body from Slack holds. The values are the envelope types of Socket Mode.
type Kind string

// The kinds of bodies.
const (
	Events      Kind = "events_api"     // an event in its envelope
	Interactive Kind = "interactive"    // a press, a choice, a modal
	Slash       Kind = "slash_commands" // a command, its form's fields as JSON
)

// errUpdate says that a body cannot be read. It tells nothing of the body, which may hold a person's words.
var errUpdate = errors.New("not an update of Slack")

// received is an update as it came in, with what only this package needs.
type received struct {
	update    bot.Update
	ours      bool   // false: nothing for Tandem, to be acknowledged and forgotten
	id        string // event_id, for logs
	challenge string // of url_verification, to be answered
	answer    any    // to a modal; nil: nothing is to be said
}

// Decode reads one body of Slack's. False without an error means that it is well-formed and nothing for Tandem (channel
// talk, what bots say, a deleted message). The time of a command or a modal is not told by Slack: its At is zero. Decode
// knows no clock and contacts nobody; it fails only with an error that tells nothing of the content.
//
// The delivery is named after the event_id, which is the same whenever Slack delivers an event again. Interactions and
// commands have none. They are named after their trigger_id, which Slack makes anew for each thing a person does, and
// which is a part of the payload: what is delivered again has the same one.
func Decode(kind Kind, body []byte, self Self) (bot.Update, bool, error) {
	r, err := decode(kind, body, self)
	return r.update, r.ours, err
}

func decode(kind Kind, body []byte, self Self) (r received, err error) {
	switch kind {
	case Events:
		r, err = self.envelope(body)
	case Interactive:
		r, err = self.interaction(body)
	case Slash:
		r, err = self.slash(body)
	default:
		err = errUpdate
	}
	if err != nil || !r.ours {
		r.update, r.ours = bot.Update{}, false
	}
	return r, err
}

// envelope reads an event. Its own part is read only where it is of a known type: those of others have fields of the
// same name and another kind.
func (s Self) envelope(body []byte) (received, error) {
	var env envelope
	if json.Unmarshal(body, &env) != nil {
		return received{}, errUpdate
	}
	switch env.Type {
	case "url_verification":
		return received{challenge: env.Challenge}, nil
	case "event_callback":
	default:
		return received{}, nil
	}
	if !isEventID(env.ID) {
		return received{}, errUpdate
	}
	r := received{id: env.ID}
	var head struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(env.Event, &head) != nil {
		return r, errUpdate
	}
	var e event
	switch head.Type {
	case "message", "app_mention", "app_home_opened":
		if json.Unmarshal(env.Event, &e) != nil {
			return r, errUpdate
		}
	default:
		return r, nil
	}
	team := env.Team
	if len(env.Authorizations) > 0 && env.Authorizations[0].Team != "" {
		team = env.Authorizations[0].Team // in a shared channel, the other is where the event comes from
	}
	r.update, r.ours = s.event(team, e)
	r.update.Delivery = "slack:" + s.teamOf(team) + ":event:" + env.ID
	return r, nil
}

func (s Self) event(team string, e event) (bot.Update, bool) {
	switch e.Type {
	case "app_home_opened":
		u, ok := s.update(team, e.Channel, e.User, e.EventTS)
		u.Event, u.With = HomeTab, pack(Opened{Tab: e.Tab})
		return u, ok && !u.Group
	case "app_mention":
		u, ok := s.update(team, e.Channel, e.User, e.TS)
		return u, ok && u.Group && e.Bot == "" && s.say(&u, e.message)
	}
	switch e.Subtype {
	case "message_changed":
		return s.changed(team, e)
	case "", "file_share", "me_message", "thread_broadcast":
	default:
		return bot.Update{}, false // what happened to the channel, and what bots say
	}
	u, ok := s.update(team, e.Channel, e.User, e.TS)
	if !ok || e.Bot != "" || (u.Group && !s.addressed(e)) {
		return u, false
	}
	return u, s.say(&u, e.message)
}

// addressed tells whether a channel's message is meant for the bot: a reply in a thread that it began. One that mentions
// the bot comes as app_mention too, and is taken in as that.
func (s Self) addressed(e event) bool {
	return s.User != "" && e.ParentUser == s.User && !strings.Contains(e.Text, "<@"+s.User)
}

// changed reads a message that its writer changed. In a channel, what was asked stays as it was.
func (s Self) changed(team string, e event) (bot.Update, bool) {
	m := e.Message
	if m == nil || m.Edited == nil || m.Bot != "" {
		return bot.Update{}, false
	}
	u, ok := s.update(team, e.Channel, m.User, e.EventTS)
	if !ok || u.Group || !s.say(&u, *m) || u.Input.Text == "" {
		return u, false
	}
	u.Input.Edited = true
	return u, true
}

// say reads what was said, and tells whether it was anything.
func (s Self) say(u *bot.Update, m message) bool {
	text, ok := richWords(m.Blocks)
	if !ok {
		text = plain(m.Text)
	}
	if u.Group {
		text = s.unmention(text)
	}
	u.Input = dialog.Input{Kind: dialog.Text, Text: text, Ref: m.TS}
	if len(m.Files) > 0 || strings.TrimSpace(text) == "" {
		u.Input.Kind, u.Input.Media = dialog.Media, mediaKind(m.Files)
	}
	return micros(m.TS) > 0 && (!u.Group || strings.TrimSpace(text) != "" || len(m.Files) > 0)
}

// unmention takes a mention of the bot off the beginning: "@Tandem, 7" answers "7". A mention alone stays.
func (s Self) unmention(text string) string {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), "@"+s.User)
	rest = strings.TrimLeft(rest, " \t\n\u00a0,:;-")
	if s.User == "" || !ok || rest == "" {
		return text
	}
	return rest
}

// mediaKind names files as dialog.Input.Media does. Without any it was something that Slack shows and does not name.
func mediaKind(files []file) string {
	if len(files) == 0 {
		return "other"
	}
	f := files[0]
	kind, _, _ := strings.Cut(f.Mime, "/")
	switch {
	case f.Subtype == "slack_audio", kind == "audio":
		return "voice"
	case kind == "video":
		return "video"
	case kind == "image":
		return "photo"
	}
	return "document"
}

// update says where something happened, who did it and when. Slackbot, and the bot itself, are nothing for Tandem.
func (s Self) update(team, channel, user, ts string) (bot.Update, bool) {
	team = s.teamOf(team)
	if !isID(team) || !isID(channel) || !isID(user) || user == s.User || user == "USLACKBOT" {
		return bot.Update{}, false
	}
	p := place{team: team, channel: channel}
	return bot.Update{Conversation: p.conversation(), Seq: micros(ts), At: at(ts), From: bot.Person{ID: user}, Group: !p.direct()}, true
}

// teamOf is the workspace of something; "": it is another than the bot's, where its token can answer nothing.
func (s Self) teamOf(team string) string {
	switch {
	case s.Team == "", team == s.Team:
		return team
	case team == "": // an app that is installed for a whole organisation
		return s.Team
	}
	return ""
}

// isEventID tells an event_id or a trigger_id: letters, digits and dots.
func isEventID(s string) bool {
	return s != "" && len(s) <= 128 && strings.IndexFunc(s, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.'
	}) < 0
}
