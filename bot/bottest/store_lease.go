package bottest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"tandem/bot"
)

func leaseCases() []storeCase {
	return []storeCase{
		{"Invariant2_CrashedWorkerIsTakenOver", leaseExpires},
		{"Invariant2_IngestTakesOverAnExpiredLease", leaseExpiredIngest},
		{"Invariant3_IngestedUnderLeaseIsDueOnRelease", leaseRelease},
		{"OnlyOneWorkerClaims", leaseOneClaims},
		{"ClaimKeepsItsLimit", leaseLimit},
		{"ClaimIsFair", leaseFair},
		{"PendingRenews", leaseRenews},
		{"LostLeaseIsTold", leaseLost},
		{"FreeConversationHasNoLeaseToUse", leaseNone},
	}
}

func leaseExpires(b *bench) {
	b.ingest(b.a, message("telegram:1", 1, "one"), start())
	b.due("telegram:1", after(storeLease-time.Millisecond), false)
	o := b.open(b.T)
	b.same("claimed", b.claim(o, after(storeLease), 10), []string{"telegram:1"})
	b.same("inbox", texts(b.load("telegram:1")), []string{"one"})
	b.due("telegram:1", after(2*storeLease-time.Millisecond), false)
	b.due("telegram:1", after(2*storeLease), true)
}

func leaseExpiredIngest(b *bench) {
	b.ingest(b.a, message("telegram:1", 1, "one"), start())
	snap := b.ingest(b.open(b.T), message("telegram:1", 2, "two"), after(storeLease))
	b.same("handed out", texts(snap), []string{"one", "two"})
}

func leaseRelease(b *bench) {
	snap := b.ingest(b.a, message("telegram:1", 1, "one"), start())
	b.ingest(b.open(b.T), message("telegram:1", 2, "two"), start())
	b.handle(b.a, snap, bot.Commit{Wake: after(time.Hour)})
	b.due("telegram:1", after(time.Second), false)
	b.release(b.a, "telegram:1", after(2*time.Second), after(time.Minute))
	b.due("telegram:1", after(2*time.Second), true)
	b.same("inbox", texts(b.load("telegram:1")), []string{"two"})
}

// dueAtOnce makes conversations that need attention at the start.
func (b *bench) dueAtOnce(n int) (names []string) {
	b.Helper()
	for i := range n {
		name := fmt.Sprintf("telegram:%d", i)
		b.commit(b.a, bot.Commit{Conversation: name, Wake: start()})
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func leaseOneClaims(b *bench) {
	want := b.dueAtOnce(200)
	workers := []bot.Store{b.a, b.open(b.T)}
	var mu sync.Mutex
	var got []string
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 40 {
				names, err := workers[i%2].Claim(context.Background(), start(), 10)
				if err != nil {
					b.Errorf("Claim: %v", err)
				}
				mu.Lock()
				got = append(got, names...)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	slices.Sort(got)
	b.same("claimed", got, want)
}

func leaseLimit(b *bench) {
	b.dueAtOnce(60)
	for left := 60; left > 0; {
		n := len(b.claim(b.a, start(), 7))
		if n != min(7, left) {
			b.Fatalf("claimed %d of %d, want %d", n, left, min(7, left))
		}
		left -= n
	}
	b.same("claimed", b.claim(b.a, start(), 7), []string(nil))
}

func leaseFair(b *bench) {
	// One that is due waits among many that are due again and again: it must come up while they do.
	for i := range 200 {
		b.commit(b.a, bot.Commit{Conversation: fmt.Sprintf("telegram:%d", i), Wake: start()})
	}
	b.commit(b.a, bot.Commit{Conversation: "telegram:last", Wake: after(time.Second)})
	now := after(2 * time.Second)
	for range 400 {
		for _, name := range b.claim(b.a, now, 4) {
			if name == "telegram:last" {
				return
			}
			b.release(b.a, name, now, now) // its wake is due again at once
			b.commit(b.a, bot.Commit{Conversation: name, Revision: b.load(name).Revision, Wake: now})
		}
		now = now.Add(time.Millisecond)
	}
	b.Fatal("one conversation was never claimed while others came up again and again")
}

func leaseRenews(b *bench) {
	b.ingest(b.a, message("telegram:1", 1, "one"), start())
	b.pending(b.a, "telegram:1", after(40*time.Second))
	b.due("telegram:1", after(40*time.Second+storeLease-time.Millisecond), false)
	b.due("telegram:1", after(40*time.Second+storeLease), true)
}

func leaseLost(b *bench) {
	o := b.other()
	snap := b.ingest(b.a, message("telegram:1", 1, "one"), start())
	b.handle(b.a, snap, bot.Commit{Outbox: []bot.Outgoing{say("hi")}})
	b.same("claimed", b.claim(o, after(storeLease), 10), []string{"telegram:1"})
	_, err := b.a.Pending(context.Background(), "telegram:1", after(storeLease), 10)
	b.fails("Pending", err, bot.ErrLost)
	b.fails("Release", b.a.Release(context.Background(), "telegram:1", after(storeLease), time.Time{}), bot.ErrLost)
	b.same("the other's outbox", len(b.pending(o, "telegram:1", after(storeLease))), 1)
	b.due("telegram:1", after(2*storeLease-time.Millisecond), false)
}

func leaseNone(b *bench) {
	_, err := b.a.Pending(context.Background(), "telegram:1", start(), 10)
	b.fails("Pending", err, bot.ErrLost)
	b.fails("Release", b.a.Release(context.Background(), "telegram:1", start(), time.Time{}), bot.ErrLost)
}
