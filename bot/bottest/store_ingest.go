package bottest

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"tandem/bot"
	"tandem/dialog"
)

func ingestCases() []storeCase {
	return []storeCase{
		{"HandsOutWhatItStored", ingestHandsOut},
		{"KeepsEveryFieldOfAnUpdate", ingestKeepsFields},
		{"Invariant2_KnownDeliveryChangesNothing", ingestKnown},
		{"Invariant2_KnownForEightDays", ingestEightDays},
		{"Invariant2_HundredAtOnceTakeEffectOnce", ingestHundred},
		{"Invariant3_StoredWhileAnotherWorks", ingestWhileLeased},
		{"DeliveryIsClaimedPerConversation", ingestPerConversation},
		{"RefusesWhatHasNoName", ingestRefuses},
	}
}

func ingestHandsOut(b *bench) {
	snap := b.ingest(b.a, message("telegram:1", 10, "hello"), start())
	if snap == nil {
		b.Fatal("the conversation was free, and nothing is handed out")
	}
	b.same("inbox", texts(snap), []string{"hello"})
	b.same("revision", snap.Revision, int64(0))
	b.same("loaded", b.load("telegram:1"), snap)
}

func ingestKeepsFields(b *bench) {
	u := message("telegram:1", 10, "¿qué? \x00|{}")
	u.Input = dialog.Input{Kind: dialog.Press, Prompt: "goal.1", Choice: "yes", Ref: "77", Edited: true, Turn: 3}
	u.Event, u.Code, u.Group = bot.Start, "abc_-", true
	u.Pressed = &bot.Pressed{Ref: "77", Text: "a|b\nc"}
	snap := b.ingest(b.a, u, start())
	b.same("handed out", snap.Inbox[0].Update, u)
	b.same("loaded", b.load("telegram:1").Inbox[0].Update, u)
}

func ingestKnown(b *bench) {
	u := message("telegram:1", 10, "hello")
	snap := b.ingest(b.a, u, start())
	if again := b.ingest(b.a, u, start()); again != nil {
		b.Fatalf("a known delivery is handed out: %+v", again)
	}
	b.same("inbox", texts(b.load("telegram:1")), []string{"hello"})
	b.handle(b.a, snap, bot.Commit{})
	b.release(b.a, "telegram:1", start(), start())
	if again := b.ingest(b.a, u, after(time.Hour)); again != nil {
		b.Fatalf("a handled delivery is handed out: %+v", again)
	}
	b.same("inbox", texts(b.load("telegram:1")), []string(nil))
	b.due("telegram:1", after(time.Hour), false)
}

func ingestEightDays(b *bench) {
	const day = 24 * time.Hour
	b.handle(b.a, b.ingest(b.a, message("telegram:1", 1, "first"), start()), bot.Commit{})
	b.release(b.a, "telegram:1", start(), start())
	for i := int64(2); i <= 40; i++ { // enough of them that old ones are trimmed
		now := after(8*day - time.Second)
		b.handle(b.a, b.ingest(b.a, message("telegram:1", i, "more"), now), bot.Commit{})
		b.release(b.a, "telegram:1", now, now)
	}
	if again := b.ingest(b.a, message("telegram:1", 1, "first"), after(8*day)); again != nil {
		b.Fatal("a delivery was forgotten within eight days")
	}
}

func ingestHundred(b *bench) {
	workers := []bot.Store{b.a, b.open(b.T)}
	var handed atomic.Int32
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			snap, err := workers[i%2].Ingest(context.Background(), message("telegram:1", 10, "hello"), start())
			if err != nil {
				b.Errorf("Ingest: %v", err)
			}
			if snap != nil {
				handed.Add(1)
			}
		})
	}
	all.Wait()
	b.same("times handed out", handed.Load(), int32(1))
	b.same("inbox", texts(b.load("telegram:1")), []string{"hello"})
}

func ingestWhileLeased(b *bench) {
	b.ingest(b.a, message("telegram:1", 1, "one"), start())
	if snap := b.ingest(b.open(b.T), message("telegram:1", 2, "two"), after(time.Second)); snap != nil {
		b.Fatal("somebody is at work, and the conversation is handed out once more")
	}
	b.same("inbox", texts(b.load("telegram:1")), []string{"one", "two"})
}

func ingestPerConversation(b *bench) {
	u := message("telegram:1", 1, "one")
	b.ingest(b.a, u, start())
	u.Conversation = "telegram:2"
	if snap := b.ingest(b.a, u, start()); snap == nil {
		b.Fatal("the delivery of another conversation counts as known")
	}
}

func ingestRefuses(b *bench) {
	for _, u := range []bot.Update{{Delivery: "x"}, {Conversation: "telegram:1"}, {Delivery: "x", Conversation: "y", Seq: -1}} {
		if _, err := b.a.Ingest(context.Background(), u, start()); err == nil {
			b.Errorf("Ingest(%+v) was taken", u)
		}
	}
}
