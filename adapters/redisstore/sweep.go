package redisstore

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	sweepNames = 128 // conversations in one script: less than a millisecond
	// sweepSlack is how much later than it should a conversation may stand in the wake index before it counts as forgotten:
	// longer than the pauses between tries of a send, and than a claim that is under way. A lease that is longer counts.
	sweepSlack = 5 * time.Minute
)

// Sweep implements bot.Wakes. A step looks at about a hundred conversations of one shard. The cursor is the shard's
// number and Redis's own cursor in it.
func (s *Store) Sweep(ctx context.Context, cursor string, now time.Time) (next string, mended int, err error) {
	shard, inside, err := s.sweepAt(cursor)
	if err != nil {
		return "", 0, fmt.Errorf("sweep: %w", err)
	}
	k := &s.keys.shards[shard]
	scan := call{args: []any{"sscan", k.all, inside, "count", sweepNames}}
	if err := s.batch.ask(ctx, &scan); err != nil {
		return "", 0, fmt.Errorf("sweep: %w", err)
	}
	reply := array(scan.reply)
	if mended, err = s.mend(ctx, k, array(at(reply, 1)), now); err != nil {
		return "", 0, fmt.Errorf("sweep: %w", err)
	}
	if inside = text(reply, 0); inside == "0" || inside == "" {
		inside = "0"
		shard++
	}
	if shard == len(s.keys.shards) {
		return "", mended, nil
	}
	return strconv.Itoa(shard) + ":" + inside, mended, nil
}

// sweepAt reads a cursor.
func (s *Store) sweepAt(cursor string) (shard int, inside string, err error) {
	if cursor == "" {
		return 0, "0", nil
	}
	number, inside, _ := strings.Cut(cursor, ":")
	shard, err = strconv.Atoi(number)
	if _, wrong := strconv.ParseUint(inside, 10, 64); err != nil || wrong != nil || shard < 0 || shard >= len(s.keys.shards) {
		return 0, "", fmt.Errorf("the cursor %q is none of this store's; begin with an empty one", cursor)
	}
	return shard, inside, nil
}

// mend puts conversations of a shard right, and counts them.
func (s *Store) mend(ctx context.Context, shard *shardKeys, names []any, now time.Time) (mended int, err error) {
	var calls []*call
	for some := range slices.Chunk(names, sweepNames) {
		c := &call{script: s.scripts.sweep, keys: []string{shard.wake}, args: []any{now.UnixMilli(), max(sweepSlack, s.opt.Lease).Milliseconds()}}
		for i := range some {
			k := s.keys.conversation(text(some, i))
			c.keys = append(c.keys, k.hot, k.inbox, k.outbox)
			c.args = append(c.args, k.name)
		}
		calls = append(calls, c)
	}
	if len(calls) == 0 {
		return 0, nil
	}
	if err := s.batch.do(ctx, calls...); err != nil {
		return 0, err
	}
	for _, c := range calls {
		n, _ := c.reply.(int64)
		mended += int(n)
	}
	return mended, nil
}
