package bot

import (
	"context"
	"fmt"
)

// Turn takes an update all the way in the caller's goroutine: through the commit, or, where sent is set, until its
// answers are delivered and the lease is back. For benchmarks.
func (b *Bot) Turn(ctx context.Context, u Update, sent bool) error {
	snap, err := b.Store.Ingest(ctx, u, b.Clock())
	if err != nil {
		return err
	}
	if snap == nil {
		// The lease of the turn before is still held by this worker, which is here.
		if snap, err = b.Store.Load(ctx, u.Conversation); err != nil {
			return err
		}
	}
	if sent {
		b.attend(ctx, u.Conversation, snap)
		return nil
	}
	_, err = b.advance(ctx, u.Conversation, snap)
	if err != nil {
		return fmt.Errorf("advance: %w", err)
	}
	return nil
}
