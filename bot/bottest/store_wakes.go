package bottest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tandem/bot"
)

func wakesCases() []storeCase {
	return []storeCase{
		{"UpcomingIsInOrder", wakesUpcoming},
		{"UpcomingSaysWhatIsGoingOn", wakesUpcomingState},
		{"ScheduleIsNeverLater", wakesNeverLater},
		{"ScheduleTakesManyAtOnce", wakesMany},
		{"ScheduleGivesBackWhatWasClaimed", wakesGiveBack},
		{"ScheduleLeavesNoMessageWaiting", wakesGiveBackMessage},
		{"ScheduleCountsAfterAnothersLease", wakesOthersLease},
		{"ScheduleRefusesWhatHasNoTime", wakesRefused},
		{"WhatIsTooLateIsPassedOver", wakesPassedOver},
		{"WhatIsInTimeIsNotPassedOver", wakesInTime},
		{"AMessageIsNotPassedOver", wakesMessage},
		{"ACrowdIsPassedOver", wakesCrowd},
		{"LaterTimesAreInOrder", wakesLaterRefused},
		{"SweepChangesNothingWhereAllIsWell", wakesSweepWell},
		{"SweepRefusesAStrangeCursor", wakesSweepCursor},
		{"StandingCounts", wakesStanding},
	}
}

// wakes is the store as the index of everybody.
func (b *bench) wakes() bot.Wakes {
	b.Helper()
	w, ok := b.a.(bot.Wakes)
	if !ok {
		b.Fatalf("%T is no bot.Wakes", b.a)
	}
	return w
}

// schedule has conversations looked at by a time.
func (b *bench) schedule(at time.Time, names ...string) {
	b.Helper()
	var wakes []bot.Wake
	for _, name := range names {
		wakes = append(wakes, bot.Wake{Conversation: name, At: at})
	}
	b.fails("Schedule", b.wakes().Schedule(context.Background(), wakes), nil)
}

// upcoming lists what is due next, as lines.
func (b *bench) upcoming(limit int) (out []string) {
	b.Helper()
	all, err := b.wakes().Upcoming(context.Background(), limit)
	b.fails("Upcoming", err, nil)
	for _, w := range all {
		line := fmt.Sprintf("%s +%v", w.Conversation, w.At.Sub(start()))
		if w.Held {
			line += " held"
		}
		if w.Sending {
			line += " sending"
		}
		out = append(out, line)
	}
	return out
}

// sweep walks through everybody once, and returns how many were put right.
func (b *bench) sweep(now time.Time) (mended int) {
	b.Helper()
	for cursor, steps := "", 0; ; steps++ {
		next, n, err := b.wakes().Sweep(context.Background(), cursor, now)
		b.fails("Sweep", err, nil)
		mended += n
		if cursor = next; cursor == "" {
			return mended
		}
		if steps > 10_000 {
			b.Fatal("the walk does not end")
		}
	}
}

func wakesUpcoming(b *bench) {
	want := make([]string, 50)
	for i := range want {
		minute := i * 37 % len(want) // each once, in no order
		name, at := fmt.Sprintf("web:%02d", i), time.Duration(minute)*time.Minute
		b.commit(b.a, bot.Commit{Conversation: name, Wake: after(at)})
		want[minute] = fmt.Sprintf("%s +%v", name, at)
	}
	b.same("the first three", b.upcoming(3), want[:3])
	b.same("all", b.upcoming(1000), want)
	b.same("none", b.upcoming(0), []string(nil))
	b.same("it changes nothing", b.upcoming(1000), want)
}

