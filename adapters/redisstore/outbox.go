package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tandem/bot"
)

// Pending implements bot.Outbox.
func (s *Store) Pending(ctx context.Context, conversation string, now time.Time, limit int) ([]bot.Outgoing, error) {
	k := s.keys.conversation(conversation)
	key, _ := s.cache.Get(k.hot)
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
	for i := range members {
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
		if err == nil {
			o.ID, err = entryID(place)
		}
		if err != nil {
			return nil, nil, err
		}
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
	return &call{script: s.scripts.sent, keys: []string{k.hot, k.outbox}, args: []any{entryPlace(id) + "|", ref}}
}

// mostEntries is how many outbox entries one commit may write: their number is the low part of an entry's id.
const mostEntries = 1 << 16

// entryPlace is where an outbox entry came from: the revision that its commit made, and its number in it, from 1.
func entryPlace(id int64) string {
	return strconv.FormatInt(id/mostEntries, 10) + "." + strconv.FormatInt(id%mostEntries, 10)
}

// entryID is the id of the entry of a place; entries of a later place have higher ones.
func entryID(place string) (int64, error) {
	revision, number, ok := strings.Cut(place, ".")
	r, err := strconv.ParseInt(revision, 10, 64)
	n, err2 := strconv.ParseInt(number, 10, 64)
	if err = errors.Join(err, err2); err != nil || !ok {
		return 0, fmt.Errorf("read an outbox entry's place: %w", err)
	}
	return r*mostEntries + n, nil
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
