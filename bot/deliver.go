package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

const (
	sendMost    = 10               // entries read at once
	relayMost   = 1000             // entries behind a message that cannot be sent, of which relays are handed on
	sendTime    = 20 * time.Second // for one call of a platform, at most
	waitHere    = 1200 * time.Millisecond
	holdFloor   = time.Second
	insistTries = 6
	insistPause = 200 * time.Millisecond // longer with each try: 3 seconds in all
)

func (b *Bot) platform(conversation string) Platform {
	name, _, _ := strings.Cut(conversation, ":")
	return b.Platforms[name]
}

// deliver sends what is in a conversation's outbox, in order, at the pace of its platform. What cannot be sent now is
// left, with the time to try again. The lease is renewed often enough that nobody else begins in the middle; limit says
// when to leave the rest for the next round. Only ctx ends a send that is under way.
func (b *Bot) deliver(ctx, limit context.Context, conversation string) (retry time.Time, err error) {
	for {
		entries, err := b.Store.Pending(ctx, conversation, b.Clock(), sendMost)
		if err != nil {
			return time.Time{}, fmt.Errorf("read the outbox: %w", err)
		}
		if len(entries) == 0 {
			return time.Time{}, nil
		}
		fresh, cancel := context.WithTimeout(ctx, b.Lease/3)
		for _, o := range entries {
			if retry, err = b.deliverOne(ctx, limit, conversation, o); err != nil || !retry.IsZero() || fresh.Err() != nil {
				break
			}
		}
		cancel()
		switch {
		case err != nil:
			return retry, err
		case !retry.IsZero():
			return retry, b.relayRest(ctx, conversation)
		case over(limit):
			return b.Clock(), nil
		}
	}
}

// relayRest hands on what is for other conversations of ours, behind a message that cannot be sent here now: that somebody
// may be in danger, or takes something back, does not wait for their own platform.
func (b *Bot) relayRest(ctx context.Context, conversation string) error {
	entries, err := b.Store.Pending(ctx, conversation, b.Clock(), relayMost)
	if err != nil {
		return fmt.Errorf("read the outbox: %w", err)
	}
	for _, o := range entries {
		if o.Kind != Relay {
			continue
		}
		if err := b.relay(ctx, conversation, o); err != nil {
			return err
		}
		if err := b.mark(ctx, conversation, o.ID, ""); err != nil {
			return err
		}
	}
	return nil
}

// drain takes off what can no longer be delivered: the person blocked the bot, or is gone. When they come back, the
// open question is asked anew.
func (b *Bot) drain(ctx context.Context, conversation string) error {
	for {
		entries, err := b.Store.Pending(ctx, conversation, b.Clock(), sendMost)
		if err != nil || len(entries) == 0 {
			return err
		}
		for _, o := range entries {
			if o.Kind == Relay {
				if err := b.relay(ctx, conversation, o); err != nil {
					return err
				}
			}
			if err := b.mark(ctx, conversation, o.ID, ""); err != nil {
				return err
			}
		}
	}
}

func (b *Bot) deliverOne(ctx, limit context.Context, conversation string, o Outgoing) (retry time.Time, err error) {
	ref := ""
	if o.Kind == Relay {
		err = b.relay(ctx, conversation, o)
	} else {
		if retry, err = b.pace(limit, conversation); err != nil || !retry.IsZero() {
			return retry, err
		}
		if len(o.Rests) > 0 {
			switch open, err := b.stillOpen(ctx, o); {
			case err != nil:
				return time.Time{}, err
			case !open:
				return time.Time{}, b.takenBack(ctx, conversation, o)
			}
		}
		if !o.Unasked.IsZero() {
			switch unwanted, err := b.unwanted(ctx, conversation, o); {
			case err != nil:
				return time.Time{}, err
			case unwanted:
				return time.Time{}, b.takeBack(ctx, conversation, o)
			}
		}
		ref, err = b.send(ctx, conversation, o)
	}
	var refused *SendError
	if errors.As(err, &refused) {
		b.Observe.Sent(refused.Code)
		if refused.Fate != Never {
			return b.refused(ctx, conversation, o, refused)
		}
		b.Log.Error("a message was refused for good", "code", refused.Code, "status", refused.Status)
		err = nil
	} else if err == nil && o.Kind != Relay {
		b.Observe.Sent("ok")
	}
	if err != nil {
		return time.Time{}, err
	}
	b.retries.done(conversation)
	return time.Time{}, b.mark(ctx, conversation, o.ID, ref)
}

