package telegram

import (
	"context"
	"time"

	"tandem/bot"
)

// maxAcks is how many acknowledgements are under way at once.
const maxAcks = 32

// ackTimeout bounds one of them; Telegram forgets a press soon after.
const ackTimeout = 10 * time.Second

// acknowledge tells Telegram that a press was seen, so that the button stops spinning
// (https://core.telegram.org/bots/api#answercallbackquery). It is a courtesy: it never waits and never fails. Where too
// many are under way it is left out, and the button stops by itself after a while.
func (t *Telegram) acknowledge(ctx context.Context, query string) {
	if query == "" {
		return
	}
	select {
	case t.acks <- struct{}{}:
	default:
		return
	}
	ctx = context.WithoutCancel(ctx) // the request that brought the press may be over by then
	go func() {
		defer func() { <-t.acks }()
		if err := t.call(ctx, ackTimeout, "answerCallbackQuery", map[string]string{"callback_query_id": query}, nil); err != nil {
			t.log.Debug("a press could not be acknowledged", "err", err)
		}
	}()
}

// Typing shows the person that an answer is on its way, for five seconds or until it comes
// (https://core.telegram.org/bots/api#sendchataction). Nobody needs to act on its error.
func (t *Telegram) Typing(ctx context.Context, conversation string) error {
	chat, err := chatID(conversation)
	if err != nil {
		return never(bot.CodeConversation)
	}
	err = t.call(ctx, t.opt.CallTimeout, "sendChatAction", struct {
		Chat   int64  `json:"chat_id"`
		Action string `json:"action"`
	}{chat, "typing"}, nil)
	if err != nil {
		return refusal(err)
	}
	return nil
}
