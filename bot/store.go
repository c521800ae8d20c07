package bot

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// What a caller of the store tells apart.
var (
	// ErrMoved: the conversation's revision is not the one that was loaded. Load and step again.
	ErrMoved = errors.New("the conversation moved on since it was loaded")
	// ErrLost: another worker holds the conversation's lease now. Leave it to them.
	ErrLost = errors.New("the lease on the conversation was lost")
	// ErrNoFlow: the store has no such version of a flow.
	ErrNoFlow = errors.New("no such flow version is stored")
)

// Snapshot is what a step needs to know of a conversation, read at one instant.
type Snapshot struct {
	Conversation string
	Revision     int64
	Inbox        []Entry                    // what waits to be handled, in order; the first few are enough
	State        json.RawMessage            // the hot state, as the last commit wrote it; nil before the first
	Answers      map[string]json.RawMessage // the answers that the last commit's Needs named and that exist
	Parked       bool                       // the platform said that nothing can be sent here
	LastPrompt   string                     // the prompt of the last question that was sent and taken; empty: none yet
	LastRef      string                     // and the platform's id of that message, as Sent told it
}

// Entry is an update that waits in a conversation's inbox.
type Entry struct {
	ID     string // names it in Commit.Done
	Update Update
}

// Commit is everything that one step changed, written at once or not at all.
type Commit struct {
	Conversation string
	Revision     int64                      // as loaded; another one in the store: ErrMoved, and nothing is written
	Done         []string                   // inbox entries that are handled now
	State        json.RawMessage            // the new hot state
	Needs        []string                   // which answers the next step reads; AllAnswers alone: every one
	Clear        bool                       // every answer there was is removed, before Answers are set
	Answers      map[string]json.RawMessage // answers to set; nil removes one
	Records      map[string]json.RawMessage // records to set, by "kind/id"; nil removes one
	Journal      []json.RawMessage          // what happened, for the person's journal; only ever added to
	Outbox       []Outgoing                 // to be sent, in order; the store gives the ids
	Wake         time.Time                  // when the conversation next needs a step by itself; zero: never
	Later        []time.Time                // when to look instead, if nobody has by Wake and Late, and so on; the last is kept
	Late         time.Duration              // how late a step is still worth it
	Park         *bool                      // set or lift Snapshot.Parked
}

// AllAnswers in Commit.Needs stands for every answer of the conversation.
const AllAnswers = "*"

// Inbox takes in what platforms deliver.
type Inbox interface {
	// Ingest stores an update: once it returns nil, the update is not lost, whatever dies, and may be acknowledged. A
	// delivery that was claimed before changes nothing. Where the conversation is free, this worker now holds its
	// lease and the snapshot says what to handle; a nil snapshot means that there is nothing to do here: the delivery
	// was known, somebody else is at work, or the update is held for order.
	Ingest(ctx context.Context, u Update, now time.Time) (*Snapshot, error)
	// Claim leases up to limit conversations that need attention to this worker.
	Claim(ctx context.Context, now time.Time, limit int) ([]string, error)
}

// Conversations reads and writes the state of a conversation.
type Conversations interface {
	// Load reads a conversation. It needs no lease.
	Load(ctx context.Context, conversation string) (*Snapshot, error)
	// AllAnswers reads every answer, whatever the last commit's Needs were.
	AllAnswers(ctx context.Context, conversation string) (map[string]json.RawMessage, error)
	// Records reads the records whose key ("kind/id") starts with prefix; "" reads all.
	Records(ctx context.Context, conversation, prefix string) (map[string]json.RawMessage, error)
	// Commit writes a step, or ErrMoved.
	Commit(ctx context.Context, c Commit) error
}

// Outbox hands out what is to be sent. Only the holder of the lease sends.
type Outbox interface {
	// Pending reads the first entries that are still to be sent, in order, and renews this worker's lease; ErrLost
	// where it is not this worker's any more.
	Pending(ctx context.Context, conversation string, now time.Time, limit int) ([]Outgoing, error)
	// Sent takes entries off the outbox: they were accepted by the platform (ref is the message's id there), or will
	// never be.
	Sent(ctx context.Context, conversation string, id int64, ref string) error
	// Release gives the lease back and sets when the conversation is looked at again: at once where the inbox is not
	// empty, at retry where the outbox is not, at the last commit's Wake, whichever comes first.
	Release(ctx context.Context, conversation string, now, retry time.Time) error
}

// Pace keeps the platform's rate limits, together with all other processes.
type Pace interface {
	// Take takes a token for one message to a conversation, or says how long to wait for one.
	Take(ctx context.Context, conversation string, now time.Time) (wait time.Duration, err error)
	// Hold stops sending for d: to this conversation, or, where all is true, to its whole platform.
	Hold(ctx context.Context, conversation string, all bool, now time.Time, d time.Duration) error
}

// FlowShelf keeps the source of every flow version that a session may still be pinned to (invariant 6).
type FlowShelf interface {
	// PutFlow stores a version's source. The version put last is the newest of its flow, also where it was there before.
	PutFlow(ctx context.Context, f StoredFlow) error
	// Flow reads a version, or ErrNoFlow.
	Flow(ctx context.Context, id, version string) (StoredFlow, error)
}

// StoredFlow is the source of one version of a flow: its files by name.
type StoredFlow struct {
	ID      string            `json:"id"`
	Version string            `json:"version"` // content hash
	Since   time.Time         `json:"since"`   // when it was last put: the newest wins
	Files   map[string]string `json:"files"`
}

// Store is all of them, as redisstore implements it and as bottest's conformance suite proves it.
type Store interface {
	Inbox
	Conversations
	Outbox
	Pace
	FlowShelf
	Wakes
	Ping(ctx context.Context) error
	Close() error
}
