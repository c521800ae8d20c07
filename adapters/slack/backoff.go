package slack

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

// pause waits its next time, at least as long as Slack asked for, or until ctx ends.
func (b *backoff) pause(ctx context.Context, atLeast time.Duration) {
	d := b.first << min(b.fails, 6)
	b.fails++
	timer := time.NewTimer(max(d/2+rand.N(d/2+1), atLeast))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
