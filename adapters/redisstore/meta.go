package redisstore

import (
	"context"
	"fmt"
)

const (
	// format numbers how this package lays out its data. Data of a newer format is refused.
	format = 1
	// defaultShards is the shard count of a new store.
	defaultShards = 16
	// checkWords are sealed at the first start, to see at each later one that the keyset opens what is stored.
	checkWords = "tandem"
)

// readMeta describes a new store, or compares an old one with the options. It sets s.keys.
func (s *Store) readMeta(ctx context.Context) error {
	key := keys{prefix: s.opt.Prefix}.meta()
	sealed, err := s.opt.Keyset.wrap.Encrypt([]byte(checkWords), []byte(key))
	if err != nil {
		return fmt.Errorf("seal the check value: %w", err)
	}
	wanted := s.opt.Shards
	if wanted == 0 {
		wanted = defaultShards
	}
	c := call{script: s.scripts.meta, keys: []string{key}, args: []any{format, wanted, sealed}}
	if err := s.batch.do(ctx, &c); err != nil {
		return fmt.Errorf("read what the store was made as: %w", err)
	}
	stored := array(c.reply)
	if f := number(stored, 0); f > format || f < 1 {
		return fmt.Errorf("the data in Redis has format %d and this program knows format %d: start a newer program", f, format)
	}
	shards := int(number(stored, 1))
	if s.opt.Shards != 0 && s.opt.Shards != shards || shards < 1 || shards > maxShards {
		return fmt.Errorf("the store was made with %d shards and is opened with %d: a shard count is fixed; open it with %d",
			shards, wanted, shards)
	}
	opened, err := s.opt.Keyset.wrap.Decrypt([]byte(text(stored, 2)), []byte(key))
	if err != nil || string(opened) != checkWords {
		return fmt.Errorf("the keyset does not open what is stored under %q: use the keyset that the store was made with", s.opt.Prefix)
	}
	s.keys = newKeys(s.opt.Prefix, shards)
	return nil
}
