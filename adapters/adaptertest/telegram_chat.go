package adaptertest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/go-telegram/bot/models"
)

// Chat is a chat as the person in it sees and uses it. All its methods may be called side by side.
type Chat struct {
	ID int64

	f       *Telegram
	person  models.User
	group   bool
	title   string
	blocked bool
	seen    []Message
	changed chan struct{} // closed and replaced whenever a message comes or changes
}

// Message is one bubble of a chat, as it stands now.
type Message struct {
	ID      int
	FromBot bool
	Text    string // without markup; a caption where there is Media
	Media   string // photo, document; empty: text
	Buttons [][]Button
	Was     []string // the texts before each edit
	At      time.Time
}

// Button is a button under a message.
type Button struct{ Label, Data string }

// Labels are the message's buttons, row after row.
func (m Message) Labels() []string {
	var labels []string
	for _, row := range m.Buttons {
		for _, b := range row {
			labels = append(labels, b.Label)
		}
	}
	return labels
}

// Chat is the private chat with a person, who has begun it before; the chat's id is the person's.
func (f *Telegram) Chat(id int64) *Chat {
	return f.ChatAs(id, models.User{ID: id, FirstName: "Person " + strconv.FormatInt(id, 10), LanguageCode: "en"})
}

// ChatAs is the private chat with a person of a certain name and language.
func (f *Telegram) ChatAs(id int64, person models.User) *Chat {
	person.ID = id
	return f.open(&Chat{ID: id, f: f, person: person})
}

// Group is a group (its id is below 0) as one of its members uses it; the others' view is the same.
func (f *Telegram) Group(id int64, title string, member models.User) *Chat {
	f.open(&Chat{ID: id, f: f, person: member, group: true, title: title})
	return &Chat{ID: id, f: f, person: member, group: true, title: title}
}

func (f *Telegram) open(c *Chat) *Chat {
	f.mu.Lock()
	defer f.mu.Unlock()
	if known, ok := f.chats[c.ID]; ok {
		return known
	}
	c.changed = make(chan struct{})
	f.chats[c.ID] = c
	return c
}

// Say types a message, and returns its id.
func (c *Chat) Say(text string) int { return c.say(Message{Text: text}, nil) }

// Reply types an answer to a certain message of the bot.
func (c *Chat) Reply(to int, text string) int {
	return c.say(Message{Text: text}, func(m *models.Message) {
		m.ReplyToMessage = &models.Message{ID: to, Chat: m.Chat, Date: m.Date, From: c.f.me()}
	})
}

// SendPhoto sends a picture.
func (c *Chat) SendPhoto(caption string) int {
	return c.say(Message{Text: caption, Media: "photo"}, nil)
}

func (c *Chat) say(said Message, more func(*models.Message)) int {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	view := c.f.chats[c.ID]
	said = view.add(said)
	m := c.wire(said)
	if more != nil {
		more(&m)
	}
	c.f.push(models.AllowedUpdateMessage, c.lane(), func(u *models.Update) { u.Message = &m })
	return said.ID
}

// Edit changes a message that was typed before.
func (c *Chat) Edit(id int, text string) error {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	m := c.f.chats[c.ID].find(id)
	if m == nil || m.FromBot {
		return fmt.Errorf("message %d is none of the person's", id)
	}
	m.Was, m.Text = append(m.Was, m.Text), text
	c.f.chats[c.ID].change()
	wire := c.wire(*m)
	wire.EditDate = int(time.Now().Unix())
	c.f.push(models.AllowedUpdateEditedMessage, c.lane(), func(u *models.Update) { u.EditedMessage = &wire })
	return nil
}

// Press presses the newest button with this label.
func (c *Chat) Press(label string) error {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	for _, m := range slices.Backward(c.f.chats[c.ID].seen) {
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.Label == label {
					c.press(m, b.Data)
					return nil
				}
			}
		}
	}
	return fmt.Errorf("no button %q in chat %d", label, c.ID)
}

// PressData sends any data for a message, as an old screen or a client of one's own can.
func (c *Chat) PressData(id int, data string) error {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	m := c.f.chats[c.ID].find(id)
	if m == nil {
		return fmt.Errorf("no message %d in chat %d", id, c.ID)
	}
	c.press(*m, data)
	return nil
}