func wakesUpcomingState(b *bench) {
	b.ingest(b.a, message("web:1", 1, "one"), start())
	b.commit(b.a, bot.Commit{Conversation: "web:2", Wake: after(time.Hour)})
	snap := b.ingest(b.a, message("web:3", 1, "one"), start())
	b.handle(b.a, snap, bot.Commit{Outbox: []bot.Outgoing{say("hi")}, Wake: after(2 * time.Hour)})
	b.release(b.a, "web:3", start(), after(30*time.Second))
	b.same("upcoming", b.upcoming(10), []string{"web:3 +30s sending", "web:1 +1m0s held", "web:2 +1h0m0s"})
}

func wakesNeverLater(b *bench) {
	b.commit(b.a, bot.Commit{Conversation: "web:1", Wake: after(time.Hour)})
	b.schedule(after(2*time.Hour), "web:1", "web:2")
	b.same("later", b.upcoming(10), []string{"web:1 +1h0m0s", "web:2 +2h0m0s"})
	b.schedule(after(time.Minute), "web:1")
	b.schedule(after(time.Minute), "web:1")
	b.same("sooner", b.upcoming(10), []string{"web:1 +1m0s", "web:2 +2h0m0s"})
	b.due("web:1", after(time.Minute-time.Millisecond), false)
	b.due("web:1", after(time.Minute), true)
}

func wakesMany(b *bench) {
	const people, some = 12_000, 7 // some of them stand there already, sooner
	wakes := make([]bot.Wake, people)
	for i := range wakes {
		wakes[i] = bot.Wake{Conversation: fmt.Sprintf("web:%d", i), At: after(time.Hour)}
		if i < some {
			b.commit(b.a, bot.Commit{Conversation: wakes[i].Conversation, Wake: start()})
		}
	}
	for range 2 { // a second time changes nothing
		b.fails("Schedule", b.wakes().Schedule(context.Background(), wakes), nil)
		for at, want := range map[time.Duration]int{time.Hour - time.Millisecond: some, time.Hour: people} {
			got, err := b.wakes().Standing(context.Background(), after(at))
			b.fails("Standing", err, nil)
			b.same(fmt.Sprintf("due and sleeping after %v", at), []int{got.Due, got.Sleeping}, []int{want, people - want})
		}
	}
	claimed := b.claim(b.a, after(time.Hour), people)
	b.same("claimed", len(claimed), people)
	for i := range wakes {
		wakes[i].At = after(2 * time.Hour)
		if i < some { // what it needed is done
			b.commit(b.a, bot.Commit{Conversation: wakes[i].Conversation, Revision: 1})
		}
	}
	b.fails("Schedule", b.wakes().Schedule(context.Background(), wakes), nil)
	got, err := b.wakes().Standing(context.Background(), after(2*time.Hour-time.Millisecond))
	b.fails("Standing", err, nil)
	b.same("given back", got, bot.Standing{Sleeping: people})
}

func wakesGiveBack(b *bench) {
	names := b.dueAtOnce(40)
	claimed := b.claim(b.a, start(), 100)
	slices.Sort(claimed)
	b.same("claimed", claimed, names)
	// What each needs by its last commit counts: it is not lost, because somebody schedules it for later.
	b.schedule(after(10*time.Second), names...)
	b.same("given back", len(b.claim(b.a, start(), 100)), 40)
	for _, name := range names {
		b.commit(b.a, bot.Commit{Conversation: name, Revision: b.load(name).Revision})
	}
	b.schedule(after(10*time.Second), names...)
	b.same("too soon", b.claim(b.a, after(10*time.Second-time.Millisecond), 100), []string(nil))
	b.same("in time", len(b.claim(b.a, after(10*time.Second), 100)), 40)
}

func wakesGiveBackMessage(b *bench) {
	b.commit(b.a, bot.Commit{Conversation: "web:1", Wake: start()})
	b.due("web:1", start(), true)
	b.ingest(b.open(b.T), message("web:1", 1, "one"), start())
	b.commit(b.a, bot.Commit{Conversation: "web:1", Revision: b.load("web:1").Revision})
	b.schedule(after(time.Hour), "web:1")
	b.due("web:1", start(), true)
	b.same("inbox", texts(b.load("web:1")), []string{"one"})
}

