package redisstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/redis/go-redis/v9"

	"tandem/bot"
)

// Store is a bot.Store in Redis. All its methods may be called at once from many goroutines.
type Store struct {
	opt     Options
	cluster *redis.ClusterClient // nil where there is one server
	batch   *batcher
	keys    keys
	scripts *scripts
	cache   *lru.Cache[string, *dataKey] // by the conversation's hash
	recall  *lru.Cache[string, *memory]  // the same
	unsure  *lru.Cache[string, string]   // deliveries whose ingest failed, and the lease that it may have taken
	session string                       // begins the tokens of this process: random, ends in '.'
	tokens  atomic.Uint64                // how many there were
	turn    atomic.Uint64                // which shard Claim begins with
}

var (
	_ bot.Store     = (*Store)(nil)
	_ bot.Sequencer = (*Store)(nil)
)

const unsureMost = 4096 // deliveries

// overNetwork has small batches follow each other closely: while some wait for the server, others are written and read.
// The numbers are measured (BenchmarkCommittedTurns).
func overNetwork() batching { return batching{senders: 10, calls: 12} }

// Open connects to Redis and checks that it can be trusted with a conversation: its version, that it evicts nothing,
// and that what is stored there was made with this format, this shard count and this keyset. Each refusal says how to
// mend it.
func Open(ctx context.Context, o Options) (*Store, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	client, err := newClient(o.URL)
	if err != nil {
		return nil, err
	}
	return open(ctx, o, pipeline{client}, overNetwork())
}

// open checks a server and makes the store upon it. Where it fails, a client is closed, an embedded server is not.
func open(ctx context.Context, o Options, run runner, how batching) (*Store, error) {
	found, err := loadScripts()
	if err != nil {
		return nil, err
	}
	s := &Store{
		opt: o, scripts: found, batch: newBatcher(run, how),
		cache: newCache[*dataKey](o.Keys), recall: newCache[*memory](o.Keys), unsure: newCache[string](unsureMost),
		session: rand.Text()[:12] + ".", // 60 bits
	}
	if p, ok := run.(pipeline); ok {
		s.cluster, _ = p.client.(*redis.ClusterClient)
	}
	err = s.Ping(ctx)
	if err == nil {
		err = s.refuse(ctx)
	}
	if err == nil {
		err = s.readMeta(ctx)
	}
	if err != nil {
		if p, ok := run.(pipeline); ok {
			_ = p.close() // ends what a hanging server keeps waiting
		}
		s.batch.stop()
		return nil, err
	}
	return s, nil
}

// Ping tells whether Redis answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.batch.ask(ctx, &call{args: []any{"ping"}}); err != nil {
		return fmt.Errorf("ping Redis: %w", err)
	}
	return nil
}

// Close finishes what is under way and disconnects. Calls that come later fail.
func (s *Store) Close() error {
	if err := s.batch.close(); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

// token names one call, for good: a script that runs again under it changes nothing.
func (s *Store) token() string {
	b := make([]byte, 0, 24)
	b = append(b, s.session...)
	return string(strconv.AppendUint(b, s.tokens.Add(1), 36))
}

// lease is what a conversation's hash holds of a lease: who, since when, until when, and by which call.
func (s *Store) lease(now time.Time, token string) string {
	b := make([]byte, 0, 96)
	b = append(b, s.opt.Worker...)
	b = append(b, '|')
	b = strconv.AppendInt(b, now.UnixMilli(), 10)
	b = append(b, '|')
	b = strconv.AppendInt(b, s.deadline(now), 10)
	b = append(b, '|')
	return string(append(b, token...))
}

// holder is how the values of this worker's leases begin.
func (s *Store) holder() string { return s.opt.Worker + "|" }

// deadline is when a lease that is taken now runs out, in ms.
func (s *Store) deadline(now time.Time) int64 { return now.Add(s.opt.Lease).UnixMilli() }

// errKeyMoved: the data key was replaced over and over while a call tried to use it.
var errKeyMoved = errors.New("the conversation's data key keeps changing")

// withKey runs a script that writes sealed values, with the conversation's data key as far as it is known, and again
// where the script answers {"key", wrapped} because it is another one.
func (s *Store) withKey(k conversationKeys, write func(key *dataKey) ([]any, error)) ([]any, error) {
	key, _ := s.cache.Get(k.hot)
	for range 4 {
		var err error
		if key == nil {
			if key, err = s.opt.Keyset.newDataKey(k.hot); err != nil {
				return nil, err
			}
		}
		reply, err := write(key)
		if err != nil {
			return nil, err
		}
		if status, _ := at(reply, 0).(string); status != "key" {
			if key.wrapped != nil && status != "moved" {
				stored := *key
				stored.wrapped = nil
				s.cache.Add(k.hot, &stored)
			}
			return reply, nil
		}
		if key, err = s.learn(k, text(reply, 1)); err != nil {
			return nil, err
		}
	}
	return nil, errKeyMoved
}

// learn unwraps a stored data key and remembers it; there is none where wrapped is empty.
func (s *Store) learn(k conversationKeys, wrapped string) (*dataKey, error) {
	if wrapped == "" {
		s.cache.Remove(k.hot)
		return nil, nil
	}
	key, err := s.opt.Keyset.unwrap(k.hot, []byte(wrapped))
	if err != nil {
		return nil, err
	}
	s.cache.Add(k.hot, key)
	return key, nil
}
