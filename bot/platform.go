package bot

import (
	"context"
	"fmt"
	"time"
)

// Platform delivers outbox entries to the people of one platform.
type Platform interface {
	// Send delivers one entry (never a Relay) and returns the platform's id of the message. What fails, fails with a
	// *SendError. Send waits for nothing but the platform: pacing is the caller's.
	Send(ctx context.Context, conversation string, o Outgoing) (ref string, err error)
	// Split cuts an entry into pieces that the platform takes, in order, the buttons on the last. It is pure, and is
	// asked before the commit, so that each piece is sent and marked by itself.
	Split(o Outgoing) []Outgoing
}

// Typist is a platform that can show that something is being written. It is shown while a message waits its turn.
type Typist interface {
	// Typing shows it for a few seconds.
	Typing(ctx context.Context, conversation string) error
}

// SendError is a platform's refusal, made plain. It never carries a person's words, a token or an address.
type SendError struct {
	Code   string        // a short stable word for logs and metrics: "rate", "blocked", "gone", "bad-request", "server", "network"
	Status int           // the HTTP status, 0 where none came back
	Fate   Fate          // what to do about it
	After  time.Duration // Later: how long the platform asked to wait; 0: our own back-off
}

// Error implements error.
func (e *SendError) Error() string {
	return fmt.Sprintf("send refused: %s (status %d)", e.Code, e.Status)
}

// Fate is what becomes of a message that could not be sent.
type Fate int

// The fates.
const (
	Later Fate = iota // try again: the rate limit, a network fault, the platform's own trouble
	Never             // this message will not be taken (malformed, the message to edit is gone): record it, go on with the next
	Gone              // this conversation takes nothing any more (blocked, deleted): park it
)
