package bottest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"time"

	"pgregory.net/rapid"

	"tandem/bot"
)

func modelCases() []storeCase {
	return []storeCase{{"Invariant1And2_AnyInterleaving", modelInterleaving}}
}

// modelInterleaving has two workers ingest, redeliver, claim, commit, crash and release in any order, and compares each
// answer with what a plain model of one conversation expects.
func modelInterleaving(b *bench) {
	workers := []bot.Store{b.a, b.open(b.T)}
	round := 0
	rapid.Check(b.T, func(t *rapid.T) {
		round++
		m := &model{name: fmt.Sprintf("web:%d", round), now: start(), workers: workers}
		t.Repeat(map[string]func(*rapid.T){
			"ingest":    m.ingest,
			"redeliver": m.redeliver,
			"claim":     m.claim,
			"commit":    m.commit,
			"stale":     m.stale,
			"release":   m.release,
			"wait":      m.wait,
			"":          m.check,
		})
	})
}

// model is what one conversation should be.
type model struct {
	name     string
	workers  []bot.Store
	now      time.Time
	revision int64
	inbox    []modelEntry // in order
	known    []bot.Update
	handled  []int64
	holder   int // worker that works on it, by number from 1; 0: nobody
	deadline time.Time
	outbox   int
}

// modelEntry is an update by its number.
type modelEntry struct{ seq int64 }

// leased tells whether somebody has the conversation.
func (m *model) leased() bool { return m.holder != 0 && m.now.Before(m.deadline) }

// which draws a worker, by number from 1. Where both are the same, that does not matter to the model.
func (m *model) which(t *rapid.T) (int, bot.Store) {
	n := rapid.IntRange(1, 2).Draw(t, "worker")
	if m.workers[0] == m.workers[1] {
		n = 1
	}
	return n, m.workers[n-1]
}

func (m *model) ingest(t *rapid.T) {
	n, s := m.which(t)
	seq := rapid.Int64Range(1, 1000).Filter(func(seq int64) bool {
		return !slices.ContainsFunc(m.known, func(u bot.Update) bool { return u.Seq == seq })
	}).Draw(t, "seq")
	u := message(m.name, seq, fmt.Sprint(seq))
	snap, err := s.Ingest(context.Background(), u, m.now)
	if err != nil {
		t.Fatalf("Ingest: %v", err)
	}
	m.known = append(m.known, u)
	m.inbox = append(m.inbox, modelEntry{seq})
	sort.Slice(m.inbox, func(i, j int) bool { return m.inbox[i].seq < m.inbox[j].seq })
	if (snap != nil) == m.leased() {
		t.Fatalf("handed out: %v, while leased: %v", snap != nil, m.leased())
	}
	if snap != nil {
		m.holder, m.deadline = n, m.now.Add(storeLease)
		m.compare(t, snap)
	}
}

func (m *model) redeliver(t *rapid.T) {
	if len(m.known) == 0 {
		t.Skip("nothing was delivered yet")
	}
	_, s := m.which(t)
	u := m.known[rapid.IntRange(0, len(m.known)-1).Draw(t, "which")]
	if snap, err := s.Ingest(context.Background(), u, m.now); err != nil || snap != nil {
		t.Fatalf("a known delivery: %v, %v", snap, err)
	}
}

func (m *model) claim(t *rapid.T) {
	n, s := m.which(t)
	names, err := s.Claim(context.Background(), m.now, 1000)
	if err != nil {
		t.Fatalf("Claim: %v", err)
	}
	got := slices.Contains(names, m.name)
	want := !m.leased() && (m.holder != 0 || len(m.inbox) > 0 || m.outbox > 0)
	if got != want {
		t.Fatalf("claimed: %v, want %v", got, want)
	}
	if got {
		m.holder, m.deadline = n, m.now.Add(storeLease)
	}
}

func (m *model) commit(t *rapid.T) {
	_, s := m.which(t)
	snap, err := s.Load(context.Background(), m.name)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	m.compare(t, snap)
	n := rapid.IntRange(0, len(snap.Inbox)).Draw(t, "handled")
	c := bot.Commit{Conversation: m.name, Revision: snap.Revision}
	for _, e := range snap.Inbox[:n] {
		c.Done = append(c.Done, e.ID)
		c.Outbox = append(c.Outbox, say(e.Update.Input.Text))
		m.handled = append(m.handled, e.Update.Seq)
	}
	if err := s.Commit(context.Background(), c); err != nil {
		t.Fatalf("Commit: %v", err)
	}
	m.revision++
	m.inbox = m.inbox[n:]
	m.outbox += n
}

func (m *model) stale(t *rapid.T) {
	_, s := m.which(t)
	c := bot.Commit{Conversation: m.name, Revision: m.revision + rapid.SampledFrom([]int64{-1, 1}).Draw(t, "off")}
	if err := s.Commit(context.Background(), c); !errors.Is(err, bot.ErrMoved) {
		t.Fatalf("Commit of another revision: %v", err)
	}
}

func (m *model) release(t *rapid.T) {
	n, s := m.which(t)
	if m.holder == n {
		out, err := s.Pending(context.Background(), m.name, m.now, 2)
		if err != nil || len(out) != min(2, m.outbox) {
			t.Fatalf("Pending: %d entries, %v; want %d", len(out), err, min(2, m.outbox))
		}
		for _, o := range out {
			if err := s.Sent(context.Background(), m.name, o.ID, "1"); err != nil {
				t.Fatalf("Sent: %v", err)
			}
			m.outbox--
		}
	}
	err := s.Release(context.Background(), m.name, m.now, m.now)
	if m.holder != n {
		if !errors.Is(err, bot.ErrLost) {
			t.Fatalf("Release of another's lease: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatalf("Release: %v", err)
	}
	m.holder = 0
}

// wait lets time go by: sometimes longer than a lease, as if its holder had died.
func (m *model) wait(t *rapid.T) {
	m.now = m.now.Add(time.Duration(rapid.IntRange(1, 45).Draw(t, "seconds")) * time.Second)
}

func (m *model) check(t *rapid.T) {
	snap, err := m.workers[0].Load(context.Background(), m.name)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	m.compare(t, snap)
	seen := map[int64]bool{}
	for _, seq := range m.handled {
		if seen[seq] {
			t.Fatalf("update %d took effect twice", seq)
		}
		seen[seq] = true
	}
}

// compare holds a snapshot against the model.
func (m *model) compare(t *rapid.T, snap *bot.Snapshot) {
	if snap.Revision != m.revision {
		t.Fatalf("revision %d, want %d", snap.Revision, m.revision)
	}
	for i, e := range snap.Inbox {
		if i >= len(m.inbox) || e.Update.Seq != m.inbox[i].seq {
			t.Fatalf("inbox entry %d is update %d; the model has %v", i, e.Update.Seq, m.inbox)
		}
	}
	if len(snap.Inbox) == 0 && len(m.inbox) > 0 {
		t.Fatalf("the inbox is empty; the model has %v", m.inbox)
	}
}
