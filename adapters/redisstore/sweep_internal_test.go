package redisstore

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"tandem/adapters/redisstore/redistest"
	"tandem/bot"
	"tandem/dialog"
)

// sweepStores are stores of each kind, each with nothing in it.
func sweepStores(t *testing.T, run func(t *testing.T, s *Store)) {
	keyset, err := NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]func(t *testing.T) (*Store, error){
		"miniredis": func(t *testing.T) (*Store, error) {
			return Open(context.Background(), Options{URL: "redis://" + miniredis.RunT(t).Addr(), Keyset: keyset})
		},
		"redis": func(t *testing.T) (*Store, error) {
			return Open(context.Background(), Options{URL: redistest.Start(t).URL(), Keyset: keyset})
		},
		"embedded": func(t *testing.T) (*Store, error) {
			return OpenEmbedded(context.Background(), t.TempDir(), Options{Log: slog.New(slog.DiscardHandler)})
		},
	}
	for name, open := range kinds {
		t.Run(name, func(t *testing.T) {
			s, err := open(t)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = s.Close() }()
			run(t, s)
		})
	}
}

// lose takes a conversation out of the wake index, as no call of the store does, or moves it to a time.
func (s *Store) lose(t *testing.T, conversation string, at time.Time) {
	t.Helper()
	k := s.keys.conversation(conversation)
	c := call{args: []any{"zrem", k.shard.wake, k.name}, write: true}
	if !at.IsZero() {
		c.args = []any{"zadd", k.shard.wake, at.UnixMilli(), k.name}
	}
	if err := s.batch.do(context.Background(), &c); err != nil {
		t.Fatal(err)
	}
}

// walk sweeps once through everybody.
func (s *Store) walk(t *testing.T, now time.Time) (mended int) {
	t.Helper()
	for cursor := ""; ; {
		next, n, err := s.Sweep(context.Background(), cursor, now)
		if err != nil {
			t.Fatal(err)
		}
		mended += n
		if cursor = next; cursor == "" {
			return mended
		}
	}
}

// stands is where a conversation stands in the wake index, in ms; -1: nowhere.
func (s *Store) stands(t *testing.T, conversation string) int64 {
	t.Helper()
	k := s.keys.conversation(conversation)
	c := call{args: []any{"zscore", k.shard.wake, k.name}}
	if err := s.batch.do(context.Background(), &c); err != nil && c.reply != nil {
		t.Fatal(err)
	}
	if c.reply == nil {
		return -1
	}
	return score([]any{c.reply}, 0)
}

