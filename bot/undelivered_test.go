package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tandem/bot"
)

// cut takes the platform away, until it is set back to false.
func cut(l *life) *bool {
	away := false
	l.platform.Fail(func(conversation string, o bot.Outgoing) *bot.SendError {
		if away {
			return &bot.SendError{Code: bot.CodeServer, Fate: bot.Later}
		}
		return l.note(conversation, o)
	})
	return &away
}

func (l *life) nudges() []string {
	return slices.DeleteFunc(slices.Clone(l.unasked), func(line string) bool { return !strings.Contains(strings.ToLower(line), "look at") })
}

// TestANudgeThatCouldNotBeSent: the platform is away from 17:30, and a nudge of 18:00 waits in the outbox.
func TestANudgeThatCouldNotBeSent(t *testing.T) {
	cases := []struct {
		name       string
		back, then string
		want       int
	}{
		{"comes within its window", "03-09 19:30", "03-09 20:30", 1},
		{"does not come in the night", "03-10 02:00", "03-10 08:30", 0},
		{"does not come in a pile", "03-14 12:00", "03-14 12:30", 0},
		{"does not come after stop", "03-09 18:10 say stop", "03-09 18:30", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := liveOn(t, "Europe/Madrid", bot.Settings{Week: 7})
			away := cut(l)
			l.play(daily + "03-09 17:30")
			*away = true
			l.play(c.back)
			*away = false
			l.play(c.then)
			if got := l.nudges(); len(got) != c.want {
				t.Errorf("nudges %q, want %d", got, c.want)
			}
		})
	}
}

func TestAClockThatWasWrong(t *testing.T) {
	l := liveOn(t, "Europe/Madrid", bot.Settings{})
	l.play(daily + "03-09 18:05 say no")
	l.set(l.clock().AddDate(1, 0, 0))
	l.at.pickUp()
	l.do("say no")
	l.set(time.Date(2026, 3, 10, 9, 0, 0, 0, l.zone)) // mended
	l.do("resume")
	l.unasked = nil
	l.play("03-10 18:30")
	if got := l.nudges(); len(got) != 1 {
		t.Errorf("nudges %q after the clock was mended and she asked for them again", got)
	}
}

func TestAFortnightMovesAlong(t *testing.T) {
	l := liveOn(t, "Pacific/Auckland", bot.Settings{})
	l.play("03-09 12:01 remind goal=g1, rhythm=0 18 * * 3 every 2\n 03-11 18:05 say no\n03-12 12:00 move zone=America/Los_Angeles\n 04-20 12:00")
	want := []string{"03-11 18:00 Look at 1?", "03-26 14:00 Look at 1?"} // 18:00 on Wednesday 25 March in Los Angeles
	if got := l.nudges(); len(got) < 2 || !slices.Equal(got[:2], want) {
		t.Errorf("nudges %q, want %q first", got, want)
	}
}

// TestAGoalComesBackOnItsDay: a goal that rests until a day has its reminder back from that day on.
func TestAGoalComesBackOnItsDay(t *testing.T) {
	l := liveOn(t, "Europe/Madrid", bot.Settings{})
	l.play(daily + "03-09 12:02 rest goal=g1, until=2026-03-12\n 03-12 18:05 say no\n 03-13 12:00")
	if got, want := l.nudges(), []string{"03-12 18:00 Look at 1?"}; !slices.Equal(got, want) {
		t.Errorf("nudges %q, want %q", got, want)
	}
}

// TestWhatNobodySawCountsForNothing: after an outage there is no "once more", no word of a silence to Kim, and what Ana
// says is no answer to the question that she did not see.
func TestWhatNobodySawCountsForNothing(t *testing.T) {
	l := liveOn(t, "Europe/Madrid", bot.Settings{Week: 7})
	away := cut(l)
	l.play("03-09 12:01 remind goal=g1, rhythm=0 18 * * 1\n 03-09 12:02 tell-kim\n 03-09 17:30")
	*away = true
	l.play("03-10 02:00")
	*away = false
	l.play("03-10 08:30")
	before := len(l.platform.Said(chat))
	l.play("03-10 09:00 say hour")
	if said := l.told(chat, before); !slices.Equal(said, []string{"Hello."}) {
		t.Errorf("what she said was taken for an answer: %q", said)
	}
	l.play("03-16 18:30")
	if want := []string{"03-16 18:00 Look at 1?"}; !slices.Equal(l.unasked, want) {
		t.Errorf("unasked %q, want %q", l.unasked, want)
	}
}
