package adaptertest

import (
	"encoding/json"
	"strings"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"
)

// sendMessage is https://core.telegram.org/bots/api#sendmessage
func (f *Telegram) sendMessage(p params) reply {
	text, bad := plainText(p, "text", 4096)
	if bad.status != 0 {
		return bad
	}
	if text == "" {
		return fail(400, "Bad Request: message text is empty")
	}
	return f.send(p, Message{Text: text})
}

// sendFile is sendPhoto and sendDocument; the file itself is not looked at.
func (f *Telegram) sendFile(p params, kind string) reply {
	caption, bad := plainText(p, "caption", 1024)
	if bad.status != 0 {
		return bad
	}
	if p[kind] == "" {
		return fail(400, "Bad Request: there is no %s in the request", kind)
	}
	return f.send(p, Message{Text: caption, Media: kind})
}

func (f *Telegram) send(p params, m Message) reply {
	keyboard, bad := readKeyboard(p)
	if bad.status != 0 {
		return bad
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	c, bad := f.writable(p)
	if bad.status != 0 {
		return bad
	}
	m.Buttons, m.FromBot = keyboard, true
	return reply{result: c.wire(c.add(m))}
}

// editText is https://core.telegram.org/bots/api#editmessagetext
func (f *Telegram) editText(p params) reply {
	text, bad := plainText(p, "text", 4096)
	if bad.status != 0 {
		return bad
	}
	if text == "" {
		return fail(400, "Bad Request: message text is empty")
	}
	return f.edit(p, func(m *Message) reply {
		if m.Media != "" {
			return fail(400, "Bad Request: there is no text in the message to edit")
		}
		m.Text = text
		return reply{}
	})
}

// editMarkup is https://core.telegram.org/bots/api#editmessagereplymarkup
func (f *Telegram) editMarkup(p params) reply {
	return f.edit(p, func(*Message) reply { return reply{} })
}

// edit changes a message of the bot; its keyboard goes where none is given.
func (f *Telegram) edit(p params, change func(*Message) reply) reply {
	keyboard, bad := readKeyboard(p)
	if bad.status != 0 {
		return bad
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	c, bad := f.writable(p)
	if bad.status != 0 {
		return bad
	}
	m := c.find(int(p.int("message_id")))
	if m == nil {
		return fail(400, "Bad Request: message to edit not found")
	}
	if !m.FromBot {
		return fail(400, "Bad Request: message can't be edited")
	}
	next := *m
	if bad := change(&next); bad.status != 0 {
		return bad
	}
	next.Buttons = keyboard
	if next.Text == m.Text && sameKeyboard(next.Buttons, m.Buttons) {
		return fail(400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	next.Was = append(append([]string(nil), m.Was...), m.Text)
	*m = next
	c.change()
	return reply{result: c.wire(*m)}
}

// writable finds the chat of a call and checks that the bot may write there. The caller holds the lock.
func (f *Telegram) writable(p params) (*Chat, reply) {
	if p["chat_id"] == "" {
		return nil, fail(400, "Bad Request: chat_id is empty")
	}
	c, ok := f.chats[p.int("chat_id")]
	switch {
	case !ok:
		return nil, fail(400, "Bad Request: chat not found")
	case c.blocked && c.group:
		return nil, fail(403, "Forbidden: bot was kicked from the group chat")
	case c.blocked:
		return nil, fail(403, "Forbidden: bot was blocked by the user")
	}
	return c, reply{}
}

// answerQuery is https://core.telegram.org/bots/api#answercallbackquery
func (f *Telegram) answerQuery(p params) reply {
	f.mu.Lock()
	defer f.mu.Unlock()
	id := p["callback_query_id"]
	if _, ok := f.queries[id]; !ok {
		return fail(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
	}
	f.queries[id] = true
	return reply{result: true}
}

func (f *Telegram) chatAction(p params) reply {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, bad := f.writable(p); bad.status != 0 {
		return bad
	}
	if p["action"] == "" {
		return fail(400, "Bad Request: wrong parameter action in request")
	}
	return reply{result: true}
}

func (f *Telegram) setCommands(p params) reply {
	var list []models.BotCommand
	if json.Unmarshal([]byte(p["commands"]), &list) != nil {
		return fail(400, "Bad Request: can't parse BotCommand: must be an Array")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.menus[p["language_code"]] = list
	return reply{result: true}
}

// plainText reads a text parameter as a person will see it, or says what Telegram says to a bad one.
func plainText(p params, name string, limit int) (string, reply) {
	text := p[name]
	switch strings.ToLower(p["parse_mode"]) {
	case "":
	case "html":
		plain, bad := parseHTML(text)
		if bad != "" {
			return "", fail(400, "Bad Request: can't parse entities: %s", bad)
		}
		text = plain
	default:
		return "", fail(400, "Bad Request: unsupported parse_mode")
	}
	text = strings.TrimSpace(text)
	if len(utf16.Encode([]rune(text))) > limit {
		if name == "caption" {
			return "", fail(400, "Bad Request: message caption is too long")
		}
		return "", fail(400, "Bad Request: message is too long")
	}
	return text, reply{}
}

// readKeyboard reads and checks an inline keyboard.
func readKeyboard(p params) ([][]Button, reply) {
	if p["reply_markup"] == "" {
		return nil, reply{}
	}
	var markup models.InlineKeyboardMarkup
	if json.Unmarshal([]byte(p["reply_markup"]), &markup) != nil {
		return nil, fail(400, "Bad Request: object expected as reply markup")
	}
	var rows [][]Button
	total := 0
	for _, row := range markup.InlineKeyboard {
		var out []Button
		for _, b := range row {
			switch {
			case strings.TrimSpace(b.Text) == "":
				return nil, fail(400, "Bad Request: can't parse inline keyboard button: Text must be non-empty")
			case len(b.CallbackData) > 64:
				return nil, fail(400, "Bad Request: BUTTON_DATA_INVALID")
			case b.CallbackData == "" && b.URL == "":
				return nil, fail(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
			}
			out = append(out, Button{Label: b.Text, Data: b.CallbackData})
		}
		if total += len(out); total > 100 || len(out) > 8 {
			return nil, fail(400, "Bad Request: reply markup is too long")
		}
		if len(out) > 0 {
			rows = append(rows, out)
		}
	}
	return rows, reply{}
}

func sameKeyboard(a, b [][]Button) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}
