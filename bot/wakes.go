package bot

import (
	"context"
	"time"
)

// Wakes is the index of when each conversation next needs attention, seen as a whole: for the operator, and for the jobs
// that see to it that nobody is forgotten. What a single conversation needs is the Inbox's, Conversations' and Outbox's.
type Wakes interface {
	// Upcoming lists up to limit conversations, the one that needs attention soonest first. It changes nothing.
	Upcoming(ctx context.Context, limit int) ([]Waiting, error)
	// Schedule has conversations looked at by a time at the latest, many at once. A conversation that is to be looked at
	// sooner stays so; one that another worker holds is scheduled when it is given back. What this worker holds itself,
	// because Claim gave it, is given back as by Release. It is not all or nothing: after an error, call it again.
	Schedule(ctx context.Context, wakes []Wake) error
	// Sweep looks at a few conversations, and puts those into the index that need attention and would not get it, or not
	// within minutes of their time. Cursor is "" at first and then what the step before returned; next is "" where the walk
	// is through. A conversation that is there all the while is looked at, at least once; mended counts those that were
	// put right. Many workers may sweep at once.
	Sweep(ctx context.Context, cursor string, now time.Time) (next string, mended int, err error)
	// Standing counts what the index holds.
	Standing(ctx context.Context, now time.Time) (Standing, error)
}

// Wake is a conversation, and when it needs attention. A time that is past means at once.
type Wake struct {
	Conversation string
	At           time.Time
}

// Waiting is a conversation as it stands in the index.
type Waiting struct {
	Wake
	Held    bool // a worker is at it; At is when it is taken over should that worker have died
	Sending bool // messages of it wait to be sent
}

// Standing is what the index holds, all conversations together.
type Standing struct {
	Due      int       // conversations that need attention and that nobody has picked up
	Oldest   time.Time // since when the longest of them waits; zero: none does, or none with a time of its own
	Sleeping int       // conversations that need attention later, those that a worker is at among them
}
