package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"tandem/bot"
)

// Pending implements bot.Outbox.
func (s *Store) Pending(ctx context.Context, conversation string, now time.Time, limit int) ([]bot.Outgoing, error) {
	k := s.keys.conversation(conversation)
	key := s.cache.get(k.hot)
	c := call{
		script: s.scripts.pending,
		keys:   []string{k.hot, k.outbox, k.shard.wake},
		args:   []any{k.name, s.holder(), s.deadline(now), max(1, limit), keyID(key)},
	}
	if err := s.batch.do(ctx, &c); err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	reply := array(c.reply)
	if text(reply, 0) == "lost" {
		return nil, bot.ErrLost
	}
	members := array(at(reply, 1))
	if len(members) == 0 {
		return nil, nil
	}
	key, err := s.current(k, key, text(reply, 2), text(reply, 3))
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	out, dead, err := openOutbox(k, key, members)
	if err == nil && len(dead) > 0 {
		err = s.drop(ctx, k, k.outbox, "", dead)
	}
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	return out, nil
}

// openOutbox unseals outbox entries; those of an erased data key are returned apart, to be dropped.
func openOutbox(k conversationKeys, key *dataKey, members []any) (out []bot.Outgoing, dead []string, err error) {
	for i := 0; i+1 < len(members); i += 2 {
		member := text(members, i)
		place, rest, _ := strings.Cut(member, "|")
		_, sealed, _ := strings.Cut(rest, "|")
		plain, err := key.open([]byte(sealed), k.outbox, place)
		if errors.Is(err, errErased) {
			dead = append(dead, member)
			continue
		}
		var o bot.Outgoing
		if err == nil {
			err = json.Unmarshal(plain, &o)
		}
		if err != nil {
			return nil, nil, err
		}
		o.ID = number(members, i+1)
		out = append(out, o)
	}
	return out, dead, nil
}

// Sent implements bot.Outbox. An entry that is not there (any more) is no error. With a ref, the message of a question
// becomes the Snapshot's LastPrompt and LastRef.
func (s *Store) Sent(ctx context.Context, conversation string, id int64, ref string) error {
	if err := s.batch.do(ctx, s.sent(s.keys.conversation(conversation), id, ref)); err != nil {
		return fmt.Errorf("mark as sent: %w", err)
	}
	return nil
}

// sent is the call of Sent.
func (s *Store) sent(k conversationKeys, id int64, ref string) *call {
	return &call{script: s.scripts.sent, keys: []string{k.hot, k.outbox}, args: []any{id, ref}}
}

// Release implements bot.Outbox. Where another worker has the lease now, it changes nothing: ErrLost. A zero retry
// means at once.
func (s *Store) Release(ctx context.Context, conversation string, now, retry time.Time) error {
	k := s.keys.conversation(conversation)
	if retry.IsZero() {
		retry = now
	}
	c := call{
		script: s.scripts.release,
		keys:   []string{k.hot, k.inbox, k.outbox, k.shard.wake},
		args:   []any{k.name, s.holder(), now.UnixMilli(), retry.UnixMilli()},
	}
	if err := s.batch.do(ctx, &c); err != nil {
		return fmt.Errorf("release conversation: %w", err)
	}
	if c.reply == "lost" {
		return bot.ErrLost
	}
	return nil
}
