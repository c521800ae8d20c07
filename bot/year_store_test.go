package bot_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"tandem/bot"
)

// yearStore keeps conversations in memory, for a year that is to pass in seconds. It knows no crashes: what a store
// promises when processes die is proved on the real one.
type yearStore struct {
	bot.Store // what a year does not need
	mu        sync.Mutex
	rooms     map[string]*room
}

// room is one conversation.
type room struct {
	rev     int64
	state   json.RawMessage
	answers map[string]json.RawMessage
	records map[string]json.RawMessage
	inbox   []bot.Entry
	outbox  []bot.Outgoing
	wake    time.Time
	given   int64 // numbers of entries
	taken   bool
}

func newYearStore() *yearStore { return &yearStore{rooms: make(map[string]*room)} }

// open is a conversation's room. The caller holds the lock.
func (y *yearStore) open(conversation string) *room {
	r := y.rooms[conversation]
	if r == nil {
		r = &room{answers: map[string]json.RawMessage{}, records: map[string]json.RawMessage{}}
		y.rooms[conversation] = r
	}
	return r
}

func (r *room) busy() bool { return len(r.inbox)+len(r.outbox) > 0 }

// next is when something is to be looked at; false: never.
func (y *yearStore) next() (first time.Time, ok bool) {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, r := range y.rooms {
		at := r.wake
		if r.busy() {
			at = time.Unix(0, 0)
		}
		if !at.IsZero() && (!ok || at.Before(first)) {
			first, ok = at, true
		}
	}
	return first, ok
}

func (y *yearStore) Ingest(_ context.Context, u bot.Update, _ time.Time) (*bot.Snapshot, error) {
	y.mu.Lock()
	defer y.mu.Unlock()
	r := y.open(u.Conversation)
	r.given++
	r.inbox = append(r.inbox, bot.Entry{ID: strconv.FormatInt(r.given, 10), Update: u})
	if r.taken {
		return nil, nil
	}
	r.taken = true
	return r.snapshot(u.Conversation), nil
}

func (r *room) snapshot(conversation string) *bot.Snapshot {
	return &bot.Snapshot{
		Conversation: conversation, Revision: r.rev, State: r.state, Inbox: slices.Clone(r.inbox), Answers: maps.Clone(r.answers),
	}
}

func (y *yearStore) Claim(_ context.Context, now time.Time, limit int) (due []string, err error) {
	y.mu.Lock()
	defer y.mu.Unlock()
	for conversation, r := range y.rooms {
		ready := r.busy() || !r.wake.IsZero() && !r.wake.After(now)
		if ready && !r.taken && len(due) < limit {
			r.taken = true
			due = append(due, conversation)
		}
	}
	return due, nil
}

func (y *yearStore) Load(_ context.Context, conversation string) (*bot.Snapshot, error) {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.open(conversation).snapshot(conversation), nil
}

func (y *yearStore) AllAnswers(_ context.Context, conversation string) (map[string]json.RawMessage, error) {
	y.mu.Lock()
	defer y.mu.Unlock()
	return maps.Clone(y.open(conversation).answers), nil
}

func (y *yearStore) Records(_ context.Context, conversation, prefix string) (map[string]json.RawMessage, error) {
	y.mu.Lock()
	defer y.mu.Unlock()
	out := maps.Clone(y.open(conversation).records)
	maps.DeleteFunc(out, func(key string, _ json.RawMessage) bool { return !strings.HasPrefix(key, prefix) })
	return out, nil
}

func (y *yearStore) Commit(_ context.Context, c bot.Commit) error {
	y.mu.Lock()
	defer y.mu.Unlock()
	r := y.open(c.Conversation)
	if r.rev != c.Revision {
		return bot.ErrMoved
	}
	r.rev, r.state, r.wake = r.rev+1, c.State, c.Wake
	r.inbox = slices.DeleteFunc(r.inbox, func(e bot.Entry) bool { return slices.Contains(c.Done, e.ID) })
	if c.Clear {
		clear(r.answers)
	}
	for _, change := range []struct{ to, by map[string]json.RawMessage }{{r.answers, c.Answers}, {r.records, c.Records}} {
		maps.Copy(change.to, change.by)
		maps.DeleteFunc(change.to, func(_ string, value json.RawMessage) bool { return value == nil })
	}
	for _, o := range c.Outbox {
		r.given++
		o.ID = r.given
		r.outbox = append(r.outbox, o)
	}
	return nil
}

func (y *yearStore) Pending(_ context.Context, conversation string, _ time.Time, _ int) ([]bot.Outgoing, error) {
	y.mu.Lock()
	defer y.mu.Unlock()
	return slices.Clone(y.open(conversation).outbox), nil
}

func (y *yearStore) Sent(_ context.Context, conversation string, id int64, _ string) error {
	y.mu.Lock()
	defer y.mu.Unlock()
	r := y.open(conversation)
	r.outbox = slices.DeleteFunc(r.outbox, func(o bot.Outgoing) bool { return o.ID == id })
	return nil
}

func (y *yearStore) Release(_ context.Context, conversation string, _, _ time.Time) error {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.open(conversation).taken = false
	return nil
}

func (y *yearStore) Take(context.Context, string, time.Time) (time.Duration, error) { return 0, nil }

func (y *yearStore) PutFlow(context.Context, bot.StoredFlow) error { return nil }

func (y *yearStore) Flow(context.Context, string, string) (bot.StoredFlow, error) {
	return bot.StoredFlow{}, bot.ErrNoFlow
}
