package telegram

import "github.com/go-telegram/bot/models"

// update is the part of models.Update that Tandem reads. Decoding all of it would make a person's words depend on
// fields that nobody here looks at: the library refuses a whole update for an unknown kind of chat background.
// https://core.telegram.org/bots/api#update
type update struct {
	ID      *int64        `json:"update_id"`
	Message *message      `json:"message"`
	Edited  *message      `json:"edited_message"`
	Press   *callback     `json:"callback_query"`
	Member  *memberChange `json:"my_chat_member"`
}

// message is the part of models.Message that Tandem reads. https://core.telegram.org/bots/api#message
type message struct {
	ID       int64        `json:"message_id"`
	From     *models.User `json:"from"`
	Chat     models.Chat  `json:"chat"`
	Date     int64        `json:"date"`
	EditDate int64        `json:"edit_date"`
	ReplyTo  *struct {
		From *models.User `json:"from"`
	} `json:"reply_to_message"`
	Text      string `json:"text"`
	Caption   string `json:"caption"`
	MigrateTo int64  `json:"migrate_to_chat_id"`
	content
}

// content tells what a message without text is.
type content struct {
	Animation present `json:"animation"`
	Audio     present `json:"audio"`
	Contact   present `json:"contact"`
	Document  present `json:"document"`
	Location  *spot   `json:"location"`
	Photo     present `json:"photo"`
	Sticker   present `json:"sticker"`
	Venue     present `json:"venue"`
	Video     present `json:"video"`
	VideoNote present `json:"video_note"`
	Voice     present `json:"voice"`
}

// spot is a shared location, in degrees.
type spot struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// kind names the content as dialog.Input.Media does; empty: none of these. An animation comes with a document of the
// same file and a venue with a location, so the order matters only within those pairs.
func (c content) kind() string {
	switch {
	case bool(c.Photo):
		return "photo"
	case bool(c.Sticker):
		return "sticker"
	case bool(c.Voice), bool(c.Audio):
		return "voice"
	case bool(c.Video), bool(c.VideoNote), bool(c.Animation):
		return "video"
	case bool(c.Document):
		return "document"
	case bool(c.Venue), c.Location != nil:
		return "location"
	case bool(c.Contact):
		return "contact"
	}
	return ""
}

// present is true for a field that is there, whatever it holds.
type present bool

// UnmarshalJSON implements json.Unmarshaler.
func (p *present) UnmarshalJSON(b []byte) error {
	*p = string(b) != "null"
	return nil
}

// callback is a pressed button. https://core.telegram.org/bots/api#callbackquery
type callback struct {
	ID      string      `json:"id"`
	From    models.User `json:"from"`
	Message *message    `json:"message"` // with date 0 and no text where Telegram shows it no more
	Data    string      `json:"data"`
}

// memberChange is the bot being let in or shut out. https://core.telegram.org/bots/api#chatmemberupdated
type memberChange struct {
	Chat models.Chat `json:"chat"`
	From models.User `json:"from"`
	Date int64       `json:"date"`
	Old  member      `json:"old_chat_member"`
	New  member      `json:"new_chat_member"`
}

type member struct {
	Status models.ChatMemberType `json:"status"`
	Member bool                  `json:"is_member"` // of "restricted": still in the chat
}

// in tells whether the bot is in the chat.
func (m member) in() bool {
	switch m.Status {
	case models.ChatMemberTypeMember, models.ChatMemberTypeAdministrator, models.ChatMemberTypeOwner:
		return true
	case models.ChatMemberTypeRestricted:
		return m.Member
	}
	return false
}
