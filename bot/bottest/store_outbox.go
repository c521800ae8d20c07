package bottest

import (
	"context"
	"time"

	"tandem/bot"
	"tandem/dialog"
)

func outboxCases() []storeCase {
	return []storeCase{
		{"Invariant4_InOrderWithGrowingIDs", outboxOrder},
		{"Invariant4_UnsentIsKeptUntilSent", outboxKept},
		{"KeepsEveryFieldOfAnEntry", outboxFields},
		{"RemembersTheLastPrompt", outboxPrompt},
		{"ReleaseRetriesWhatIsUnsent", outboxRetry},
		{"ReleaseAtOnceWithoutARetryTime", outboxRetryNow},
		{"ReleaseWakesAtTheCommitsTime", outboxWake},
		{"ReleaseTakesTheEarlier", outboxEarlier},
		{"ReleaseLetsAParkedOutboxRest", outboxParked},
		{"ReleaseLetsAnIdleConversationRest", outboxIdle},
	}
}

// withOutbox has a conversation under a lease whose outbox holds some words.
func (b *bench) withOutbox(conversation string, c bot.Commit, words ...string) {
	b.Helper()
	for _, w := range words {
		c.Outbox = append(c.Outbox, say(w))
	}
	b.handle(b.a, b.ingest(b.a, message(conversation, 1, "go"), start()), c)
}

func outboxOrder(b *bench) {
	b.withOutbox("telegram:1", bot.Commit{}, "one", "two")
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", Revision: 1, Outbox: []bot.Outgoing{say("three")}})
	b.same("outbox", b.unnumbered(b.pending(b.a, "telegram:1", start())), []bot.Outgoing{say("one"), say("two"), say("three")})
	first, err := b.a.Pending(context.Background(), "telegram:1", start(), 2)
	b.fails("Pending", err, nil)
	b.same("first two", len(first), 2)
}

// unnumbered checks that each entry's id is higher than the one before, and takes the ids away.
func (b *bench) unnumbered(entries []bot.Outgoing) []bot.Outgoing {
	b.Helper()
	last := int64(0)
	for i := range entries {
		if entries[i].ID <= last {
			b.Errorf("the entry %d has the id %d after %d", i, entries[i].ID, last)
		}
		last, entries[i].ID = entries[i].ID, 0
	}
	return entries
}

// ids are those of a conversation's outbox.
func (b *bench) ids(conversation string) (ids []int64) {
	b.Helper()
	for _, o := range b.pending(b.a, conversation, start()) {
		ids = append(ids, o.ID)
	}
	return ids
}

// sent marks an entry.
func (b *bench) sent(conversation string, id int64, ref string) {
	b.Helper()
	b.fails("Sent", b.a.Sent(context.Background(), conversation, id, ref), nil)
}

func outboxKept(b *bench) {
	b.withOutbox("telegram:1", bot.Commit{}, "one", "two")
	ids := b.ids("telegram:1")
	b.sent("telegram:1", ids[0], "901")
	b.sent("telegram:1", ids[0], "901") // marking again is no harm
	b.same("left", b.ids("telegram:1"), ids[1:])
	b.same("claimed after a crash", b.claim(b.a, after(storeLease), 10), []string{"telegram:1"})
	b.same("still left", len(b.pending(b.a, "telegram:1", after(storeLease))), 1)
	b.sent("telegram:1", ids[1], "")
	b.same("left", len(b.pending(b.a, "telegram:1", after(storeLease))), 0)
	b.commit(b.a, bot.Commit{Conversation: "telegram:1", Revision: 1, Outbox: []bot.Outgoing{say("three")}})
	if next := b.ids("telegram:1")[0]; next <= ids[1] {
		b.Errorf("the next id is %d after %d", next, ids[1])
	}
}

func outboxFields(b *bench) {
	relayed := message("slack:D1", 0, "a summary")
	relayed.At = start()
	out := []bot.Outgoing{
		{Kind: bot.Say, Message: dialog.Message{Text: "a|b", Prompt: "goal.1", Buttons: []dialog.Button{{ID: "yes", Label: "Sí"}}}},
		{Kind: bot.Settle, Ref: "77", Text: "¿?", Label: "Sí"},
		{Kind: bot.Relay, Update: &relayed},
	}
	b.withOutbox("telegram:1", bot.Commit{Outbox: out})
	b.same("outbox", b.unnumbered(b.pending(b.a, "telegram:1", start())), out)
}

func outboxPrompt(b *bench) {
	ask := func(prompt string) bot.Outgoing {
		return bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: "?", Prompt: prompt}}
	}
	b.withOutbox("telegram:1", bot.Commit{Outbox: []bot.Outgoing{ask("goal.1"), say("hi"), ask("why.2")}})
	ids := b.ids("telegram:1")
	b.sent("telegram:1", ids[0], "901")
	b.sent("telegram:1", ids[1], "902")
	last := func() []string { s := b.load("telegram:1"); return []string{s.LastPrompt, s.LastRef} }
	b.same("last prompt", last(), []string{"goal.1", "901"})
	b.sent("telegram:1", ids[2], "") // it was never taken
	b.same("last prompt", last(), []string{"goal.1", "901"})
}

func outboxRetry(b *bench) {
	b.withOutbox("telegram:1", bot.Commit{}, "one")
	b.release(b.a, "telegram:1", start(), after(30*time.Second))
	b.due("telegram:1", after(30*time.Second-time.Millisecond), false)
	b.due("telegram:1", after(30*time.Second), true)
	b.same("outbox", len(b.pending(b.a, "telegram:1", after(30*time.Second))), 1)
}

func outboxRetryNow(b *bench) {
	b.withOutbox("telegram:1", bot.Commit{}, "one")
	b.release(b.a, "telegram:1", after(time.Second), time.Time{})
	b.due("telegram:1", after(time.Second), true)
}

func outboxWake(b *bench) {
	b.withOutbox("telegram:1", bot.Commit{Wake: after(time.Hour)})
	b.release(b.a, "telegram:1", start(), after(time.Second))
	b.due("telegram:1", after(time.Hour-time.Millisecond), false)
	b.due("telegram:1", after(time.Hour), true)
	// The wake time stands until a commit sets another.
	b.release(b.a, "telegram:1", after(time.Hour), time.Time{})
	b.due("telegram:1", after(time.Hour), true)
}

func outboxEarlier(b *bench) {
	b.withOutbox("telegram:1", bot.Commit{Wake: after(time.Minute)}, "one")
	b.release(b.a, "telegram:1", start(), after(time.Hour))
	b.due("telegram:1", after(time.Minute), true)
}

func outboxParked(b *bench) {
	yes := true
	b.withOutbox("telegram:1", bot.Commit{Park: &yes, Wake: after(time.Hour)}, "one")
	b.release(b.a, "telegram:1", start(), after(time.Second))
	b.due("telegram:1", after(time.Minute), false)
	b.due("telegram:1", after(time.Hour), true)
}

func outboxIdle(b *bench) {
	b.withOutbox("telegram:1", bot.Commit{})
	b.release(b.a, "telegram:1", start(), time.Time{})
	b.due("telegram:1", after(1000*time.Hour), false)
	if snap := b.ingest(b.a, message("telegram:1", 2, "again"), after(time.Second)); snap == nil {
		b.Fatal("a released conversation is not handed out")
	}
}
