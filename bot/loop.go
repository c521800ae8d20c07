package bot

import (
	"context"
	"time"
)

const (
	pollEvery = 200 * time.Millisecond // how soon work that nobody holds is picked up
	pollMost  = 64                     // conversations in one claim
	stopWait  = 8 * time.Second        // for what is in hand when the program stops
)

// Run picks up every conversation that needs attention and that nobody holds: what a process left when it died, what
// could not be sent, what has become due. It returns when ctx ends and what is in hand is finished, or left to its
// lease after 8 seconds.
func (b *Bot) Run(ctx context.Context) error {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return b.settleDown()
		case <-tick.C:
			b.PickUp(ctx)
		}
	}
}

// PickUp claims what is due, as long as there is more than one claim takes.
func (b *Bot) PickUp(ctx context.Context) {
	for ctx.Err() == nil {
		due, err := b.Store.Claim(ctx, b.Clock(), pollMost)
		if err != nil {
			if ctx.Err() == nil {
				b.Log.Error("claim failed; trying again", "error", err)
			}
			return
		}
		for _, conversation := range due {
			b.hands.do(true, func() { b.attend(context.WithoutCancel(ctx), conversation, nil) })
		}
		if len(due) < pollMost {
			return
		}
	}
}

// settleDown waits for what is in hand.
func (b *Bot) settleDown() error {
	done := make(chan struct{})
	go func() { b.hands.idle(); close(done) }()
	select {
	case <-done:
	case <-time.After(stopWait):
		b.Log.Warn("stopping with conversations in hand; their leases end by themselves")
	}
	return nil
}

// Idle waits until nothing is in hand, for tests and for programs that end when their input does.
func (b *Bot) Idle() { b.hands.idle() }

// InHand is how many conversations this process is at, for metrics.
func (b *Bot) InHand() int { return b.hands.inUse() }
