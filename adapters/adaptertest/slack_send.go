package adaptertest

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// postMessage is https://docs.slack.dev/reference/methods/chat.postMessage and, for one person, chat.postEphemeral.
func (f *Slack) postMessage(method string, p slackParams) slackReply {
	c, word := f.writable(p.text("channel"))
	if word != "" {
		return slackFail(word)
	}
	m, bad := readSlackMessage(p)
	if bad.word != "" {
		return bad
	}
	m.Thread, m.TS = p.text("thread_ts"), f.tick()
	if m.Thread != "" && c.find(m.Thread) == nil {
		return slackFail("thread_not_found")
	}
	if method == "chat.postEphemeral" {
		if m.For = p.text("user"); m.For == "" {
			return slackFail("user_not_in_channel")
		}
	}
	c.room.seen = append(c.room.seen, m)
	if m.For != "" {
		return slackReply{result: map[string]any{"message_ts": m.TS}}
	}
	return slackReply{result: map[string]any{"channel": c.Channel, "ts": m.TS, "message": c.wire(m)}}
}

// updateMessage is https://docs.slack.dev/reference/methods/chat.update
func (f *Slack) updateMessage(p slackParams) slackReply {
	c, word := f.writable(p.text("channel"))
	if word != "" {
		return slackFail(word)
	}
	old := c.find(p.text("ts"))
	switch {
	case old == nil, old.For != "":
		return slackFail("message_not_found")
	case !old.FromBot:
		return slackFail("cant_update_message")
	}
	m, bad := readSlackMessage(p)
	if bad.word != "" {
		return bad
	}
	m.TS, m.Thread, m.Was = old.TS, old.Thread, append(append([]string(nil), old.Was...), old.Text)
	*old = m
	return slackReply{result: map[string]any{"channel": c.Channel, "ts": m.TS, "text": m.Fallback}}
}

// readSlackMessage reads what a message will look like, or says what Slack says to a bad one.
func readSlackMessage(p slackParams) (SlackMessage, slackReply) {
	m := SlackMessage{FromBot: true, Fallback: p.text("text"), blocks: p["blocks"]}
	blocks, bad := readSlackBlocks(p["blocks"], 50)
	if bad.word != "" {
		return m, bad
	}
	if len(blocks) == 0 {
		m.blocks = json.RawMessage("[]")
		m.Text = slackShow(m.Fallback)
	} else {
		m.Text, m.Buttons = slackSeen(blocks)
	}
	switch {
	case strings.TrimSpace(m.Fallback) == "" && len(blocks) == 0:
		return m, slackFail("no_text")
	case utf8.RuneCountInString(m.Fallback) > 40_000:
		return m, slackFail("msg_too_long")
	}
	return m, slackReply{}
}

// writable finds a channel and checks that the bot may write there.
func (f *Slack) writable(channel string) (*SlackChat, string) {
	c, ok := f.chats[channel]
	switch {
	case !ok:
		return nil, "channel_not_found"
	case c.room.gone != "":
		return nil, c.room.gone
	}
	return c, ""
}

// openDM is https://docs.slack.dev/reference/methods/conversations.open
func (f *Slack) openDM(p slackParams) slackReply {
	user := p.text("users")
	number, ok := strings.CutPrefix(user, "U")
	switch {
	case user == f.opt.User:
		return slackFail("cannot_dm_bot")
	case !ok || number == "":
		return slackFail("user_not_found")
	}
	channel := "D" + number
	if _, known := f.chats[channel]; !known {
		f.chats[channel] = &SlackChat{Channel: channel, Person: user, f: f, room: &slackRoom{}}
	}
	return slackReply{result: map[string]any{"channel": map[string]string{"id": channel}}}
}

// history is https://docs.slack.dev/reference/methods/conversations.history, for one message.
func (f *Slack) history(p slackParams) slackReply {
	c, ok := f.chats[p.text("channel")]
	if !ok {
		return slackFail("channel_not_found")
	}
	found := []any{}
	if m := c.find(p.text("latest")); m != nil && p.text("oldest") == m.TS && (p.text("inclusive") == "true" || p.text("inclusive") == "1") {
		found = append(found, c.wire(*m))
	}
	return slackReply{result: map[string]any{"messages": found}}
}

// userInfo is https://docs.slack.dev/reference/methods/users.info
func (f *Slack) userInfo(p slackParams) slackReply {
	user := p.text("user")
	if !strings.HasPrefix(user, "U") {
		return slackFail("user_not_found")
	}
	name, ok := f.opt.Names[user]
	if !ok {
		name = "Ana"
	}
	info := map[string]any{"id": user, "team_id": f.opt.Team, "tz": "Europe/Madrid",
		"profile": map[string]string{"display_name": "", "first_name": name, "real_name": name + " Example"}}
	if p.text("include_locale") == "true" {
		info["locale"] = f.opt.Locale
	}
	return slackReply{result: map[string]any{"user": info}}
}
