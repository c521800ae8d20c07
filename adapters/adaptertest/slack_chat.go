package adaptertest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// SlackChat is a direct message or a channel as one person in it sees and uses it. All its methods may be called side by
// side.
type SlackChat struct {
	Channel string // D... or C...
	Person  string // U...

	f    *Slack
	room *slackRoom
}

// slackRoom is what all people of a channel share.
type slackRoom struct {
	seen []SlackMessage
	gone string // Slack's word for why nothing can be posted there
}

// SlackMessage is one bubble, as it stands now.
type SlackMessage struct {
	TS       string
	FromBot  bool
	Text     string // what is read, without mark-up
	Fallback string // what a notification says
	Thread   string // the ts of its thread
	For      string // the one person who sees it; "": all
	Buttons  []SlackButton
	Was      []string // the texts before each edit

	person string
	blocks json.RawMessage
}

// SlackButton is a button, or a line of a menu.
type SlackButton struct{ Label, Value, Action, Block, Type string }

// Labels are the message's buttons and the lines of its menus.
func (m SlackMessage) Labels() []string {
	var labels []string
	for _, b := range m.Buttons {
		labels = append(labels, b.Label)
	}
	return labels
}

// DM is the direct message of the bot with a person, whose number it bears: D<n> with U<n>.
func (f *Slack) DM(n int) *SlackChat { return f.chat(fmt.Sprintf("D%d", n), fmt.Sprintf("U%d", n)) }

// Channel is a channel as one of its members uses it.
func (f *Slack) Channel(n, member int) *SlackChat {
	return f.chat(fmt.Sprintf("C%d", n), fmt.Sprintf("U%d", member))
}

func (f *Slack) chat(channel, person string) *SlackChat {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := &SlackChat{Channel: channel, Person: person, f: f, room: &slackRoom{}}
	if known, ok := f.chats[channel]; ok {
		c.room = known.room
		return c
	}
	f.chats[channel] = c
	return c
}

// Say types a message, and returns its ts. In a channel, "@Tandem" calls the bot, which is told of nothing else.
func (c *SlackChat) Say(text string) string { return c.say(text, "", "") }

// Reply types a message in a thread.
func (c *SlackChat) Reply(thread, text string) string { return c.say(text, thread, "") }

// SendFile sends a file of a kind such as image/png.
func (c *SlackChat) SendFile(mime, caption string) string { return c.say(caption, "", mime) }

func (c *SlackChat) say(text, thread, mime string) string {
	f := c.f
	f.mu.Lock()
	defer f.mu.Unlock()
	m := SlackMessage{TS: f.tick(), Text: text, Thread: thread, person: c.Person}
	c.room.seen = append(c.room.seen, m)
	e := c.wire(m)
	e["type"], e["channel"], e["event_ts"], e["channel_type"] = "message", c.Channel, m.TS, "im"
	if mime != "" {
		e["subtype"], e["files"] = "file_share", []map[string]any{{"id": f.next("F"), "mimetype": mime}}
	}
	if !strings.HasPrefix(c.Channel, "D") {
		e["channel_type"] = "channel"
		if strings.Contains(text, "@Tandem") {
			e["type"] = "app_mention"
		}
	}
	f.pushEvent(e)
	return m.TS
}

// Edit changes a message that was typed before.
func (c *SlackChat) Edit(ts, text string) error {
	f := c.f
	f.mu.Lock()
	defer f.mu.Unlock()
	m := c.find(ts)
	if m == nil || m.FromBot {
		return fmt.Errorf("message %s is none of the person's", ts)
	}
	before := c.wire(*m)
	m.Was, m.Text = append(m.Was, m.Text), text
	now, at := c.wire(*m), f.tick()
	now["edited"] = map[string]string{"user": c.Person, "ts": at}
	f.pushEvent(map[string]any{"type": "message", "subtype": "message_changed", "channel": c.Channel, "channel_type": "im",
		"ts": at, "event_ts": at, "message": now, "previous_message": before})
	return nil
}

// Delete takes a message away.
func (c *SlackChat) Delete(ts string) {
	f := c.f
	f.mu.Lock()
	defer f.mu.Unlock()
	c.room.seen = slices.DeleteFunc(c.room.seen, func(m SlackMessage) bool { return m.TS == ts })
	at := f.tick()
	f.pushEvent(map[string]any{"type": "message", "subtype": "message_deleted", "channel": c.Channel, "channel_type": "im",
		"ts": at, "event_ts": at, "deleted_ts": ts})
}