func wakesOthersLease(b *bench) {
	o := b.other()
	snap := b.ingest(o, message("web:1", 1, "one"), start())
	b.handle(o, snap, bot.Commit{})
	b.schedule(after(10*time.Second), "web:1")
	b.same("held still", b.upcoming(10), []string{"web:1 +1m0s held"})
	b.release(o, "web:1", after(time.Second), time.Time{})
	b.due("web:1", after(10*time.Second-time.Millisecond), false)
	b.due("web:1", after(10*time.Second), true)
}

func wakesRefused(b *bench) {
	for _, w := range []bot.Wake{{Conversation: "web:1"}, {At: start()}} {
		if err := b.wakes().Schedule(context.Background(), []bot.Wake{w}); err == nil {
			b.Errorf("Schedule takes %+v", w)
		}
	}
	b.same("nothing is there", b.upcoming(10), []string(nil))
}

// wakesSweepWell has one of each kind: none of them is the sweep's business.
func wakesSweepWell(b *bench) {
	b.ingest(b.a, message("web:held", 1, "one"), start())
	b.commit(b.a, bot.Commit{Conversation: "web:asleep", Wake: after(7 * 24 * time.Hour)})
	b.commit(b.a, bot.Commit{Conversation: "web:never"})
	b.handle(b.a, b.ingest(b.a, message("web:sending", 1, "one"), start()), bot.Commit{Outbox: []bot.Outgoing{say("hi")}})
	b.release(b.a, "web:sending", start(), after(2*time.Minute))
	early := message("web:early", 2, "two")
	early.Hold = 3 * time.Second
	b.ingest(b.a, early, start())
	parked := true
	b.handle(b.a, b.ingest(b.a, message("web:parked", 1, "one"), start()), bot.Commit{Outbox: []bot.Outgoing{say("hi")}, Park: &parked})
	b.release(b.a, "web:parked", start(), time.Time{})
	b.commit(b.a, bot.Commit{Conversation: "web:due", Wake: start()})
	want := b.upcoming(100)
	b.same("how many wait", len(want), 5)
	for _, now := range []time.Time{start(), after(storeLease), after(time.Hour)} {
		b.same("mended", b.sweep(now), 0)
		b.same("the index", b.upcoming(100), want)
	}
}

func wakesSweepCursor(b *bench) {
	for _, cursor := range []string{"x", "-1:0", "100000:0", "0", "0:", "0:-1", "0:x"} {
		if next, n, err := b.wakes().Sweep(context.Background(), cursor, start()); err == nil {
			b.Errorf("the cursor %q is taken: %q, %d", cursor, next, n)
		}
	}
}

func wakesStanding(b *bench) {
	ctx := context.Background()
	got, err := b.wakes().Standing(ctx, start())
	b.fails("Standing", err, nil)
	b.same("an empty store", got, bot.Standing{})
	for i := range 30 {
		b.commit(b.a, bot.Commit{Conversation: fmt.Sprintf("web:%d", i), Wake: after(time.Duration(i+1) * time.Minute)})
	}
	b.ingest(b.a, message("web:held", 1, "one"), start())
	for _, c := range []struct {
		at   time.Duration
		want bot.Standing
	}{
		{0, bot.Standing{Sleeping: 31}},
		{30 * time.Second, bot.Standing{Sleeping: 31}},
		{10 * time.Minute, bot.Standing{Due: 11, Oldest: after(time.Minute), Sleeping: 20}},
		{time.Hour, bot.Standing{Due: 31, Oldest: after(time.Minute)}},
	} {
		got, err := b.wakes().Standing(ctx, after(c.at))
		b.fails("Standing", err, nil)
		if !got.Oldest.IsZero() {
			got.Oldest = got.Oldest.UTC()
		}
		b.same(fmt.Sprintf("after %v", c.at), got, c.want)
	}
}
