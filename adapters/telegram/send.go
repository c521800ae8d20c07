package telegram

import (
	"context"
	"errors"
	"html"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"tandem/adapters/cut"
	"tandem/bot"
)

// sendMessage is https://core.telegram.org/bots/api#sendmessage; with a message id it is editMessageText.
type sendMessage struct {
	Chat      int64                      `json:"chat_id"`
	MessageID int64                      `json:"message_id,omitempty"`
	Text      string                     `json:"text"`
	ParseMode models.ParseMode           `json:"parse_mode"`
	Previews  *models.LinkPreviewOptions `json:"link_preview_options"`
	Keyboard  *keyboard                  `json:"reply_markup,omitempty"`
}

// editKeyboard is https://core.telegram.org/bots/api#editmessagereplymarkup
type editKeyboard struct {
	Chat      int64     `json:"chat_id"`
	MessageID int64     `json:"message_id"`
	Keyboard  *keyboard `json:"reply_markup"`
}

// Send implements bot.Platform for Say and Settle. It fails with *bot.SendError only.
func (t *Telegram) Send(ctx context.Context, conversation string, o bot.Outgoing) (string, error) {
	chat, err := chatID(conversation)
	if err != nil {
		return "", never(bot.CodeConversation)
	}
	switch o.Kind {
	case bot.Say:
		return t.say(ctx, chat, o)
	case bot.Settle:
		return t.settle(ctx, chat, o)
	}
	return "", never(bot.CodeKind)
}

func (t *Telegram) say(ctx context.Context, chat int64, o bot.Outgoing) (string, error) {
	if strings.TrimSpace(o.Message.Text) == "" {
		return "", never(bot.CodeEmpty)
	}
	kb, err := newKeyboard(o.Message)
	if err != nil {
		return "", never(bot.CodeButtonData)
	}
	var sent struct {
		ID int64 `json:"message_id"`
	}
	err = t.call(ctx, t.opt.CallTimeout, "sendMessage", sendMessage{
		Chat: chat, Text: escape(o.Message.Text), ParseMode: models.ParseModeHTML, Previews: noPreviews(), Keyboard: kb,
	}, &sent)
	if err != nil {
		if taken(err) {
			return "", nil // the person has it; only its id is not known
		}
		return "", t.refused("sendMessage", err)
	}
	return ref(sent.ID), nil
}

// settle shows the answer in the place of the buttons. Where the words are not known, are too many with the answer, or
// are those of a picture, the buttons alone go.
func (t *Telegram) settle(ctx context.Context, chat int64, o bot.Outgoing) (string, error) {
	id, err := strconv.ParseInt(o.Ref, 10, 64)
	if err != nil || id <= 0 {
		return "", never(bot.CodeRef)
	}
	shown := settled(o)
	if shown != "" {
		err = t.call(ctx, t.opt.CallTimeout, "editMessageText", sendMessage{
			Chat: chat, MessageID: id, Text: shown, ParseMode: models.ParseModeHTML, Previews: noPreviews(), Keyboard: noKeyboard(),
		}, nil)
	}
	if shown == "" || says(err, "there is no text in the message to edit") {
		err = t.call(ctx, t.opt.CallTimeout, "editMessageReplyMarkup",
			editKeyboard{Chat: chat, MessageID: id, Keyboard: noKeyboard()}, nil)
	}
	if err != nil && !says(err, "message is not modified") {
		return "", t.refused("edit", err)
	}
	return o.Ref, nil // also where the message stood like that already: this is a repeated send
}

// settled is the text of a question that was answered, in HTML; empty where there is none to show.
func settled(o bot.Outgoing) string {
	text, label := strings.TrimSpace(o.Text), strings.TrimSpace(o.Label)
	if text == "" || cut.Units(text)+cut.Units(label)+len("\n\n✓ ") > maxUnits {
		return ""
	}
	if label == "" {
		return escape(text)
	}
	return escape(text) + "\n\n<b>✓ " + escape(label) + "</b>"
}

// escape makes a text safe for Telegram's HTML: https://core.telegram.org/bots/api#html-style. All that Tandem sends is
// plain text, also where it looks like markup. An apostrophe and a quotation mark need no escape outside a tag, but
// their numeric entities are understood.
func escape(s string) string { return html.EscapeString(strings.ToValidUTF8(s, "\uFFFD")) }

// refused logs what the operator must know of, without anybody's words, and says what becomes of the message.
func (t *Telegram) refused(method string, err error) error {
	se := refusal(err)
	switch se.Code {
	case bot.CodeUnauthorized, bot.CodeNotFound:
		t.log.Error("Telegram refuses the bot's token or its server's address", "method", method, "code", se.Code, "status", se.Status)
	default:
		t.log.Warn("send refused", "method", method, "code", se.Code, "status", se.Status, "after", se.After)
	}
	return se
}

func never(code string) error { return &bot.SendError{Code: code, Fate: bot.Never} }

// says tells whether Telegram's own refusal contains words.
func says(err error, words string) bool {
	var e *apiError
	return errors.As(err, &e) && e.spoken && strings.Contains(strings.ToLower(e.description), words)
}

func taken(err error) bool {
	var e *apiError
	return errors.As(err, &e) && e.taken
}

func noPreviews() *models.LinkPreviewOptions {
	off := true
	return &models.LinkPreviewOptions{IsDisabled: &off}
}
