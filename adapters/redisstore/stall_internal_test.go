//go:build unix

package redisstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tandem/adapters/redisstore/redistest"
	"tandem/bot"
	"tandem/dialog"
)

// stallTime is how long a server stands still: longer than the client waits for an answer, so that what it had sent is
// executed twice, the abandoned call first.
const stallTime = 4 * time.Second

// stalling is a runner whose server stands still from before a script is sent, once.
type stalling struct {
	runner
	mu      sync.Mutex
	process *os.Process
	before  string // the script's name; "" once it has stalled
}

func (f *stalling) run(calls []*call) {
	f.mu.Lock()
	for _, c := range calls {
		if c.script != nil && c.script.name == f.before {
			f.before = ""
			_ = f.process.Signal(syscall.SIGSTOP)
			time.Sleep(50 * time.Millisecond) // until it stands
			time.AfterFunc(stallTime, func() { _ = f.process.Signal(syscall.SIGCONT) })
		}
	}
	f.mu.Unlock()
	f.runner.run(calls)
}

// stallAt opens a store, and has its server stand still before a script is sent that it knows already.
func stallAt(t *testing.T, script string) *Store {
	t.Helper()
	server := redistest.Start(t)
	_, id, _ := strings.Cut(server.Text("INFO", "server"), "process_id:")
	pid, err := strconv.Atoi(strings.TrimSpace(strings.SplitN(id, "\n", 2)[0]))
	if err != nil {
		t.Fatal(err)
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		t.Fatal(err)
	}
	keyset, err := NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(context.Background(), Options{URL: server.URL(), Keyset: keyset, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	known, now := &talk{s: s, name: "web:known"}, time.UnixMilli(1_769_000_000_000)
	if err := errors.Join(known.ingest("1", 0, now), known.ingest("2", time.Millisecond, now)); err != nil {
		t.Fatal(err)
	}
	pickUp(t, s, map[string]*talk{known.name: known}, now, 1)
	s.batch.stop()
	s.batch = newBatcher(&stalling{runner: s.batch.run, process: process, before: script}, overNetwork())
	return s
}

// talk is one conversation under way: what came in, and what was answered.
type talk struct {
	s        *Store
	name     string
	answered []string
}

// ingest hands in an update, as a platform does: again where it was not taken.
func (k *talk) ingest(text string, hold time.Duration, now time.Time) error {
	for try := 1; ; try++ {
		snap, err := k.s.Ingest(context.Background(), bot.Update{
			Delivery: text, Conversation: k.name, Hold: hold, Input: dialog.Input{Kind: dialog.Text, Text: text},
		}, now)
		switch {
		case err == nil && snap != nil:
			if err := k.attend(snap, now); err == nil {
				return nil
			}
			// The application leaves it for later, and gives the lease back.
			if err := k.s.Release(context.Background(), k.name, now, time.Time{}); err != nil && !errors.Is(err, bot.ErrLost) {
				return err
			}
			return nil
		case err == nil || try == 3:
			return err
		}
	}
}

// attend answers what waits, and gives the lease back.
func (k *talk) attend(snap *bot.Snapshot, now time.Time) error {
	ctx := context.Background()
	c := bot.Commit{Conversation: k.name, Revision: snap.Revision, State: []byte(`{}`)}
	for _, e := range snap.Inbox {
		c.Done = append(c.Done, e.ID)
		c.Outbox = append(c.Outbox, bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: e.Update.Input.Text}})
	}
	if err := k.s.Commit(ctx, c); err != nil {
		return err
	}
	out, err := k.s.Pending(ctx, k.name, now, 10)
	if err != nil {
		return err
	}
	for _, o := range out {
		k.answered = append(k.answered, o.Message.Text)
		if err := k.s.Sent(ctx, k.name, o.ID, "ref"); err != nil {
			return err
		}
	}
	err = k.s.Release(ctx, k.name, now, time.Time{})
	if errors.Is(err, bot.ErrLost) {
		return nil // it was executed twice: the first time it gave the lease back
	}
	return err
}

// TestAServerThatStandsStillLeavesNobodyAlone stops the server for four seconds before each script in turn, while three
// conversations are under way, and expects every message to be answered once and soon.
func TestAServerThatStandsStillLeavesNobodyAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for servers that stand still")
	}
	for script, within := range map[string]int{ // seconds of the conversations' clock
		"ingest": 5, "commit": 5, "pending": 5, "sent": 5, "release": 5, "own": 5, "load": 5,
		"claim": 6, // executed twice, it finds nothing the second time; what it moved is due when the lease would end
	} {
		t.Run(script, func(t *testing.T) {
			t.Parallel()
			s := stallAt(t, script)
			now := time.UnixMilli(1_770_000_000_000)
			var under sync.WaitGroup
			talks := map[string]*talk{}
			for i := range 3 {
				k := &talk{s: s, name: fmt.Sprint("web:", i)}
				talks[k.name] = k
				under.Go(func() {
					for _, text := range []string{"1", "2", "3", "4"} {
						hold := time.Duration(0)
						if text == "4" {
							hold = time.Millisecond // to be found by the loop
						}
						if err := k.ingest(text, hold, now); err != nil {
							t.Errorf("%s of %s: %v", text, k.name, err)
						}
					}
				})
			}
			under.Wait()
			pickUp(t, s, talks, now, within)
			for _, k := range talks {
				if diff := cmp.Diff([]string{"1", "2", "3", "4"}, k.answered); diff != "" {
					t.Errorf("%s was answered (-want +got):\n%s", k.name, diff)
				}
			}
		})
	}
}

// pickUp is the loop, for some seconds of the conversations' clock.
func pickUp(t *testing.T, s *Store, talks map[string]*talk, now time.Time, seconds int) {
	t.Helper()
	ctx := context.Background()
	for range seconds {
		now = now.Add(time.Second)
		names, err := s.Claim(ctx, now, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			snap, err := s.Load(ctx, name)
			if err == nil {
				err = talks[name].attend(snap, now)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}
