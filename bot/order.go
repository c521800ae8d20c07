package bot

import (
	"context"
	"time"
)

// Sequencer tells whether earlier updates of a bot may still be on their way, for platforms that number a bot's
// updates one by one but deliver them many at once (Telegram's webhook).
type Sequencer interface {
	// Arrived notes that the update seq of a bot is here, and says how long to hold it (Update.Hold): zero where all
	// before it are here, or were waited for long enough. Call it once for each update, before Ingest.
	Arrived(ctx context.Context, bot string, seq int64, now time.Time) (hold time.Duration, err error)
}
