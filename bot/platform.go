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
	Code   string        // one of the codes below
	Status int           // the HTTP status, 0 where none came back
	Fate   Fate          // what to do about it
	After  time.Duration // Later: how long the platform asked to wait; 0: our own back-off
}

// Error implements error.
func (e *SendError) Error() string {
	return fmt.Sprintf("send refused: %s (status %d)", e.Code, e.Status)
}

// The codes of a SendError: short stable words for logs and metrics.
const (
	CodeNetwork      = "network"      // nothing came back
	CodeServer       = "server"       // the platform's own trouble, or a proxy's
	CodeRate         = "rate"         // too many messages
	CodeConflict     = "conflict"     // another program is at it
	CodeUnauthorized = "unauthorized" // the token is refused
	CodeNotFound     = "not-found"    // no such method: a wrong server
	CodeNoPlatform   = "no-platform"  // this process does not serve the conversation's platform
	CodeBlocked      = "blocked"      // the person blocked the bot
	CodeGone         = "gone"         // the conversation is no more
	CodeMigrated     = "migrated"     // it goes on under another id
	CodeMuted        = "muted"        // the bot may not write there
	CodeConversation = "conversation" // its name is none of the platform's
	CodeKind         = "kind"         // an entry of a kind that the platform cannot send
	CodeEmpty        = "empty"        // a message without words
	CodeTooLong      = "too-long"     // a message, or a piece of it, over the limit
	CodeButtonData   = "button-data"  // a button that holds more than the platform takes
	CodeRef          = "ref"          // the message to edit is not named
	CodeEditGone     = "edit-gone"    // the message to edit is not there, or too old
	CodeNotModified  = "not-modified" // it stands like that already
	CodeBadRequest   = "bad-request"  // refused for a reason that is not known
)

// Fate is what becomes of a message that could not be sent.
type Fate int

// The fates.
const (
	Later Fate = iota // try again: the rate limit, a network fault, the platform's own trouble
	Never             // this message will not be taken (malformed, the message to edit is gone): record it, go on with the next
	Gone              // this conversation takes nothing any more (blocked, deleted): park it
)
