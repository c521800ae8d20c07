package bottest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"tandem/bot"
)

// Memory is a store in plain Go maps, for tests that want to be fast. It passes the same conformance suite as the real
// ones. Any number of workers may share one Memory by way of Worker.
type Memory struct {
	data   *memoryData
	worker string
}

type memoryData struct {
	mu    sync.Mutex
	convs map[string]*memoryConversation
	flows map[string]bot.StoredFlow
	holds map[string]time.Time
}

type memoryConversation struct {
	revision int64
	seen     map[string]bool
	inbox    []memoryEntry
	given    int64 // entries and outbox ids given
	handled  int64 // highest Seq that was handled
	state    json.RawMessage
	needs    []string
	answers  map[string]json.RawMessage
	records  map[string]json.RawMessage
	journal  []json.RawMessage
	outbox   []bot.Outgoing
	due      time.Time
	parked   bool
	owner    string
	wake     time.Time // zero: not in the index
	prompt   string
	ref      string
}

type memoryEntry struct {
	bot.Entry
	seq   int64
	until time.Time
}

const memoryLease = time.Minute

// NewMemory makes an empty store with a first worker.
func NewMemory() *Memory {
	return &Memory{worker: "w1", data: &memoryData{
		convs: make(map[string]*memoryConversation), flows: make(map[string]bot.StoredFlow), holds: make(map[string]time.Time),
	}}
}

// Worker is another worker on the same store.
func (m *Memory) Worker(name string) *Memory { return &Memory{data: m.data, worker: name} }

func (m *Memory) conversation(name string) *memoryConversation {
	c := m.data.convs[name]
	if c == nil {
		c = &memoryConversation{seen: make(map[string]bool), answers: make(map[string]json.RawMessage), records: make(map[string]json.RawMessage)}
		m.data.convs[name] = c
	}
	return c
}

// Ingest implements bot.Inbox.
func (m *Memory) Ingest(_ context.Context, u bot.Update, now time.Time) (*bot.Snapshot, error) {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	c := m.conversation(u.Conversation)
	if c.seen[u.Delivery] {
		return nil, nil
	}
	c.seen[u.Delivery] = true
	c.given++
	e := memoryEntry{Entry: bot.Entry{ID: fmt.Sprint(c.given), Update: u}, seq: u.Seq, until: now.Add(u.Hold)}
	if e.seq == 0 {
		e.seq = c.handled
		for _, other := range c.inbox {
			e.seq = max(e.seq, other.seq)
		}
	}
	c.inbox = append(c.inbox, e)
	slices.SortStableFunc(c.inbox, func(a, b memoryEntry) int { return int(a.seq - b.seq) })
	if c.owner != "" && c.wake.After(now) && c.owner != m.worker {
		return nil, nil
	}
	if c.owner == m.worker && c.wake.After(now) {
		return nil, nil // this worker is at it already
	}
	if until := c.held(); until.After(now) {
		if c.wake.IsZero() || until.Before(c.wake) {
			c.wake = until
		}
		return nil, nil
	}
	c.owner, c.wake = m.worker, now.Add(memoryLease)
	return m.snapshot(u.Conversation, c), nil
}

// held is until when the first entries wait for earlier ones.
func (c *memoryConversation) held() time.Time {
	var until time.Time
	for _, e := range c.inbox {
		if e.until.After(until) {
			until = e.until
		}
	}
	return until
}

func (m *Memory) snapshot(name string, c *memoryConversation) *bot.Snapshot {
	s := &bot.Snapshot{Conversation: name, Revision: c.revision, State: c.state, Parked: c.parked, Answers: make(map[string]json.RawMessage)}
	for _, e := range c.inbox[:min(len(c.inbox), 4)] {
		s.Inbox = append(s.Inbox, e.Entry)
	}
	for key, data := range c.answers {
		if slices.Contains(c.needs, key) || slices.Contains(c.needs, bot.AllAnswers) {
			s.Answers[key] = data
		}
	}
	return s
}

// Claim implements bot.Inbox.
func (m *Memory) Claim(_ context.Context, now time.Time, limit int) ([]string, error) {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	var out []string
	for _, name := range slices.Sorted(maps.Keys(m.data.convs)) {
		c := m.data.convs[name]
		if len(out) < limit && !c.wake.IsZero() && !c.wake.After(now) {
			c.owner, c.wake = m.worker, now.Add(memoryLease)
			out = append(out, name)
		}
	}
	return out, nil
}

// Load implements bot.Conversations.
func (m *Memory) Load(_ context.Context, name string) (*bot.Snapshot, error) {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	return m.snapshot(name, m.conversation(name)), nil
}

// AllAnswers implements bot.Conversations.
func (m *Memory) AllAnswers(_ context.Context, name string) (map[string]json.RawMessage, error) {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	return maps.Clone(m.conversation(name).answers), nil
}

// Records implements bot.Conversations.
func (m *Memory) Records(_ context.Context, name, prefix string) (map[string]json.RawMessage, error) {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	out := make(map[string]json.RawMessage)
	for key, data := range m.conversation(name).records {
		if strings.HasPrefix(key, prefix) {
			out[key] = data
		}
	}
	return out, nil
}

// Journal reads what was written down for a conversation, oldest first.
func (m *Memory) Journal(_ context.Context, name string) ([]json.RawMessage, error) {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	return slices.Clone(m.conversation(name).journal), nil
}

// Commit implements bot.Conversations.
func (m *Memory) Commit(_ context.Context, commit bot.Commit) error {
	m.data.mu.Lock()
	defer m.data.mu.Unlock()
	c := m.conversation(commit.Conversation)
	if c.revision != commit.Revision {
		return bot.ErrMoved
	}
	c.revision++
	c.inbox = slices.DeleteFunc(c.inbox, func(e memoryEntry) bool {
		done := slices.Contains(commit.Done, e.ID)
		if done {
			c.handled = max(c.handled, e.seq)
		}
		return done
	})
	c.state, c.needs, c.due = commit.State, commit.Needs, commit.Wake
	put(c.answers, commit.Answers)
	put(c.records, commit.Records)
	c.journal = append(c.journal, commit.Journal...)
	for _, o := range commit.Outbox {
		c.given++
		o.ID = c.given
		c.outbox = append(c.outbox, o)
	}
	if commit.Park != nil {
		c.parked = *commit.Park
	}
	return nil
}

func put(into, changes map[string]json.RawMessage) {
	for key, data := range changes {
		delete(into, key)
		if data != nil {
			into[key] = data
		}
	}
}