// mark takes an entry off the outbox. What was accepted and is not marked is sent again, so that a store that is away
// for a moment is asked a few times.
func (b *Bot) mark(ctx context.Context, conversation string, id int64, ref string) (err error) {
	if err = insist(ctx, func() error { return b.Store.Sent(ctx, conversation, id, ref) }); err != nil {
		return fmt.Errorf("mark a message as sent: %w", err)
	}
	return nil
}

// insist asks the store a few times for what must not be left undone because it was away for a moment.
func insist(ctx context.Context, do func() error) (err error) {
	for try := range insistTries {
		if err = do(); err == nil || errors.Is(err, ErrLost) || ctx.Err() != nil {
			break
		}
		time.Sleep(time.Duration(try+1) * insistPause)
	}
	return err
}

// over tells whether it is time to leave a conversation for the next round.
func over(limit context.Context) bool { return limit.Err() != nil }

// pace waits for a token, or says when there will be one.
func (b *Bot) pace(limit context.Context, conversation string) (retry time.Time, err error) {
	for {
		if over(limit) {
			return b.Clock(), nil
		}
		wait, err := b.Store.Take(limit, conversation, b.Clock())
		if err != nil && !over(limit) {
			return time.Time{}, fmt.Errorf("ask for a token: %w", err)
		}
		if wait <= 0 {
			return time.Time{}, nil
		}
		if t, ok := b.platform(conversation).(Typist); ok {
			_ = t.Typing(limit, conversation) // a courtesy; the message itself comes all the same
		}
		if wait > waitHere {
			return b.Clock().Add(wait), nil
		}
		select {
		case <-limit.Done():
		case <-time.After(wait):
		}
	}
}

func (b *Bot) send(ctx context.Context, conversation string, o Outgoing) (string, error) {
	p := b.platform(conversation)
	if p == nil {
		return "", &SendError{Code: CodeNoPlatform, Fate: Later}
	}
	ctx, cancel := context.WithTimeout(ctx, min(sendTime, b.Lease/3))
	defer cancel()
	return p.Send(ctx, conversation, o)
}

// refused decides what becomes of a message that the platform did not take now.
func (b *Bot) refused(ctx context.Context, conversation string, o Outgoing, e *SendError) (time.Time, error) {
	now := b.Clock()
	if e.Fate == Gone {
		// It enters by the same door as everything else, so that it is told in order and once.
		err := b.ingestOnly(ctx, Update{
			Delivery: fmt.Sprintf("%s:gone:%d:%d", conversation, o.ID, now.UnixMilli()), Conversation: conversation, At: now, Event: Blocked,
		})
		return now, err
	}
	if e.After > 0 {
		wait := max(e.After, holdFloor)
		if err := b.Store.Hold(ctx, conversation, false, now, wait); err != nil {
			return time.Time{}, fmt.Errorf("hold a conversation: %w", err)
		}
		return now.Add(wait), nil
	}
	return now.Add(b.retries.next(conversation)), nil
}

// relay hands an entry to another conversation of ours, if what it rests on still holds.
func (b *Bot) relay(ctx context.Context, conversation string, o Outgoing) error {
	if o.Update == nil {
		return nil
	}
	if o.Grant != "" {
		records, err := b.Store.Records(ctx, conversation, grantKey(o.Grant))
		if err != nil {
			return fmt.Errorf("read a grant: %w", err)
		}
		if ok, err := b.granted(records, o.Grant); err != nil || !ok {
			return err
		}
	}
	return b.receive(ctx, *o.Update, false)
}

// ingestOnly stores an update for a conversation that this worker is at.
func (b *Bot) ingestOnly(ctx context.Context, u Update) error {
	if _, err := b.Store.Ingest(ctx, u, b.Clock()); err != nil {
		return fmt.Errorf("store an update: %w", err)
	}
	return nil
}
