package bottest

import (
	"context"
	"time"

	"tandem/bot"
)

// sequenceCases prove bot.Sequencer, where the store is one. Its patience must be 300 ms.
func sequenceCases() []storeCase {
	return []storeCase{
		{"Invariant1_OneAfterAnotherIsNotHeld", sequenceInOrder},
		{"Invariant1_AGapIsWaitedFor", sequenceGap},
		{"AGapIsGivenUp", sequenceGivesUp},
		{"AGapIsWaitedForOnce", sequenceOnce},
		{"Invariant1_TheFirstOnesAreHeld", sequenceFirst},
		{"LateAndRepeatedAreNotHeld", sequenceLate},
		{"BotsCountApart", sequenceBots},
		{"CountsAnewAfterLongSilence", sequenceAnew},
	}
}

// patience is how long a gap is waited for.
const patience = 300 * time.Millisecond

// arrived notes an update of the bot "81".
func (b *bench) arrived(seq int64, now time.Time) time.Duration {
	b.Helper()
	s, ok := b.a.(bot.Sequencer)
	if !ok {
		b.Skip("the store is no bot.Sequencer")
	}
	hold, err := s.Arrived(context.Background(), "telegram:81", seq, now)
	b.fails("Arrived", err, nil)
	return hold
}

// running has the bot at number 10, an hour after it began.
func (b *bench) running() {
	b.Helper()
	b.arrived(9, start().Add(-time.Hour))
	b.same("the next one", b.arrived(10, start()), time.Duration(0))
}

func sequenceInOrder(b *bench) {
	b.running()
	for seq := int64(11); seq < 50; seq++ {
		b.same("hold", b.arrived(seq, start()), time.Duration(0))
	}
}

func sequenceGap(b *bench) {
	b.running()
	b.same("past a gap", b.arrived(12, start()), patience)
	b.same("the missing one", b.arrived(11, after(50*time.Millisecond)), time.Duration(0))
	b.same("after it", b.arrived(13, after(60*time.Millisecond)), time.Duration(0))
}

func sequenceGivesUp(b *bench) {
	b.running()
	b.same("past a gap", b.arrived(12, start()), patience)
	b.same("when it is given up", b.arrived(13, after(patience)), time.Duration(0))
	b.same("and later", b.arrived(14, after(2*patience)), time.Duration(0))
}

func sequenceOnce(b *bench) {
	b.running()
	b.same("past a gap", b.arrived(12, start()), patience)
	b.same("behind it", b.arrived(13, after(200*time.Millisecond)), 100*time.Millisecond)
	b.same("past another gap", b.arrived(15, after(200*time.Millisecond)), patience)
	b.same("the first gap is closed", b.arrived(11, after(250*time.Millisecond)), time.Duration(0))
	b.same("the second gap is closed", b.arrived(14, after(260*time.Millisecond)), time.Duration(0))
	b.same("no gap is left", b.arrived(16, after(270*time.Millisecond)), time.Duration(0))
}

func sequenceFirst(b *bench) {
	b.same("the first", b.arrived(100, start()), patience)
	b.same("one before it", b.arrived(99, after(100*time.Millisecond)), 200*time.Millisecond)
	b.same("one after it", b.arrived(101, after(100*time.Millisecond)), 200*time.Millisecond)
	b.same("later", b.arrived(102, after(patience)), time.Duration(0))
}

func sequenceLate(b *bench) {
	b.running()
	b.same("repeated", b.arrived(10, start()), time.Duration(0))
	b.same("late", b.arrived(4, start()), time.Duration(0))
	b.same("next", b.arrived(11, start()), time.Duration(0))
}

func sequenceBots(b *bench) {
	b.running()
	s := b.a.(bot.Sequencer)
	_, err := s.Arrived(context.Background(), "telegram:82", 500, start())
	b.fails("Arrived", err, nil)
	b.same("the first bot", b.arrived(11, start()), time.Duration(0))
}

func sequenceAnew(b *bench) {
	b.running()
	week := 7 * 24 * time.Hour
	b.same("a number at random", b.arrived(3, after(week)), patience)
	b.same("the next", b.arrived(4, after(week+patience)), time.Duration(0))
	b.same("past a gap", b.arrived(6, after(week+patience)), patience)
}
