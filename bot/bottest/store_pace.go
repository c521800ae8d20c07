package bottest

import (
	"context"
	"fmt"
	"time"

	"tandem/bot"
)

func paceCases() []storeCase {
	return []storeCase{
		{"OneChatSettlesAtItsRate", paceChat},
		{"AGroupHasAMinutesLimit", paceGroup},
		{"AllChatsShareAPlatform", pacePlatform},
		{"WorkersShareTheBuckets", paceShared},
		{"NoLimitWhereThereIsNone", paceNone},
		{"HoldStopsOneConversation", paceHoldOne},
		{"HoldStopsAPlatform", paceHoldAll},
		{"AWaitTakesNoToken", paceWait},
	}
}

// take asks for a token.
func (b *bench) take(s bot.Store, conversation string, now time.Time) time.Duration {
	b.Helper()
	wait, err := s.Take(context.Background(), conversation, now)
	b.fails("Take", err, nil)
	if wait < 0 {
		b.Fatalf("Take waits %v", wait)
	}
	return wait
}

// sends counts the messages that leave within d, by one who waits as long as they are told.
func (b *bench) sends(conversation string, d time.Duration) int {
	b.Helper()
	n := 0
	for now := start(); now.Before(after(d)); {
		wait := b.take(b.a, conversation, now)
		if wait == 0 {
			n++
		}
		now = now.Add(wait)
		if n > 10_000 {
			b.Fatal("there is no limit")
		}
	}
	return n
}

func paceChat(b *bench) {
	if n := b.sends("telegram:1", 30*time.Second); n < 29 || n > 34 {
		b.Errorf("%d messages in 30 s to a chat, want about 30", n)
	}
}

func paceGroup(b *bench) {
	if n := b.sends("telegram:-1001", time.Minute); n < 15 || n > 20 {
		b.Errorf("%d messages in a minute to a group, want at most 20 and not many fewer", n)
	}
}

func pacePlatform(b *bench) {
	n := 0
	for now := start(); now.Before(after(2 * time.Second)); now = now.Add(10 * time.Millisecond) {
		if b.take(b.a, fmt.Sprintf("telegram:%d", n), now) == 0 {
			n++
		}
	}
	if n < 55 || n > 66 {
		b.Errorf("%d messages in 2 s to a platform, want about 60", n)
	}
}

func paceShared(b *bench) {
	o := b.open(b.T)
	n := 0
	for i := range 20 {
		if b.take([]bot.Store{b.a, o}[i%2], "slack:C1", start()) == 0 {
			n++
		}
	}
	if n < 1 || n > 5 {
		b.Errorf("two workers sent %d at once to a channel", n)
	}
}

func paceNone(b *bench) {
	for range 100 {
		b.same("wait", b.take(b.a, "web:1", start()), time.Duration(0))
	}
}

func paceHoldOne(b *bench) {
	ctx := context.Background()
	b.fails("Hold", b.a.Hold(ctx, "web:1", false, start(), 5*time.Second), nil)
	b.fails("Hold", b.a.Hold(ctx, "web:1", false, start(), time.Second), nil) // a shorter one does not end it
	b.same("held", b.take(b.a, "web:1", after(time.Second)), 4*time.Second)
	b.same("another", b.take(b.a, "web:2", after(time.Second)), time.Duration(0))
	b.same("later", b.take(b.a, "web:1", after(5*time.Second)), time.Duration(0))
}

func paceHoldAll(b *bench) {
	b.fails("Hold", b.a.Hold(context.Background(), "web:1", true, start(), 5*time.Second), nil)
	b.same("held", b.take(b.a, "web:2", after(time.Second)), 4*time.Second)
	b.same("another platform", b.take(b.a, "terminal:1", after(time.Second)), time.Duration(0))
	b.same("later", b.take(b.a, "web:2", after(5*time.Second)), time.Duration(0))
}

func paceWait(b *bench) {
	b.fails("Hold", b.a.Hold(context.Background(), "slack:C1", true, start(), time.Second), nil)
	for range 50 {
		if b.take(b.a, "slack:C1", start()) == 0 {
			b.Fatal("a held platform gives a token")
		}
	}
	b.same("after the hold", b.take(b.a, "slack:C1", after(time.Second)), time.Duration(0))
}
