package redisstore

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"tandem/bot"
)

// Load implements bot.Conversations. A conversation that is not known is an empty snapshot of revision 0. Under a lease
// the inbox ends before the first entry that was still held for order when the lease was taken.
func (s *Store) Load(ctx context.Context, conversation string) (*bot.Snapshot, error) {
	k := s.keys.conversation(conversation)
	s.recall.Remove(k.hot) // what is loaded may be another than what is remembered under the same revision
	key, _ := s.cache.Get(k.hot)
	c := call{
		script: s.scripts.load,
		keys:   []string{k.hot, k.inbox, k.answers},
		args:   []any{keyID(key), firstEntries},
	}
	if err := s.batch.ask(ctx, &c); err != nil {
		return nil, fmt.Errorf("load conversation: %w", err)
	}
	reply := array(c.reply)
	raw := rawSnapshot{fields: array(at(reply, 0)), inbox: array(at(reply, 1)), answers: array(at(reply, 2))}
	key, err := s.current(k, key, text(raw.fields, 6), text(reply, 3))
	if err != nil {
		return nil, fmt.Errorf("load conversation: %w", err)
	}
	snap, dead, err := raw.open(k, key)
	if err == nil && len(dead) > 0 {
		err = s.drop(ctx, k, k.inbox, "n", dead)
	}
	if err != nil {
		return nil, fmt.Errorf("load conversation: %w", err)
	}
	return snap, nil
}

// keyID is the id of a key that may be nil.
func keyID(key *dataKey) string {
	if key == nil {
		return ""
	}
	return key.id
}

// current is the data key that is stored: the one at hand, or the wrapped one, or nil.
func (s *Store) current(k conversationKeys, key *dataKey, id, wrapped string) (*dataKey, error) {
	if key != nil && key.id == id {
		return key, nil
	}
	return s.learn(k, wrapped)
}

// drop removes entries of an inbox or outbox that were sealed under an erased key; counter is the field that counts them.
func (s *Store) drop(ctx context.Context, k conversationKeys, place, counter string, members []string) error {
	c := call{script: s.scripts.drop, keys: []string{k.hot, place}, args: []any{counter}}
	for _, m := range members {
		c.args = append(c.args, m)
	}
	s.opt.Log.Warn("dropped entries of an erased person", "count", len(members))
	if err := s.batch.do(ctx, &c); err != nil {
		return fmt.Errorf("drop erased entries: %w", err)
	}
	return nil
}

// AllAnswers implements bot.Conversations.
func (s *Store) AllAnswers(ctx context.Context, conversation string) (map[string]json.RawMessage, error) {
	k := s.keys.conversation(conversation)
	values, err := s.hash(ctx, k, k.answers)
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	return values, nil
}

// Records implements bot.Conversations.
func (s *Store) Records(ctx context.Context, conversation, prefix string) (map[string]json.RawMessage, error) {
	k := s.keys.conversation(conversation)
	values, err := s.hash(ctx, k, k.records)
	if err != nil {
		return nil, fmt.Errorf("read records: %w", err)
	}
	for name := range values {
		if !strings.HasPrefix(name, prefix) {
			delete(values, name)
		}
	}
	return values, nil
}

// Journal reads what happened in a conversation, the oldest first.
func (s *Store) Journal(ctx context.Context, conversation string) ([]json.RawMessage, error) {
	k := s.keys.conversation(conversation)
	c := call{args: []any{"xrange", k.journal, "-", "+"}}
	key, err := s.read(ctx, k, &c)
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	var entries []json.RawMessage
	for _, item := range array(c.reply) {
		id, fields := text(array(item), 0), array(at(array(item), 1))
		entry, err := openHash(fields, k.journal+"\x00"+id, key)
		if err != nil {
			return nil, fmt.Errorf("read journal: %w", err)
		}
		if value, ok := entry["e"]; ok {
			entries = append(entries, value)
		}
	}
	return entries, nil
}

// hash reads and unseals a whole hash.
func (s *Store) hash(ctx context.Context, k conversationKeys, place string) (map[string]json.RawMessage, error) {
	c := call{args: []any{"hgetall", place}}
	key, err := s.read(ctx, k, &c)
	if err != nil {
		return nil, err
	}
	return openHash(array(c.reply), place, key)
}

// read runs a reading command, and has the data key for what it returns.
func (s *Store) read(ctx context.Context, k conversationKeys, c *call) (*dataKey, error) {
	which := call{args: []any{"hmget", k.hot, "ki", "dk"}}
	if err := s.batch.ask(ctx, &which, c); err != nil {
		return nil, err
	}
	found := array(which.reply)
	key, _ := s.cache.Get(k.hot)
	return s.current(k, key, text(found, 0), text(found, 1))
}
