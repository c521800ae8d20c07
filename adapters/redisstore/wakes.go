package redisstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"tandem/bot"
)

var _ bot.Wakes = (*Store)(nil)

const (
	scheduleNames  = 256 // conversations in one script: a millisecond or two
	scheduleRounds = 32  // scripts in one round trip
)

// Upcoming implements bot.Wakes. It costs a command for each shard, and two for each conversation in the answer.
func (s *Store) Upcoming(ctx context.Context, limit int) ([]bot.Waiting, error) {
	if limit < 1 {
		return nil, nil
	}
	heads := make([]*call, len(s.keys.shards))
	for i := range heads {
		heads[i] = &call{args: []any{"zrange", s.keys.shards[i].wake, 0, limit - 1, "withscores"}}
	}
	if err := s.batch.ask(ctx, heads...); err != nil {
		return nil, fmt.Errorf("list what is due next: %w", err)
	}
	var all []bot.Waiting
	for _, head := range heads {
		found := array(head.reply)
		for i := 0; i+1 < len(found); i += 2 {
			all = append(all, bot.Waiting{Wake: bot.Wake{Conversation: text(found, i), At: time.UnixMilli(score(found, i+1))}})
		}
	}
	slices.SortFunc(all, func(a, b bot.Waiting) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Conversation, b.Conversation))
	})
	all = all[:min(limit, len(all))]
	if err := s.lookInto(ctx, all); err != nil {
		return nil, fmt.Errorf("list what is due next: %w", err)
	}
	return all, nil
}

// lookInto says of conversations whether they are held, and whether they have messages to send.
func (s *Store) lookInto(ctx context.Context, all []bot.Waiting) error {
	var looks []*call
	for _, w := range all {
		k := s.keys.conversation(w.Conversation)
		looks = append(looks, &call{args: []any{"hexists", k.hot, "ow"}}, &call{args: []any{"exists", k.outbox}})
	}
	if len(looks) == 0 {
		return nil
	}
	if err := s.batch.ask(ctx, looks...); err != nil {
		return err
	}
	for i := range all {
		all[i].Held, all[i].Sending = looks[2*i].reply == int64(1), looks[2*i+1].reply == int64(1)
	}
	return nil
}

// score is a sorted set's score, which servers also write as "1.7e+12".
func score(l []any, i int) int64 {
	f, _ := strconv.ParseFloat(text(l, i), 64)
	return int64(f)
}

// Schedule implements bot.Wakes.
func (s *Store) Schedule(ctx context.Context, wakes []bot.Wake) error {
	open := make(map[*shardKeys]*call) // what is being filled
	var full []*call
	send := func(most int) error {
		if len(full) < most {
			return nil
		}
		err := s.batch.do(ctx, full...)
		full = full[:0]
		return err
	}
	for _, w := range wakes {
		if w.Conversation == "" || w.At.IsZero() {
			return errors.New("schedule: a wake needs a conversation and a time")
		}
		k := s.keys.conversation(w.Conversation)
		c := open[k.shard]
		if c == nil {
			c = s.scheduleCall(k.shard)
			open[k.shard] = c
		}
		c.keys = append(c.keys, k.hot, k.inbox, k.outbox)
		c.args = append(c.args, k.name, w.At.UnixMilli())
		if len(c.args) > 2*scheduleNames {
			full = append(full, c)
			delete(open, k.shard)
			if err := send(scheduleRounds); err != nil {
				return fmt.Errorf("schedule: %w", err)
			}
		}
	}
	for _, c := range open {
		full = append(full, c)
	}
	if err := send(1); err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	return nil
}

// scheduleCall is a call of schedule.lua that has no conversations yet.
func (s *Store) scheduleCall(shard *shardKeys) *call {
	c := &call{script: s.scripts.schedule, keys: make([]string, 1, 1+3*scheduleNames), args: make([]any, 1, 1+2*scheduleNames)}
	c.keys[0], c.args[0] = shard.wake, s.holder()
	return c
}

// Standing implements bot.Wakes. A conversation that was put into the index with no time of its own, to be looked at at
// once, is due, and not the oldest.
func (s *Store) Standing(ctx context.Context, now time.Time) (bot.Standing, error) {
	var out bot.Standing
	var asks []*call
	for i := range s.keys.shards {
		wake := s.keys.shards[i].wake
		asks = append(asks,
			&call{args: []any{"zcount", wake, "-inf", now.UnixMilli()}},
			&call{args: []any{"zcard", wake}},
			&call{args: []any{"zrangebyscore", wake, 1, now.UnixMilli(), "withscores", "limit", 0, 1}})
	}
	if err := s.batch.ask(ctx, asks...); err != nil {
		return out, fmt.Errorf("count what is due: %w", err)
	}
	for i := 0; i < len(asks); i += 3 {
		due, _ := asks[i].reply.(int64)
		all, _ := asks[i+1].reply.(int64)
		out.Due += int(due)
		out.Sleeping += int(max(0, all-due)) // the two are counted one after the other
		if first := array(asks[i+2].reply); len(first) == 2 {
			if at := time.UnixMilli(score(first, 1)); out.Oldest.IsZero() || at.Before(out.Oldest) {
				out.Oldest = at
			}
		}
	}
	return out, nil
}
