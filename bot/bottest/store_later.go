package bottest

import (
	"context"
	"fmt"
	"time"

	"tandem/bot"
)

// daily is a commit of a conversation that is to be woken in an hour and on the two days after that, and where each is
// worth it for three hours.
func daily(conversation string) bot.Commit {
	const day = 24 * time.Hour
	first := after(time.Hour)
	return bot.Commit{
		Conversation: conversation, Wake: first, Late: 3 * time.Hour, Later: []time.Time{first.Add(day), first.Add(2 * day)},
	}
}

// done commits that a conversation that was claimed after its first commit needs nothing more, and gives it back.
func (b *bench) done(conversation string, now time.Time) {
	b.Helper()
	b.commit(b.a, bot.Commit{Conversation: conversation, Revision: 1})
	b.release(b.a, conversation, now, time.Time{})
}

func wakesPassedOver(b *bench) {
	b.commit(b.a, daily("web:1"))
	b.due("web:1", after(4*time.Hour+time.Millisecond), false)
	b.same("upcoming", b.upcoming(10), []string{"web:1 +25h0m0s"})
	b.same("put right", b.sweep(after(5*time.Hour)), 0)
	b.same("swept", b.upcoming(10), []string{"web:1 +25h0m0s"})
	b.due("web:1", after(26*time.Hour), true) // in time
	b.release(b.a, "web:1", after(26*time.Hour), time.Time{})
	b.same("not dealt with", b.upcoming(10), []string{"web:1 +25h0m0s"})
	b.due("web:1", after(40*time.Hour), false)
	b.same("the last", b.upcoming(10), []string{"web:1 +49h0m0s"})
	b.due("web:1", after(1000*time.Hour), true) // the last one is never passed over
}

func wakesInTime(b *bench) {
	b.commit(b.a, daily("web:1"))
	b.due("web:1", after(4*time.Hour), true) // to the millisecond
	b.done("web:1", after(4*time.Hour))
	b.commit(b.a, daily("web:2"))
	b.due("web:2", after(27*time.Hour), true) // the first is over, the second is in time
	b.release(b.a, "web:2", after(27*time.Hour), time.Time{})
	b.commit(b.a, bot.Commit{Conversation: "web:2", Revision: 1, Wake: after(time.Hour)})
	b.due("web:2", after(400*time.Hour), true) // the last commit has named no other times
}

func wakesMessage(b *bench) {
	b.commit(b.a, daily("web:1"))
	b.ingest(b.a, message("web:1", 1, "hello"), after(2*time.Hour)) // who took it in has died
	b.due("web:1", after(10*time.Hour), true)
	b.handle(b.a, b.load("web:1"), bot.Commit{})
	b.release(b.a, "web:1", after(10*time.Hour), time.Time{})

	c := daily("web:2")
	c.Outbox = []bot.Outgoing{say("hi")}
	b.commit(b.a, c)
	b.due("web:2", after(11*time.Hour), true)
}

func wakesCrowd(b *bench) {
	const people, limit = 700, 10
	for i := range people {
		b.commit(b.a, daily(fmt.Sprintf("web:%d", i)))
	}
	for i := range 3 * limit { // they wait behind the crowd, or among it
		b.commit(b.a, bot.Commit{Conversation: fmt.Sprintf("web:due:%d", i), Wake: after(time.Duration(i) * time.Hour / limit)})
	}
	seen := map[string]bool{}
	for range 3 {
		names := b.claim(b.a, after(10*time.Hour), limit)
		b.same("claimed", len(names), limit)
		for _, name := range names {
			seen[name] = true
		}
	}
	b.same("different ones", len(seen), 3*limit)
	b.same("nobody is left", len(b.claim(b.a, after(10*time.Hour), limit)), 0)
	got, err := b.wakes().Standing(context.Background(), after(25*time.Hour-time.Millisecond))
	b.fails("Standing", err, nil)
	b.same("sleeping", got.Sleeping, people)
}

func wakesLaterRefused(b *bench) {
	for name, later := range map[string][]time.Time{
		"before": {after(time.Minute)}, "the same": {after(time.Hour)}, "back": {after(3 * time.Hour), after(2 * time.Hour)},
	} {
		c := daily("web:1")
		c.Later = later
		if err := b.a.Commit(context.Background(), c); err == nil {
			b.Errorf("%s: it was taken", name)
		}
	}
	b.same("upcoming", len(b.upcoming(10)), 0)
}
