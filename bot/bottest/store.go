package bottest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tandem/bot"
	"tandem/dialog"
)

// StoreConformance proves that a store keeps bot.Store's contract. open opens a worker: calls with the same t are
// workers on the same data, and each t has data of its own. A store that only one process can use gives the same
// worker each time; what needs two is left out then. The store's lease must be one minute and its rates those that
// platforms ask for ("telegram", "slack"), without a limit for others. open closes what it opened with t.Cleanup.
func StoreConformance(t *testing.T, open func(t *testing.T) bot.Store) {
	groups := []struct {
		name  string
		cases []storeCase
	}{
		{"Ingest", ingestCases()},
		{"Order", orderCases()},
		{"Lease", leaseCases()},
		{"Commit", commitCases()},
		{"Outbox", outboxCases()},
		{"Pace", paceCases()},
		{"Sequence", sequenceCases()},
		{"Shelf", shelfCases()},
		{"Wakes", wakesCases()},
		{"Model", modelCases()},
	}
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) {
			for _, c := range g.cases {
				t.Run(c.name, func(t *testing.T) { c.run(&bench{T: t, open: open, a: open(t)}) })
			}
		})
	}
}

// storeCase is one thing to prove. Its name begins with the invariant of DESIGN.md that it proves, where it is one.
type storeCase struct {
	name string
	run  func(b *bench)
}

// storeLease is the lease that a store under test has.
const storeLease = time.Minute

// bench is a store on the test bench, with short words for what a test does to it. The clock is the test's own.
type bench struct {
	*testing.T
	open func(*testing.T) bot.Store
	a    bot.Store // a worker
}

// other opens a second worker, or skips the test where there can be none.
func (b *bench) other() bot.Store {
	b.Helper()
	o := b.open(b.T)
	if o == b.a {
		b.Skip("only one worker can use this store")
	}
	return o
}

// start is when every test begins.
func start() time.Time { return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC) }

// after is d after the start.
func after(d time.Duration) time.Time { return start().Add(d) }

// message is a text message of a conversation. Its delivery id follows from the number.
func message(conversation string, seq int64, text string) bot.Update {
	return bot.Update{
		Delivery:     fmt.Sprintf("%s:update:%d", conversation, seq),
		Conversation: conversation,
		Seq:          seq,
		At:           start(),
		From:         bot.Person{ID: "4711", Name: "Ana", Language: "es-MX"},
		Input:        dialog.Input{Kind: dialog.Text, Text: text},
	}
}

// ingest takes in an update with worker s.
func (b *bench) ingest(s bot.Store, u bot.Update, now time.Time) *bot.Snapshot {
	b.Helper()
	snap, err := s.Ingest(context.Background(), u, now)
	if err != nil {
		b.Fatalf("Ingest: %v", err)
	}
	return snap
}

// load reads a conversation.
func (b *bench) load(conversation string) *bot.Snapshot {
	b.Helper()
	snap, err := b.a.Load(context.Background(), conversation)
	if err != nil {
		b.Fatalf("Load: %v", err)
	}
	return snap
}

// commit writes, and expects it to be taken.
func (b *bench) commit(s bot.Store, c bot.Commit) {
	b.Helper()
	if err := s.Commit(context.Background(), c); err != nil {
		b.Fatalf("Commit: %v", err)
	}
}

// handle commits that everything in a snapshot's inbox is handled.
func (b *bench) handle(s bot.Store, snap *bot.Snapshot, more bot.Commit) {
	b.Helper()
	more.Conversation, more.Revision = snap.Conversation, snap.Revision
	for _, e := range snap.Inbox {
		more.Done = append(more.Done, e.ID)
	}
	b.commit(s, more)
}

// release gives a lease back.
func (b *bench) release(s bot.Store, conversation string, now, retry time.Time) {
	b.Helper()
	if err := s.Release(context.Background(), conversation, now, retry); err != nil {
		b.Fatalf("Release: %v", err)
	}
}

// claim leases what is due.
func (b *bench) claim(s bot.Store, now time.Time, limit int) []string {
	b.Helper()
	names, err := s.Claim(context.Background(), now, limit)
	if err != nil {
		b.Fatalf("Claim: %v", err)
	}
	return names
}

// due expects whether a claim at a time yields the conversation, and gives it back where it does not matter.
func (b *bench) due(conversation string, now time.Time, want bool) {
	b.Helper()
	names := b.claim(b.a, now, 10)
	got := len(names) == 1 && names[0] == conversation
	if got != want || len(names) > 1 {
		b.Fatalf("Claim at +%v = %v, want %s: %v", now.Sub(start()), names, conversation, want)
	}
}

// pending reads the outbox.
func (b *bench) pending(s bot.Store, conversation string, now time.Time) []bot.Outgoing {
	b.Helper()
	out, err := s.Pending(context.Background(), conversation, now, 100)
	if err != nil {
		b.Fatalf("Pending: %v", err)
	}
	return out
}

// texts are the words of a snapshot's inbox.
func texts(snap *bot.Snapshot) []string {
	if snap == nil {
		return nil
	}
	var words []string
	for _, e := range snap.Inbox {
		words = append(words, e.Update.Input.Text)
	}
	return words
}

// same compares, got against want.
func (b *bench) same(what string, got, want any) {
	b.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		b.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// fails expects a certain error.
func (b *bench) fails(what string, err, want error) {
	b.Helper()
	if !errors.Is(err, want) {
		b.Fatalf("%s: %v, want %v", what, err, want)
	}
}

// raw is a JSON value.
func raw(s string) json.RawMessage { return json.RawMessage(s) }

// say is a message to send.
func say(text string) bot.Outgoing {
	return bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: text}}
}
