package redisstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"tandem/bot"
	"tandem/dialog"
)

var errFault = errors.New("the wire was cut")

// faulty is a runner whose nth round trip fails: before it reached the server, or after, its answers lost.
type faulty struct {
	runner
	n, fails int
	after    bool
}

func (f *faulty) run(calls []*call) {
	f.n++
	if f.n != f.fails {
		f.runner.run(calls)
		return
	}
	if f.after {
		f.runner.run(calls)
	}
	for _, c := range calls {
		c.reply, c.err = nil, errFault
	}
}

// world is a small bot that redelivers what was not acknowledged and gives up a conversation at the first error.
type world struct {
	t    *testing.T
	s    *Store
	now  time.Time
	sent []string
}

// deliver hands in an update until it is acknowledged, as a platform does.
func (w *world) deliver(seq int64) {
	u := bot.Update{
		Delivery: fmt.Sprint("update:", seq), Conversation: "web:1", Seq: seq,
		Input: dialog.Input{Kind: dialog.Text, Text: fmt.Sprint(seq)},
	}
	for range 3 {
		snap, err := w.s.Ingest(context.Background(), u, w.now)
		if err != nil {
			continue
		}
		if snap != nil {
			_ = w.handle(snap)
		}
		return
	}
	w.t.Fatal("a delivery fails again and again")
}

// handle does a step and sends what it says.
func (w *world) handle(snap *bot.Snapshot) error {
	ctx := context.Background()
	c := bot.Commit{Conversation: "web:1", Revision: snap.Revision, State: snap.State, Needs: []string{"a"}}
	for _, e := range snap.Inbox {
		c.Done = append(c.Done, e.ID)
		c.State = fmt.Appendf(nil, "%s%s,", c.State, e.Update.Input.Text)
		c.Journal = append(c.Journal, []byte(e.Update.Input.Text))
		c.Outbox = append(c.Outbox, bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: e.Update.Input.Text}})
	}
	if len(c.Done) > 0 {
		if err := w.s.Commit(ctx, c); err != nil {
			return err
		}
	}
	out, err := w.s.Pending(ctx, "web:1", w.now, 10)
	if err != nil {
		return err
	}
	for _, o := range out {
		w.sent = append(w.sent, o.Message.Text)
		if err := w.s.Sent(ctx, "web:1", o.ID, "ref"); err != nil {
			return err
		}
	}
	return w.s.Release(ctx, "web:1", w.now, time.Time{})
}

// loop is the worker that picks up what is due, until nothing is.
func (w *world) loop() {
	ctx := context.Background()
	for range 6 {
		w.now = w.now.Add(2 * time.Minute)
		names, err := w.s.Claim(ctx, w.now, 10)
		if err != nil {
			continue
		}
		for range names {
			if snap, err := w.s.Load(ctx, "web:1"); err == nil {
				_ = w.handle(snap)
			}
		}
	}
}

// TestInvariant2_FaultBetweenAnyTwoRoundTrips cuts the wire once at each round trip of a short conversation, before
// and after the server did its work, and expects that every message took effect once and was answered at least once.
func TestInvariant2_FaultBetweenAnyTwoRoundTrips(t *testing.T) {
	for fails := 1; fails <= 40; fails++ {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d,after=%v", fails, after), func(t *testing.T) {
				s, err := OpenEmbedded(context.Background(), t.TempDir(), Options{Log: slog.New(slog.DiscardHandler)})
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = s.Close() }()
				s.batch.stop()
				f := &faulty{runner: s.batch.run, fails: fails, after: after}
				s.batch = newBatcher(f, oneByOne())
				w := &world{t: t, s: s, now: time.UnixMilli(1_770_000_000_000)}
				for seq := int64(1); seq <= 4; seq++ {
					w.deliver(seq)
				}
				w.loop()
				f.fails = 0 // nothing is under way now
				w.expect()
			})
		}
	}
}

// expect compares what happened with what should have.
func (w *world) expect() {
	snap, err := w.s.Load(context.Background(), "web:1")
	if err != nil {
		w.t.Fatal(err)
	}
	journal, err := w.s.Journal(context.Background(), "web:1")
	if err != nil {
		w.t.Fatal(err)
	}
	if string(snap.State) != "1,2,3,4," || len(snap.Inbox) != 0 || len(journal) != 4 {
		w.t.Errorf("state %s, %d in the inbox, journal %s", snap.State, len(snap.Inbox), journal)
	}
	if diff := cmp.Diff([]string{"1", "2", "3", "4"}, slices.Compact(slices.Clone(w.sent))); diff != "" {
		w.t.Errorf("sent (-want +got):\n%s", diff)
	}
	if len(w.sent) > 5 {
		w.t.Errorf("sent %v: more than one came twice after one fault", w.sent)
	}
}

// lossy is a connection that breaks once, in place of the nth read: the server has done its work, its answer is lost.
type lossy struct {
	net.Conn
	reads *atomic.Int64
	fails *atomic.Int64
}

func (l lossy) Read(b []byte) (int, error) {
	if l.reads.Add(1) == l.fails.Load() {
		_, _ = l.Conn.Read(b) // it came
		_ = l.Close()
		return 0, &net.OpError{Op: "read", Net: "tcp", Err: errFault}
	}
	return l.Conn.Read(b)
}

// TestInvariant2_LostAnswersAreAskedForAgain loses the server's answer to each call in turn: the client asks again, and
// the scripts answer as they did.
func TestInvariant2_LostAnswersAreAskedForAgain(t *testing.T) {
	m := miniredis.RunT(t)
	var reads, fails atomic.Int64
	client := redis.NewClient(&redis.Options{
		Addr: m.Addr(), Protocol: 2, DisableIdentity: true, MinRetryBackoff: -1,
		Dialer: func(ctx context.Context, network, addr string) (net.Conn, error) {
			c, err := (&net.Dialer{}).DialContext(ctx, network, addr)
			return lossy{c, &reads, &fails}, err
		},
	})
	keyset, err := NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	o, err := Options{Keyset: keyset, Log: slog.New(slog.DiscardHandler)}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(context.Background(), o, pipeline{client}, oneByOne())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	w := &world{t: t, s: s, now: time.UnixMilli(1_770_000_000_000)}
	w.deliver(1)
	for seq := int64(2); seq <= 4; seq++ {
		fails.Store(reads.Load() + seq - 1) // the answer to Ingest, to Commit, to Pending
		w.deliver(seq)
	}
	w.expect()
	if len(w.sent) != 4 {
		t.Errorf("sent %v: a lost answer was noticed", w.sent)
	}
}