// Press presses the newest button, or picks the line of the newest menu, with this label.
func (c *SlackChat) Press(label string) error {
	f := c.f
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range slices.Backward(c.room.seen) {
		for _, b := range m.Buttons {
			if b.Label == label {
				c.press(m, b)
				return nil
			}
		}
	}
	return fmt.Errorf("no button %q in %s", label, c.Channel)
}

// PressValue sends any value for a message, as an old screen can.
func (c *SlackChat) PressValue(ts, value string) error {
	f := c.f
	f.mu.Lock()
	defer f.mu.Unlock()
	m := c.find(ts)
	if m == nil {
		return fmt.Errorf("no message %s in %s", ts, c.Channel)
	}
	c.press(*m, SlackButton{Value: value, Action: "choice0", Block: "row0", Type: "button"})
	return nil
}

func (c *SlackChat) press(m SlackMessage, b SlackButton) {
	p := c.f.interaction("block_actions", c.Person)
	p["channel"] = map[string]string{"id": c.Channel, "name": "directmessage"}
	p["container"] = map[string]any{"type": "message", "message_ts": m.TS, "channel_id": c.Channel, "is_ephemeral": m.For != ""}
	if m.For == "" {
		p["message"] = c.wire(m)
	}
	p["actions"] = []any{c.f.action(b)}
	c.f.pushForm("interactive", "payload", p)
}

// Command types a slash command.
func (c *SlackChat) Command(command, text string) {
	f := c.f
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pushForm("slash_commands", "", map[string]any{"command": command, "text": text, "trigger_id": f.trigger(c.Person),
		"team_id": f.opt.Team, "user_id": c.Person, "channel_id": c.Channel, "api_app_id": "A0TANDEM"})
}

// OpenHome opens the App Home.
func (c *SlackChat) OpenHome() {
	f := c.f
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pushEvent(map[string]any{"type": "app_home_opened", "user": c.Person, "channel": c.Channel, "tab": "home", "event_ts": f.tick()})
}

// Remove takes the bot out of the channel.
func (c *SlackChat) Remove() { c.lose("not_in_channel") }

// Lose makes the channel answer every post with an error of Slack's, such as is_archived; "": it is well again.
func (c *SlackChat) Lose(word string) { c.lose(word) }

func (c *SlackChat) lose(word string) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	c.room.gone = word
}

// Messages is what the person sees, in order; each accepted send is a message of its own.
func (c *SlackChat) Messages() []SlackMessage {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(c.room.seen), func(m SlackMessage) bool { return m.For != "" && m.For != c.Person })
}

// FromBot are the bot's messages alone.
func (c *SlackChat) FromBot() []SlackMessage {
	return slices.DeleteFunc(c.Messages(), func(m SlackMessage) bool { return !m.FromBot })
}

// The rest is for holders of the lock.

func (c *SlackChat) find(ts string) *SlackMessage {
	for i := range c.room.seen {
		if c.room.seen[i].TS == ts {
			return &c.room.seen[i]
		}
	}
	return nil
}

// wire is a message as Slack shows it to apps: what a person typed is escaped in the text, and as it is in rich text.
func (c *SlackChat) wire(m SlackMessage) map[string]any {
	w := map[string]any{"type": "message", "ts": m.TS, "text": m.Fallback}
	if m.Thread != "" {
		w["thread_ts"] = m.Thread
		if parent := c.find(m.Thread); parent != nil && parent.FromBot {
			w["parent_user_id"] = c.f.opt.User
		}
	}
	if m.FromBot {
		w["user"], w["bot_id"], w["blocks"] = c.f.opt.User, "B0TANDEM", m.blocks
		return w
	}
	w["user"], w["text"] = m.person, strings.ReplaceAll(slackEscape(m.Text), "@Tandem", "<@"+c.f.opt.User+">")
	if m.Text != "" {
		w["blocks"] = richTyped(m.Text, c.f.opt.User)
	}
	return w
}

// richTyped is what Slack makes of what a person types.
func richTyped(text, user string) []any {
	var parts []any
	for i, piece := range strings.Split(text, "@Tandem") {
		if i > 0 {
			parts = append(parts, map[string]any{"type": "user", "user_id": user})
		}
		if piece != "" {
			parts = append(parts, map[string]any{"type": "text", "text": piece})
		}
	}
	return []any{map[string]any{"type": "rich_text", "block_id": "typed", "elements": []any{
		map[string]any{"type": "rich_text_section", "elements": parts},
	}}}
}

func slackEscape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
