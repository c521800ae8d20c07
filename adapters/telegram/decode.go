package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/go-telegram/bot/models"

	"tandem/bot"
	"tandem/dialog"
)

// errUpdate says that a body is no update. It tells nothing of the body, which may hold a person's words.
var errUpdate = errors.New("not an update of Telegram")

// received is an update as it came in, with what only this package needs.
type received struct {
	update bot.Update
	ours   bool   // false: nothing for Tandem, to be acknowledged and forgotten
	id     int64  // update_id, 0 where it could not be read
	query  string // the callback query to answer, so that the button stops spinning
}

// Decode reads one update in Telegram's JSON. False without an error means that it is well-formed and nothing for
// Tandem (a channel post, group talk, a service message). The time of a press is not told by Telegram: its At is zero.
// Decode knows no clock and contacts nobody; it fails only with an error that tells nothing of the content.
func Decode(body []byte, self Self) (bot.Update, bool, error) {
	r, err := decode(body, self)
	return r.update, r.ours, err
}

func decode(body []byte, self Self) (received, error) {
	var raw update
	if err := json.Unmarshal(body, &raw); err != nil || raw.ID == nil {
		return received{id: updateID(body)}, errUpdate // the id is worth having: it moves the offset past this update
	}
	r := received{id: *raw.ID}
	switch {
	case raw.Message != nil:
		r.update, r.ours = self.message(raw.Message, body)
	case raw.Edited != nil:
		r.update, r.ours = self.edited(raw.Edited)
	case raw.Press != nil:
		r.query = raw.Press.ID
		r.update, r.ours = press(raw.Press)
	case raw.Member != nil:
		r.update, r.ours = membership(raw.Member)
	}
	if r.ours {
		r.update.Delivery = fmt.Sprintf("telegram:%d:update:%d", self.ID, r.id)
		r.update.Seq = r.id
	} else {
		r.update = bot.Update{}
	}
	return r, nil
}

// message reads a new message.
func (s Self) message(m *message, body []byte) (bot.Update, bool) {
	u, ok := place(m.Chat, m.From)
	if !ok {
		return u, false
	}
	u.At = at(m.Date)
	if m.MigrateTo != 0 {
		u.Event = bot.Blocked // the group goes on as a supergroup, under another id
		return u, true
	}
	if u.Group && !s.addressed(m) {
		return u, false
	}
	if m.Text == "" {
		return u, media(&u, m, body)
	}
	text := s.unmention(m.Text)
	name, rest := command(text)
	u.Input = dialog.Input{Kind: dialog.Text, Text: text, Ref: ref(m.ID)}
	switch {
	case name == "start":
		start(&u, rest)
	case name != "":
		u.Input.Text = strings.TrimSpace("/" + name + " " + rest)
	}
	return u, true
}

// start opens the conversation. What follows /start is a code where it can be one; words that somebody typed there are
// kept as their input, so that the safety screen sees them (invariant 8).
func start(u *bot.Update, rest string) {
	u.Event = bot.Start
	switch {
	case rest == "":
		u.Input = dialog.Input{}
	case isCode(rest):
		u.Input, u.Code = dialog.Input{}, rest
	default:
		u.Input.Text = rest
	}
}

// edited reads a changed message. Of a changed photo only its caption matters; a live location that moves is nothing.
func (s Self) edited(m *message) (bot.Update, bool) {
	u, ok := place(m.Chat, m.From)
	if !ok || (m.Text == "" && m.Caption == "") || (u.Group && !s.addressed(m)) {
		return u, false
	}
	u.At = at(max(m.EditDate, m.Date))
	u.Input = dialog.Input{Kind: dialog.Text, Text: s.unmention(m.Text), Ref: ref(m.ID), Edited: true}
	if m.Text == "" {
		u.Input = dialog.Input{Kind: dialog.Media, Text: m.Caption, Ref: ref(m.ID), Edited: true, Media: m.kind()}
		if u.Input.Media == "" {
			u.Input.Media = "other"
		}
	}
	return u, true
}

// press reads a pressed button. A message that Telegram shows no more has an id and no text.
func press(q *callback) (bot.Update, bool) {
	if q.Message == nil {
		return bot.Update{}, false // of an inline message, which Tandem never sends
	}
	u, ok := place(q.Message.Chat, &q.From)
	if !ok {
		return u, false
	}
	prompt, choice := decodeButton(q.Data)
	u.Input = dialog.Input{Kind: dialog.Press, Prompt: prompt, Choice: choice}
	u.Pressed = &bot.Pressed{Ref: ref(q.Message.ID), Text: q.Message.Text}
	return u, true
}

// membership reads the bot being blocked, removed or let in. A change of its rights is nothing.
func membership(c *memberChange) (bot.Update, bool) {
	u, ok := place(c.Chat, &c.From)
	if !ok || c.Old.in() == c.New.in() {
		return u, false
	}
	u.At, u.Event = at(c.Date), bot.Blocked
	if c.New.in() {
		u.Event = bot.Unblocked
	}
	return u, true
}

// place says where something happened and who did it. Channels, and other bots, are nothing for Tandem.
func place(c models.Chat, from *models.User) (bot.Update, bool) {
	if from == nil || from.IsBot || from.ID == 0 || c.ID == 0 {
		return bot.Update{}, false
	}
	u := bot.Update{Conversation: conversation(c.ID), From: bot.Person{
		ID: strconv.FormatInt(from.ID, 10), Name: cleanName(from.FirstName), Language: from.LanguageCode,
	}}
	switch c.Type {
	case models.ChatTypePrivate:
		return u, true
	case models.ChatTypeGroup, models.ChatTypeSupergroup:
		u.Group = true
		return u, true
	}
	return u, false
}

// cleanName drops what could disturb the text around a name: controls, and the marks that turn its direction.
func cleanName(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069) {
			return -1
		}
		return r
	}, s))
}

func ref(id int64) string { return strconv.FormatInt(id, 10) }

// at is the platform's clock: seconds since 1970, and 0 for "not told".
func at(unix int64) time.Time {
	if unix <= 0 {
		return time.Time{}
	}
	return time.Unix(unix, 0).UTC()
}
