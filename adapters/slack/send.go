package slack

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	slackapi "github.com/slack-go/slack"

	"tandem/adapters/cut"
	"tandem/bot"
)

// post is chat.postMessage, with a user chat.postEphemeral and with a ts chat.update:
// https://docs.slack.dev/reference/methods/chat.postMessage. Its text is for notifications, and says what the blocks say.
type post struct {
	Channel     string           `json:"channel"`
	User        string           `json:"user,omitempty"`
	TS          string           `json:"ts,omitempty"`
	Thread      string           `json:"thread_ts,omitempty"`
	Text        string           `json:"text"`
	Blocks      []slackapi.Block `json:"blocks"`
	Parse       string           `json:"parse"` // chat.update reads names and links where it is not told
	LinkNames   bool             `json:"link_names"`
	Mrkdwn      bool             `json:"mrkdwn"`
	UnfurlLinks bool             `json:"unfurl_links"`
	UnfurlMedia bool             `json:"unfurl_media"`
}

// Send implements bot.Platform for Say and Settle. It fails with *bot.SendError only.
func (s *Slack) Send(ctx context.Context, conversation string, o bot.Outgoing) (string, error) {
	p, err := s.placeOf(conversation)
	if err != nil {
		return "", err
	}
	switch o.Kind {
	case bot.Say:
		return s.say(ctx, "chat.postMessage", p, "", o)
	case bot.Settle:
		return s.settle(ctx, p, o)
	}
	return "", never(bot.CodeKind)
}

// Whisper shows a message in a channel to one person alone (chat.postEphemeral). It is gone when they reload, and
// nothing can change it: it has no ref. It fails with *bot.SendError only.
func (s *Slack) Whisper(ctx context.Context, conversation, user string, o bot.Outgoing) error {
	p, err := s.placeOf(conversation)
	if err != nil {
		return err
	}
	if !isID(user) || o.Kind != bot.Say {
		return never(bot.CodeKind)
	}
	_, err = s.say(ctx, "chat.postEphemeral", p, user, o)
	return err
}

// placeOf reads a conversation's name, and refuses that of another workspace than the bot's.
func (s *Slack) placeOf(conversation string) (place, error) {
	p, err := placeOf(conversation)
	if team := s.Self().Team; err != nil || (team != "" && p.team != team) {
		return place{}, never(bot.CodeConversation)
	}
	return p, nil
}

func (s *Slack) say(ctx context.Context, method string, p place, user string, o bot.Outgoing) (string, error) {
	if strings.TrimSpace(o.Message.Text) == "" {
		return "", never(bot.CodeEmpty)
	}
	o.Message.Text = s.spellCommands(o.Message.Text)
	blocks, err := render(o.Message)
	if err != nil {
		return "", never(bot.CodeButtonData)
	}
	if err := s.fits(method, blocks); err != nil {
		return "", err
	}
	var sent struct {
		TS string `json:"ts"`
	}
	msg := post{Channel: p.channel, User: user, Thread: p.thread, Text: escape(o.Message.Text), Blocks: blocks, Parse: "none"}
	if err := s.write(ctx, method, msg, &sent); err != nil {
		if taken(err) {
			return "", nil // the person has it; only its ts is not known
		}
		return "", s.refused(method, err)
	}
	return sent.TS, nil
}

// settle shows the answer in the place of the buttons. Where the words are not known, they are asked for; where they are
// too many with the answer, the buttons alone go.
func (s *Slack) settle(ctx context.Context, p place, o bot.Outgoing) (string, error) {
	if micros(o.Ref) == 0 {
		return "", never(bot.CodeRef)
	}
	shown, label := o.Text, strings.TrimSpace(o.Label)
	if strings.TrimSpace(shown) == "" {
		now, err := s.standing(ctx, p, o.Ref)
		if err != nil {
			return "", err
		}
		if !now.open {
			return o.Ref, nil // settled already: this is a repeated send
		}
		shown = now.text
	}
	shown = cut.Split(strings.TrimSpace(shown), maxWords)[0]
	var bold []string
	if answer := "✓ " + label; label != "" && cut.Units(shown)+len("\n\n")+cut.Units(answer) <= maxWords {
		shown, bold = shown+"\n\n", append(bold, answer)
	}
	msg := post{Channel: p.channel, TS: o.Ref, Text: escape(shown + strings.Join(bold, "")),
		Blocks: []slackapi.Block{words(wordsBlock, shown, bold...)}, Parse: "none"}
	if err := s.fits("chat.update", msg.Blocks); err != nil {
		return "", err
	}
	if err := s.write(ctx, "chat.update", msg, nil); err != nil && !taken(err) {
		return "", s.refused("chat.update", err)
	}
	return o.Ref, nil
}

// standing is a message of ours as it stands now.
type standing struct {
	text string
	open bool // it has its buttons
}

// standing looks a message up (https://docs.slack.dev/reference/methods/conversations.history).
func (s *Slack) standing(ctx context.Context, p place, ts string) (standing, error) {
	method, params := "conversations.history", url.Values{"channel": {p.channel}, "latest": {ts}, "oldest": {ts}, "inclusive": {"true"}, "limit": {"1"}}
	if p.thread != "" {
		method = "conversations.replies"
		params.Set("ts", p.thread)
	}
	var found struct {
		Messages []message `json:"messages"`
	}
	if err := s.read(ctx, method, params, &found); err != nil {
		return standing{}, s.refused(method, err)
	}
	for _, m := range found.Messages {
		if m.TS == ts {
			return standing{text: said(&m), open: hasActions(m.Blocks)}, nil
		}
	}
	return standing{}, never(bot.CodeEditGone)
}

func hasActions(blocks json.RawMessage) bool {
	var list []node
	if json.Unmarshal(blocks, &list) != nil {
		return false
	}
	for _, b := range list {
		if b.Type == "actions" {
			return true
		}
	}
	return false
}

// fits holds back what Slack would refuse.
func (s *Slack) fits(method string, blocks []slackapi.Block) error {
	if err := Check(blocks); err != nil {
		s.log.Error("a message breaks a limit of Slack's and was not sent", "method", method, "err", err)
		return never(bot.CodeTooLong)
	}
	return nil
}

// refused logs what the operator must know of, without anybody's words, and says what becomes of the message.
func (s *Slack) refused(method string, err error) error {
	se := refusal(err)
	word := ""
	var e *apiError
	if errors.As(err, &e) {
		word = e.word
	}
	switch se.Code {
	case bot.CodeUnauthorized, bot.CodeNotFound:
		s.log.Error("Slack refuses the bot's token, its scopes or its server's address", "method", method, "code", se.Code, "status", se.Status, "word", word)
	default:
		s.log.Warn("send refused", "method", method, "code", se.Code, "status", se.Status, "word", word, "after", se.After)
	}
	return se
}

func never(code string) error { return &bot.SendError{Code: code, Fate: bot.Never} }

func taken(err error) bool {
	var e *apiError
	return errors.As(err, &e) && e.taken
}