func TestSweepMendsWhatTheIndexLost(t *testing.T) {
	now := time.UnixMilli(1_770_000_000_000)
	week := now.Add(7 * 24 * time.Hour)
	ctx := context.Background()
	ingest := func(t *testing.T, s *Store, name string, seq int64, hold time.Duration) *bot.Snapshot {
		t.Helper()
		snap, err := s.Ingest(ctx, bot.Update{
			Delivery: fmt.Sprint(name, seq), Conversation: name, Seq: seq, Hold: hold, Input: dialog.Input{Kind: dialog.Text, Text: "one"},
		}, now)
		if err != nil {
			t.Fatal(err)
		}
		return snap
	}
	commit := func(t *testing.T, s *Store, c bot.Commit) {
		t.Helper()
		if err := s.Commit(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	// said takes a message through a step with an answer that could not be sent.
	said := func(t *testing.T, s *Store, park bool) {
		snap := ingest(t, s, "web:1", 1, 0)
		commit(t, s, bot.Commit{
			Conversation: "web:1", Revision: snap.Revision, Done: []string{snap.Inbox[0].ID}, Park: &park, Wake: week,
			Outbox: []bot.Outgoing{{Kind: bot.Say, Message: dialog.Message{Text: "hi"}}},
		})
		if err := s.Release(ctx, "web:1", now, now.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		have func(t *testing.T, s *Store)
		at   time.Time // where it stands wrongly; zero: nowhere
		now  time.Duration
		want time.Time // zero: it is left as it is
	}{
		{"a lease", func(t *testing.T, s *Store) { ingest(t, s, "web:1", 1, 0) }, time.Time{}, 0, now.Add(time.Minute)},
		{"a lease that ran out long ago", func(t *testing.T, s *Store) { ingest(t, s, "web:1", 1, 0) }, time.Time{}, time.Hour, now.Add(time.Minute)},
		{"a lease, later than it ends", func(t *testing.T, s *Store) { ingest(t, s, "web:1", 1, 0) }, week, 0, now.Add(time.Minute)},
		{"a message that is held for order", func(t *testing.T, s *Store) { ingest(t, s, "web:1", 2, 3*time.Second) }, time.Time{}, 0, now.Add(3 * time.Second)},
		{"a nudge", func(t *testing.T, s *Store) { commit(t, s, bot.Commit{Conversation: "web:1", Wake: week}) }, time.Time{}, 0, week},
		{"a nudge, a day too late", func(t *testing.T, s *Store) { commit(t, s, bot.Commit{Conversation: "web:1", Wake: week}) }, week.Add(24 * time.Hour), 0, week},
		{"a nudge, a moment too late", func(t *testing.T, s *Store) { commit(t, s, bot.Commit{Conversation: "web:1", Wake: week}) }, week.Add(time.Minute), 0, time.Time{}},
		{"a nudge that is overdue and being claimed", func(t *testing.T, s *Store) { commit(t, s, bot.Commit{Conversation: "web:1", Wake: now}) }, now.Add(time.Hour + time.Second), time.Hour, time.Time{}},
		{"an answer", func(t *testing.T, s *Store) { said(t, s, false) }, time.Time{}, 0, time.UnixMilli(0)},
		{"an answer, when the nudge is due", func(t *testing.T, s *Store) { said(t, s, false) }, week, 0, time.UnixMilli(0)},
		{"an answer that nobody can be sent, when the nudge is due", func(t *testing.T, s *Store) { said(t, s, true) }, week, 0, time.Time{}},
		{"an answer to somebody whom the platform holds", func(t *testing.T, s *Store) {
			said(t, s, false)
			if err := s.Hold(ctx, "web:1", false, now, time.Hour); err != nil {
				t.Fatal(err)
			}
		}, time.Time{}, 0, now.Add(time.Hour)},
		{"nothing", func(t *testing.T, s *Store) { commit(t, s, bot.Commit{Conversation: "web:1"}) }, time.Time{}, 0, time.Time{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			sweepStores(t, func(t *testing.T, s *Store) {
				c.have(t, s)
				s.lose(t, "web:1", c.at)
				before, want, mended := s.stands(t, "web:1"), c.want.UnixMilli(), 1
				if c.want.IsZero() {
					want, mended = before, 0
				}
				if got := s.walk(t, now.Add(c.now)); got != mended {
					t.Errorf("mended %d, want %d", got, mended)
				}
				if got := s.stands(t, "web:1"); got != want {
					t.Errorf("it stands at %d, want %d (before: %d)", got, want, before)
				}
				if got := s.walk(t, now.Add(c.now)); got != 0 {
					t.Errorf("a second walk mends %d more", got)
				}
			})
		})
	}
}

// TestSweepReachesEverybody loses the whole index of more conversations than one step looks at.
func TestSweepReachesEverybody(t *testing.T) {
	now := time.UnixMilli(1_770_000_000_000)
	sweepStores(t, func(t *testing.T, s *Store) {
		const people = 3000
		for i := range people {
			if err := s.Commit(context.Background(), bot.Commit{Conversation: fmt.Sprintf("web:%d", i), Wake: now}); err != nil {
				t.Fatal(err)
			}
		}
		for i := range s.keys.shards {
			c := call{args: []any{"del", s.keys.shards[i].wake}, write: true}
			if err := s.batch.do(context.Background(), &c); err != nil {
				t.Fatal(err)
			}
		}
		if got := s.walk(t, now); got != people {
			t.Errorf("mended %d of %d", got, people)
		}
		standing, err := s.Standing(context.Background(), now)
		if err != nil || standing.Due != people {
			t.Errorf("due: %+v, %v", standing, err)
		}
	})
}
