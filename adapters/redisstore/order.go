package redisstore

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// silence is how long a bot must have had no update before its numbers may begin anew: Telegram picks the next number
// at random after a week.
const silence = 6 * 24 * time.Hour

// Arrived implements bot.Sequencer. A gap is waited for once, for Options.Patience from when it was first seen; the
// first updates of a bot that is not known wait as long, because earlier ones may be among them.
func (s *Store) Arrived(ctx context.Context, bot string, seq int64, now time.Time) (time.Duration, error) {
	if seq < 0 || seq >= maxSeq {
		return 0, errors.New("note an update's number: it must be 0 to 2^53")
	}
	counter, gaps := s.keys.arrived(bot)
	c := call{
		script: s.scripts.arrived,
		keys:   []string{counter, gaps},
		args:   []any{seq, now.UnixMilli(), ceilMillis(s.opt.Patience), silence.Milliseconds()},
	}
	if err := s.batch.do(ctx, &c); err != nil {
		return 0, fmt.Errorf("note an update's number: %w", err)
	}
	ms, _ := c.reply.(int64)
	return time.Duration(ms) * time.Millisecond, nil
}
