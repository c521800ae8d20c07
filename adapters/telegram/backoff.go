package telegram

import (
	"context"
	"math/rand/v2"
	"time"
)

// backoff is a wait that doubles with every failure, up to 64 times its first, with jitter so that many processes do
// not come back together.
type backoff struct {
	first time.Duration
	fails int
}

// next is how long to wait now, at least floor (what the platform asked for).
func (b *backoff) next(floor time.Duration) time.Duration {
	d := b.first << min(b.fails, 6)
	b.fails++
	d = d/2 + rand.N(d/2+1)
	return max(d, floor)
}

func (b *backoff) reset() { b.fails = 0 }

// sleep waits, or returns early when ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
