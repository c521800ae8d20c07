package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tandem/bot"
)

// What bounds a call.
const (
	firstEntries = 8                  // inbox entries in a snapshot
	remembered   = 8 * 24 * time.Hour // how long a delivery id is known at least: longer than any platform redelivers
	maxSeq       = 1 << 53            // sequence numbers are scores
	// betweenClaimAndOwn is how soon a conversation is found due again whose claim was made and whose answer was lost.
	betweenClaimAndOwn = 5 * time.Second
)

// Ingest implements bot.Inbox.
func (s *Store) Ingest(ctx context.Context, u bot.Update, now time.Time) (*bot.Snapshot, error) {
	if err := checkUpdate(u); err != nil {
		return nil, fmt.Errorf("ingest: %w", err)
	}
	plain, err := json.Marshal(u)
	if err != nil {
		return nil, fmt.Errorf("ingest: %w", err)
	}
	k := s.keys.conversation(u.Conversation)
	lease := s.lease(now, s.token())
	if before, ok := s.unsure.Get(u.Delivery); ok {
		lease = before // it may have been taken: the answer was lost
	}
	known, _ := s.recall.Get(k.hot)
	var own []byte
	var used *dataKey
	reply, err := s.withKey(k, func(key *dataKey) ([]any, error) {
		if own, err = key.seal(plain, k.inbox, ""); err != nil {
			return nil, err
		}
		used = key
		c := call{
			script: s.scripts.ingest,
			keys:   []string{k.hot, k.inbox, k.seen, k.answers, k.shard.wake, k.shard.all},
			args: []any{
				k.name, now.UnixMilli(), u.Delivery, u.Seq, ceilMillis(u.Hold), own, key.id, key.wrapped,
				lease, s.deadline(now), now.Add(-remembered).UnixMilli(), firstEntries,
				known.tokenOf(),
			},
		}
		err := s.batch.do(ctx, &c)
		return array(c.reply), err
	})
	if err != nil {
		s.unsure.Add(u.Delivery, lease)
		return nil, fmt.Errorf("ingest: %w", err)
	}
	s.unsure.Remove(u.Delivery)
	switch text(reply, 0) {
	case "ours":
		known = nil
	case "same":
	case "known", "stored":
		return nil, nil
	default:
		return nil, fmt.Errorf("ingest: unexpected answer %q", text(reply, 0))
	}
	u.Hold = 0
	raw := rawSnapshot{fields: array(at(reply, 1)), inbox: array(at(reply, 2)), answers: array(at(reply, 3)), own: string(own), update: &u}
	snap, _, err := raw.open(k, used)
	if err != nil {
		return nil, fmt.Errorf("ingest: %w", err)
	}
	if known != nil {
		snap.State, snap.Answers = known.state, known.answers
		return snap, nil
	}
	s.remember(k, newMemory(snap, text(raw.fields, 5), text(raw.fields, 7)))
	return snap, nil
}

// checkUpdate refuses what cannot be stored.
func checkUpdate(u bot.Update) error {
	if u.Delivery == "" || u.Conversation == "" {
		return errors.New("an update needs a delivery id and a conversation")
	}
	if u.Seq < 0 || u.Seq >= maxSeq {
		return errors.New("a sequence number must be 0 to 2^53")
	}
	return nil
}

// remember keeps what is known of a conversation; nil forgets it.
func (s *Store) remember(k conversationKeys, m *memory) {
	if m == nil {
		s.recall.Remove(k.hot)
		return
	}
	s.recall.Add(k.hot, m)
}

// ceilMillis is a duration in whole ms, rounded up; nothing is negative.
func ceilMillis(d time.Duration) int64 {
	return max(0, int64((d+time.Millisecond-1)/time.Millisecond))
}

// Claim implements bot.Inbox. What is due is shared out evenly among the shards; within one, the longest due is first.
// One poll that finds nothing costs a command for each shard, in one round trip. What comes too late is passed over on
// the way.
func (s *Store) Claim(ctx context.Context, now time.Time, limit int) ([]string, error) {
	var names []string
	for look := limit; ; {
		found, mine, err := s.claimSome(ctx, now, limit-len(names), look)
		names = append(names, mine...)
		if err != nil && len(names) == 0 {
			return nil, fmt.Errorf("claim what is due: %w", err)
		}
		if err != nil || found < look || len(names) >= limit {
			return names, nil //nolint:nilerr // what was claimed must be worked on; the next claim meets the error again
		}
		look = min(4*look, lookMost) // a crowd that is passed over
	}
}

const lookMost = 2048 // conversations that one round of a claim looks at

// claimSome looks at so many that are due, and claims up to limit of them. Found counts those that were looked at.
func (s *Store) claimSome(ctx context.Context, now time.Time, limit, look int) (found int, names []string, err error) {
	due := make([]*call, len(s.keys.shards))
	for i := range due {
		due[i] = &call{args: []any{"zcount", s.keys.shards[i].wake, "-inf", now.UnixMilli()}}
	}
	if err := s.batch.ask(ctx, due...); err != nil {
		return 0, nil, err
	}
	counts := make([]int64, len(due))
	for i, c := range due {
		counts[i], _ = c.reply.(int64)
	}
	var claims []*call
	var shards []*shardKeys
	var most []int64
	first := int(s.turn.Add(1) % uint64(len(counts)))
	own := share(counts, limit, first)
	for i, n := range share(counts, max(look, limit), first) {
		if n > 0 {
			k := &s.keys.shards[i]
			shards, most = append(shards, k), append(most, own[i])
			claims = append(claims, &call{
				script: s.scripts.claim,
				keys:   []string{k.wake},
				args:   []any{now.UnixMilli(), now.Add(min(betweenClaimAndOwn, s.opt.Lease)).UnixMilli(), n},
			})
		}
	}
	if len(claims) == 0 {
		return 0, nil, nil
	}
	if err := s.batch.do(ctx, claims...); err != nil {
		return 0, nil, err
	}
	owns := make([]*call, 0, len(claims))
	lease := s.lease(now, s.token())
	for i, c := range claims {
		if names := array(c.reply); len(names) > 0 {
			found += len(names)
			owns = append(owns, s.own(shards[i], names, now, lease, most[i]))
		}
	}
	names, err = s.owned(ctx, owns)
	return found, names, err
}

// own is the call that takes the leases of what a claim found, of so many at most.
func (s *Store) own(shard *shardKeys, names []any, now time.Time, lease string, most int64) *call {
	c := &call{
		script: s.scripts.own,
		keys:   []string{shard.wake},
		args:   append([]any{now.UnixMilli(), s.deadline(now), lease, most}, names...),
	}
	for i := range names {
		k := s.keys.conversation(text(names, i))
		c.keys = append(c.keys, k.hot, k.outbox)
	}
	return c
}

// owned takes leases, and names those that were taken, even where another shard could not be asked.
func (s *Store) owned(ctx context.Context, owns []*call) (names []string, err error) {
	if len(owns) == 0 {
		return nil, nil
	}
	err = s.batch.do(ctx, owns...)
	for _, c := range owns {
		mine := array(c.reply)
		for i := range mine {
			names = append(names, text(mine, i))
		}
	}
	return names, err
}

// share deals limit out over the shards as evenly as their counts allow, beginning with shard first.
func share(counts []int64, limit, first int) []int64 {
	out := make([]int64, len(counts))
	left := int64(limit)
	for open := true; open && left > 0; {
		open = false
		for i := range counts {
			i = (i + first) % len(counts)
			if left > 0 && out[i] < counts[i] {
				out[i]++
				left--
				open = true
			}
		}
	}
	return out
}