func (c *Chat) press(m Message, data string) {
	id := strconv.FormatInt(c.person.ID, 10) + "-" + strconv.FormatInt(c.f.nextID, 10)
	c.f.queries[id] = false
	wire := c.wire(m)
	c.f.push(models.AllowedUpdateCallbackQuery, "press:"+strconv.FormatInt(c.person.ID, 10), func(u *models.Update) {
		u.CallbackQuery = &models.CallbackQuery{ID: id, From: c.person, Data: data, ChatInstance: "1",
			Message: models.MaybeInaccessibleMessage{Message: &wire}}
	})
}

// Block shuts the bot out, Unblock lets it in again.
func (c *Chat) Block() { c.letIn(false) }

// Unblock lets the bot in again.
func (c *Chat) Unblock() { c.letIn(true) }

func (c *Chat) letIn(in bool) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	c.f.chats[c.ID].blocked = !in
	me := c.f.me()
	inside := models.ChatMember{Type: models.ChatMemberTypeMember, Member: &models.ChatMemberMember{User: me}}
	outside := models.ChatMember{Type: models.ChatMemberTypeBanned, Banned: &models.ChatMemberBanned{User: me}}
	was, is := inside, outside
	if in {
		was, is = outside, inside
	}
	c.f.push(models.AllowedUpdateMyChatMember, c.lane(), func(u *models.Update) {
		u.MyChatMember = &models.ChatMemberUpdated{Chat: c.wireChat(), From: c.person, Date: int(time.Now().Unix()),
			OldChatMember: was, NewChatMember: is}
	})
}

// Messages is what the person sees, in order; each accepted send is a message of its own.
func (c *Chat) Messages() []Message {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	return c.f.chats[c.ID].copySeen()
}

// FromBot are the bot's messages alone.
func (c *Chat) FromBot() []Message {
	return slices.DeleteFunc(c.Messages(), func(m Message) bool { return !m.FromBot })
}

// Wait waits until what the person sees satisfies ok, and returns it; or until ctx ends.
func (c *Chat) Wait(ctx context.Context, ok func([]Message) bool) ([]Message, error) {
	for {
		c.f.mu.Lock()
		seen, changed := c.f.chats[c.ID].copySeen(), c.f.chats[c.ID].changed
		c.f.mu.Unlock()
		if ok(seen) {
			return seen, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return seen, ctx.Err()
		}
	}
}

// The rest is for holders of the lock.

func (c *Chat) copySeen() []Message { return slices.Clone(c.seen) }

// add appends a message, with the next id.
func (c *Chat) add(m Message) Message {
	c.f.messages++
	m.ID, m.At = c.f.messages, time.Now()
	c.seen = append(c.seen, m)
	c.change()
	return m
}

// change wakes who waits for this chat, and nobody else: with hundreds of chats that is most of the cost.
func (c *Chat) change() {
	close(c.changed)
	c.changed = make(chan struct{})
}

func (c *Chat) find(id int) *Message {
	for i := range c.seen {
		if c.seen[i].ID == id {
			return &c.seen[i]
		}
	}
	return nil
}

func (c *Chat) lane() string { return "chat:" + strconv.FormatInt(c.ID, 10) }

func (f *Telegram) me() *models.User {
	return &models.User{ID: f.opt.BotID, IsBot: true, FirstName: "Tandem", Username: f.opt.Username}
}

func (c *Chat) wireChat() models.Chat {
	if c.group {
		return models.Chat{ID: c.ID, Type: models.ChatTypeSupergroup, Title: c.title}
	}
	return models.Chat{ID: c.ID, Type: models.ChatTypePrivate, FirstName: c.person.FirstName}
}

// wire is a message as the Bot API shows it.
func (c *Chat) wire(m Message) models.Message {
	out := models.Message{ID: m.ID, Date: int(m.At.Unix()), Chat: c.wireChat(), Text: m.Text}
	out.From = &c.person
	if m.FromBot {
		out.From = c.f.me()
	}
	if m.Media != "" {
		out.Text, out.Caption = "", m.Text
		out.Photo = []models.PhotoSize{{FileID: "file", FileUniqueID: "file", Width: 90, Height: 90}}
	}
	if len(m.Buttons) > 0 {
		out.ReplyMarkup = &models.InlineKeyboardMarkup{}
		for _, row := range m.Buttons {
			var keys []models.InlineKeyboardButton
			for _, b := range row {
				keys = append(keys, models.InlineKeyboardButton{Text: b.Label, CallbackData: b.Data})
			}
			out.ReplyMarkup.InlineKeyboard = append(out.ReplyMarkup.InlineKeyboard, keys)
		}
	}
	return out
}
