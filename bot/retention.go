package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"tandem/bot/care"
)

// inviteKept is how long an invite is kept after its time is over, so that who comes late can be told so.
const inviteKept = 30 * 24 * time.Hour

// Expire erases a conversation in which nobody has written for longer than it is to be kept, and tells whether it did: an
// invite's a month after its time, a client's after keep (0: never). A practitioner's conversation stays, and so does one
// in which a message waits, or an alarm: somebody has to look at it first. The client's practitioner is told that they
// work together no longer. Who writes in the same moment begins anew.
func (b *Bot) Expire(ctx context.Context, conversation string, keep time.Duration, erase func(context.Context, string) error) (bool, error) {
	over, with, err := b.expired(ctx, conversation, keep)
	if err != nil || !over {
		return false, err
	}
	if with != "" {
		err := b.receive(ctx, Update{
			Delivery: fmt.Sprintf("%s:expired:%d", conversation, b.Clock().Unix()), Conversation: with, At: b.Clock(), Event: left,
			With: map[string]any{"from": conversation},
		}, false)
		if err != nil {
			return false, fmt.Errorf("tell that a conversation is over: %w", err)
		}
	}
	if err := erase(ctx, conversation); err != nil {
		return false, fmt.Errorf("erase what was kept for long enough: %w", err)
	}
	return true, nil
}

// expired tells whether a conversation was kept for long enough, and which practitioner is to hear of it.
func (b *Bot) expired(ctx context.Context, conversation string, keep time.Duration) (over bool, with string, err error) {
	if strings.HasPrefix(conversation, invitePlace) {
		over, err = b.inviteOver(ctx, conversation)
		return over, "", err
	}
	s, err := b.look(ctx, conversation)
	if err != nil {
		return false, "", fmt.Errorf("look at how long a conversation is kept: %w", err)
	}
	last := s.state.Nudges.Ledger.Heard
	if c := s.state.Client; c.Since.After(last) {
		last = c.Since
	}
	if keep <= 0 || last.IsZero() || s.practises() || len(s.snap.Inbox) > 0 || s.state.Alarm != "" || s.now.Sub(last) <= keep {
		return false, "", nil
	}
	return true, s.state.Client.Practitioner, nil
}

func (b *Bot) inviteOver(ctx context.Context, conversation string) (bool, error) {
	records, err := b.Store.Records(ctx, conversation, inviteKey)
	if err != nil || len(records) == 0 {
		return false, err
	}
	var i care.Invite
	if err := json.Unmarshal(records[inviteKey], &i); err != nil {
		return false, fmt.Errorf("read an invite: %w", err)
	}
	return b.Clock().Sub(i.Until) > inviteKept, nil
}
