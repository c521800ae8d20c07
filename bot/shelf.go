package bot

import (
	"context"
	"errors"
	"fmt"

	"tandem/dialog"
)

// shelve keeps the source of every flow in service, so that a session can finish the version it began with whatever
// becomes of the files (invariant 6).
func (b *Bot) shelve(ctx context.Context) error {
	for _, id := range b.Library.Flows() {
		f := b.Library.Flow(id)
		now := b.Clock()
		if err := b.Store.PutFlow(ctx, StoredFlow{ID: id, Version: f.Version, Since: now, Files: f.Files}); err != nil {
			return fmt.Errorf("keep the source of the flow %q: %w", id, err)
		}
		b.Library.SetSince(id, now)
	}
	return nil
}

// fetch puts an old version that a session is pinned to into the library.
func (b *Bot) fetch(ctx context.Context, need *dialog.NeedVersionError) error {
	stored, err := b.Store.Flow(ctx, need.Flow, need.Version)
	if errors.Is(err, ErrNoFlow) {
		return &dialog.BrokenError{Reason: "the version of its flow is lost"}
	}
	if err != nil {
		return fmt.Errorf("read the flow %q: %w", need.Flow, &storeError{err})
	}
	if _, err := b.Library.Put(stored.ID, stored.Files, stored.Since); err != nil {
		return &dialog.BrokenError{Reason: err.Error()}
	}
	return nil
}
