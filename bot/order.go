package bot

import (
	"context"
	"time"
)

// Sequencer tells whether earlier updates of a bot may still be on their way, for platforms that number a bot's
// updates one by one but deliver them many at once (Telegram's webhook). It stands here, and not with the adapter that
// asks, because a store implements it and no adapter may import another.
type Sequencer interface {
	// Arrived notes that the update seq of a bot ("telegram:81") is here, and says how long to hold it (Update.Hold): zero
	// where all before it are here, or were waited for long enough. Call it before Ingest; noting the same one twice does
	// no harm.
	Arrived(ctx context.Context, bot string, seq int64, now time.Time) (hold time.Duration, err error)
}
