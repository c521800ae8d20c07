package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tandem/bot"
)

// openSmall opens an embedded store that compacts itself often.
func openSmall(t *testing.T, dir string) (*Store, *embedded) {
	t.Helper()
	s, err := OpenEmbedded(context.Background(), dir, Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	e := s.batch.run.(*embedded)
	e.journal.floor = 8 << 10
	return s, e
}

// fill does some turns in some conversations.
func fill(t *testing.T, s *Store, turns int) {
	t.Helper()
	ctx, now := context.Background(), time.UnixMilli(1_770_000_000_000)
	names := []string{"telegram:1", "telegram:2", "slack:C1"}
	for i := range turns {
		name := names[i%len(names)]
		snap, err := s.Load(ctx, name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Ingest(ctx, bot.Update{Delivery: s.token(), Conversation: name}, now); err != nil {
			t.Fatal(err)
		}
		c := bot.Commit{Conversation: name, Revision: snap.Revision, State: []byte(`"state"`), Wake: now}
		for _, e := range snap.Inbox {
			c.Done = append(c.Done, e.ID)
		}
		c.Outbox = []bot.Outgoing{{Kind: bot.Say}}
		c.Journal = []jsonRaw{[]byte(`1`)}
		c.Records = map[string]jsonRaw{s.token(): []byte(`2`)}
		if err := s.Commit(ctx, c); err != nil {
			t.Fatal(err)
		}
		if err := s.PutFlow(ctx, bot.StoredFlow{ID: "f", Version: s.token()}); err != nil {
			t.Fatal(err)
		}
	}
}

type jsonRaw = json.RawMessage

func TestReplayGivesTheSameServer(t *testing.T) {
	for _, compacting := range []bool{false, true} {
		dir := t.TempDir()
		s, e := openSmall(t, dir)
		if !compacting {
			e.journal.floor = compactBytes
		}
		fill(t, s, 120)
		want := e.redis.Dump()
		base := e.journal.base
		if compacting != (base > int64(headerSize)) {
			t.Fatalf("compacting: %v, base: %d", compacting, base)
		}
		_ = s.Close()

		lock, err := lockFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		again := newEmbedded(lock)
		if again.journal, err = openJournal(filepath.Join(dir, journalName), slog.New(slog.DiscardHandler), again.replay); err != nil {
			t.Fatal(err)
		}
		if got := again.redis.Dump(); got != want {
			t.Errorf("compacting: %v: the server differs after replay", compacting)
		}
		_ = again.close()
	}
}

func TestCompactionThatFailsLeavesTheOldJournal(t *testing.T) {
	dir := t.TempDir()
	s, e := openSmall(t, dir)
	fill(t, s, 3)
	s.batch.stop()
	size := e.journal.size
	full := errors.New("no space left on device")
	if err := e.journal.compact(func(func([]string) error) error { return full }); err != nil {
		t.Fatalf("compact: %v", err)
	}
	if e.journal.size != size || e.journal.grown() {
		t.Errorf("size %d, was %d; grown: %v", e.journal.size, size, e.journal.grown())
	}
	want := e.redis.Dump()
	_ = e.close()
	// A compaction that the process did not survive leaves its file behind.
	if err := os.WriteFile(filepath.Join(dir, journalName+".new"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, again := openSmall(t, dir)
	if got := again.redis.Dump(); len(got) < len(want)/2 {
		t.Errorf("after a failed compaction:\n%s\nwant:\n%s", got, want)
	}
	if _, err := os.Stat(filepath.Join(dir, journalName+".new")); err == nil {
		t.Error("the half-written file is still there")
	}
}
