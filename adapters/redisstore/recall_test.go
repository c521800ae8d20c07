package redisstore_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"tandem/adapters/redisstore"
	"tandem/bot"
	"tandem/dialog"
)

// lives is one conversation, "web:1", that several processes talk with.
type lives struct {
	t   *testing.T
	n   int
	now time.Time
}

// in takes a message in.
func (l *lives) in(s *redisstore.Store) *bot.Snapshot {
	l.t.Helper()
	l.n++
	snap, err := s.Ingest(context.Background(), bot.Update{Delivery: fmt.Sprint(l.n), Conversation: "web:1", Input: dialog.Input{Text: "x"}}, l.now)
	if err != nil || snap == nil {
		l.t.Fatal(snap, err)
	}
	return snap
}

// step commits a step upon a snapshot, which may set the answer that the next one needs, and gives the lease back.
func (l *lives) step(s *redisstore.Store, snap *bot.Snapshot, answer string) error {
	l.t.Helper()
	c := bot.Commit{Conversation: "web:1", Revision: snap.Revision, State: json.RawMessage(`{}`), Needs: []string{"name"}, Wake: l.now}
	if answer != "" {
		c.Answers = map[string]json.RawMessage{"name": json.RawMessage(`"` + answer + `"`)}
	}
	for _, e := range snap.Inbox {
		c.Done = append(c.Done, e.ID)
	}
	if err := s.Commit(context.Background(), c); err != nil {
		return err
	}
	if err := s.Release(context.Background(), "web:1", l.now, time.Time{}); err != nil && !errors.Is(err, bot.ErrLost) {
		l.t.Fatal(err)
	}
	return nil
}

// begin answers "name" in the first of two steps, so that what is known of it afterwards is only remembered.
func (l *lives) begin(s *redisstore.Store, name string) {
	l.t.Helper()
	if err := errors.Join(l.step(s, l.in(s), name), l.step(s, l.in(s), "")); err != nil {
		l.t.Fatal(err)
	}
}

// TestMemoryIsOfNoOtherLife: a process remembers a conversation; another one erases it, and the person begins again, up
// to the same revision.
func TestMemoryIsOfNoOtherLife(t *testing.T) {
	keyset, url := testKeyset(t), "redis://"+miniredis.RunT(t).Addr()
	a := openStore(t, redisstore.Options{URL: url, Keyset: keyset, Prefix: "x"})
	b := openStore(t, redisstore.Options{URL: url, Keyset: keyset, Prefix: "x"})
	l := &lives{t: t, now: time.Unix(1_700_000_000, 0)}
	l.begin(a, "old")
	stale, err := a.Load(t.Context(), "web:1")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Erase(t.Context(), "web:1"); err != nil {
		t.Fatal(err)
	}
	l.begin(b, "new")
	if err := l.step(a, stale, "old"); !errors.Is(err, bot.ErrMoved) {
		t.Errorf("a step upon the erased life was committed: %v", err)
	}
	if names, err := a.Claim(t.Context(), l.now, 1); err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	snap, err := a.Load(t.Context(), "web:1")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.step(a, snap, ""); err != nil {
		t.Fatal(err)
	}
	if got := l.in(a); string(got.Answers["name"]) != `"new"` {
		t.Errorf("the answer is %s, that of who was erased", got.Answers["name"])
	}
}
