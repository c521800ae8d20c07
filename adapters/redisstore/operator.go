package redisstore

import (
	"context"
	"fmt"
	"iter"
)

// Conversations walks through every conversation, in no order; one that comes in the meantime may be missed, and one
// may come twice. It ends after the first error.
func (s *Store) Conversations(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for i := range s.keys.shards {
			for cursor := "0"; ; {
				c := call{args: []any{"sscan", s.keys.shards[i].all, cursor, "count", 512}}
				if err := s.batch.ask(ctx, &c); err != nil {
					yield("", fmt.Errorf("list conversations: %w", err))
					return
				}
				reply := array(c.reply)
				for _, name := range array(at(reply, 1)) {
					if name, ok := name.(string); ok && !yield(name, nil) {
						return
					}
				}
				if cursor = text(reply, 0); cursor == "0" || cursor == "" {
					break
				}
			}
		}
	}
}

// Erase removes a conversation and its data key. Without the key nothing that was sealed with it can be read, wherever
// a copy without the key still is. A step that is under way when it is erased ends in ErrMoved. The embedded store rewrites its journal before Erase returns; a Redis server's append-only
// file holds the wrapped key until it is next rewritten (BGREWRITEAOF), and a backup for as long as it is kept.
func (s *Store) Erase(ctx context.Context, conversation string) error {
	k := s.keys.conversation(conversation)
	c := call{
		script: s.scripts.erase,
		keys: []string{
			k.hot, k.inbox, k.answers, k.records, k.journal, k.outbox, k.shard.wake, k.shard.all, k.seen,
		},
		args: []any{k.name, remembered.Milliseconds()},
	}
	s.cache.Remove(k.hot)
	s.recall.Remove(k.hot)
	if err := s.batch.do(ctx, &c); err != nil {
		return fmt.Errorf("erase conversation: %w", err)
	}
	return nil
}
