package redisstore

import (
	"context"
	"errors"
	"fmt"
)

// Rewrap wraps every data key anew with the first key of the keyset. After it, what the keyset's other keys had wrapped
// is no longer stored, and they can be taken out of it: add a key, make it the first, start every process with the
// keyset, rewrap, take the old key out. It can be run while the store is in use, and again after an error. It returns
// how many data keys it wrapped.
func (s *Store) Rewrap(ctx context.Context) (int, error) {
	wrapped := 0
	for name, err := range s.Conversations(ctx) {
		if err != nil {
			return wrapped, fmt.Errorf("rewrap data keys: %w", err)
		}
		n, err := s.rewrap(ctx, s.keys.conversation(name))
		if err != nil {
			return wrapped, fmt.Errorf("rewrap data key: %w", err)
		}
		wrapped += n
	}
	key := s.keys.meta()
	sealed, err := s.opt.Keyset.wrap.Encrypt([]byte(checkWords), []byte(key))
	if err == nil {
		err = s.batch.do(ctx, &call{args: []any{"hset", key, "check", sealed}, write: true})
	}
	if err != nil {
		return wrapped, fmt.Errorf("renew the check value: %w", err)
	}
	return wrapped, nil
}

// rewrap wraps one data key anew; a conversation that was erased meanwhile has none.
func (s *Store) rewrap(ctx context.Context, k conversationKeys) (int, error) {
	c := call{args: []any{"hmget", k.hot, "ki", "dk"}}
	if err := s.batch.ask(ctx, &c); err != nil {
		return 0, err
	}
	found := array(c.reply)
	if text(found, 1) == "" {
		return 0, nil
	}
	place := keyPlace(k.hot)
	raw, err := s.opt.Keyset.wrap.Decrypt([]byte(text(found, 1)), place)
	if err != nil {
		return 0, errors.New("the keyset does not open it")
	}
	again, err := s.opt.Keyset.wrap.Encrypt(raw, place)
	if err != nil {
		return 0, fmt.Errorf("wrap it: %w", err)
	}
	c = call{script: s.scripts.rewrap, keys: []string{k.hot}, args: []any{text(found, 0), again}}
	if err := s.batch.do(ctx, &c); err != nil {
		return 0, err
	}
	n, _ := c.reply.(int64)
	return int(n), nil
}
