package bottest

import (
	"time"

	"tandem/bot"
)

func orderCases() []storeCase {
	return []storeCase{
		{"Invariant1_BySequenceNumber", orderBySeq},
		{"Invariant1_TiesByArrival", orderTies},
		{"Invariant1_ZeroGoesAfterWhatIsThere", orderZero},
		{"Invariant1_ZeroGoesAfterWhatWasHandled", orderZeroAfterHandled},
		{"Invariant1_LargeNumbersStayExact", orderLarge},
		{"Invariant1_HeldWaits", orderHeld},
		{"Invariant1_NothingPassesWhatIsHeld", orderNothingPasses},
		{"Invariant1_TheMissingOneGoesFirst", orderMissing},
		{"Invariant1_HeldWhileAnotherWorks", orderHeldUnderLease},
	}
}

// busy has the conversation under a lease, with nothing in its inbox.
func (b *bench) busy(conversation string) {
	b.Helper()
	u := message(conversation, 0, "open")
	u.Delivery = "open"
	b.handle(b.a, b.ingest(b.a, u, start()), bot.Commit{})
}

func orderBySeq(b *bench) {
	b.busy("telegram:1")
	for _, seq := range []int64{13, 9, 11, 10, 12} {
		b.ingest(b.a, message("telegram:1", seq, string(rune('a'+seq-9))), start())
	}
	b.same("inbox", texts(b.load("telegram:1")), []string{"a", "b", "c", "d", "e"})
}

func orderTies(b *bench) {
	b.busy("telegram:1")
	for _, word := range []string{"c", "a", "d", "b"} {
		u := message("telegram:1", 7, word)
		u.Delivery = word
		b.ingest(b.a, u, start())
	}
	b.same("inbox", texts(b.load("telegram:1")), []string{"c", "a", "d", "b"})
}

func orderZero(b *bench) {
	b.busy("telegram:1")
	zero := message("telegram:1", 0, "nudge")
	b.ingest(b.a, message("telegram:1", 20, "b"), start())
	b.ingest(b.a, zero, start())
	b.ingest(b.a, message("telegram:1", 21, "c"), start())
	b.ingest(b.a, message("telegram:1", 19, "a"), start())
	b.same("inbox", texts(b.load("telegram:1")), []string{"a", "b", "nudge", "c"})
}

func orderZeroAfterHandled(b *bench) {
	b.handle(b.a, b.ingest(b.a, message("telegram:1", 20, "handled"), start()), bot.Commit{})
	b.ingest(b.a, message("telegram:1", 0, "nudge"), start())
	b.ingest(b.a, message("telegram:1", 19, "late"), start())
	b.ingest(b.a, message("telegram:1", 21, "next"), start())
	b.same("inbox", texts(b.load("telegram:1")), []string{"late", "nudge", "next"})
}

func orderLarge(b *bench) {
	b.busy("slack:C1")
	const micros = 1_788_000_000_123_456 // Slack's timestamps, in µs
	for _, n := range []int64{2, 0, 1} {
		b.ingest(b.a, message("slack:C1", micros+n, string(rune('a'+n))), start())
	}
	snap := b.load("slack:C1")
	b.same("inbox", texts(snap), []string{"a", "b", "c"})
	b.handle(b.a, snap, bot.Commit{})
	b.ingest(b.a, message("slack:C1", 0, "after"), start())
	b.same("inbox", texts(b.load("slack:C1")), []string{"after"})
}

func held(conversation string, seq int64, word string, d time.Duration) bot.Update {
	u := message(conversation, seq, word)
	u.Hold = d
	return u
}

func orderHeld(b *bench) {
	if snap := b.ingest(b.a, held("telegram:1", 12, "held", 300*time.Millisecond), start()); snap != nil {
		b.Fatal("a held update is handed out")
	}
	b.due("telegram:1", after(299*time.Millisecond), false)
	b.due("telegram:1", after(300*time.Millisecond), true)
	b.same("inbox", texts(b.load("telegram:1")), []string{"held"})
}

func orderNothingPasses(b *bench) {
	b.ingest(b.a, held("telegram:1", 12, "held", 300*time.Millisecond), start())
	if snap := b.ingest(b.a, message("telegram:1", 13, "next"), after(100*time.Millisecond)); snap != nil {
		b.Fatalf("%v is handed out past one that is held", texts(snap))
	}
	b.due("telegram:1", after(200*time.Millisecond), false)
	b.due("telegram:1", after(300*time.Millisecond), true)
	b.same("inbox", texts(b.load("telegram:1")), []string{"held", "next"})
}

func orderMissing(b *bench) {
	b.ingest(b.a, held("telegram:1", 12, "second", 300*time.Millisecond), start())
	snap := b.ingest(b.a, message("telegram:1", 11, "first"), after(100*time.Millisecond))
	if snap == nil {
		b.due("telegram:1", after(300*time.Millisecond), true)
		b.same("inbox", texts(b.load("telegram:1")), []string{"first", "second"})
		return
	}
	b.same("handed out", texts(snap), []string{"first"})
	b.handle(b.a, snap, bot.Commit{})
	b.release(b.a, "telegram:1", after(150*time.Millisecond), time.Time{})
	b.due("telegram:1", after(299*time.Millisecond), false)
	b.due("telegram:1", after(300*time.Millisecond), true)
	b.same("inbox", texts(b.load("telegram:1")), []string{"second"})
}

func orderHeldUnderLease(b *bench) {
	b.busy("telegram:1")
	b.ingest(b.a, held("telegram:1", 12, "held", 300*time.Millisecond), after(100*time.Millisecond))
	b.release(b.a, "telegram:1", after(200*time.Millisecond), time.Time{})
	b.due("telegram:1", after(399*time.Millisecond), false)
	b.due("telegram:1", after(400*time.Millisecond), true)
}
