package flows_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"tandem/bot"
	"tandem/bot/desk"
	"tandem/dialog"
)

// begin has Sam come to Kim, and set a goal.
const begin = `Kim> /invite
Kim> Sam
Kim> [Make the invite]
Sam> /start {code}
Sam> yes
Sam> [Set a first goal]
Sam> health
Sam> walk more
Sam> skip
Sam> skip
Sam> 8
Sam> skip
Sam> 5
Sam> skip
Sam> [Just keep the goal for today]
Sam> [It's right]
Sam> skip
`

const share = "Sam> /goals\nSam> [Open it]\nSam> [Share it, or not]\nSam> [Share it]\nSam> [Sharing it is enough]\n"

// TestWordsThatWaitAreReadWhenTheyAreSaid: what Sam shared while Kim could not be reached, and took back, is never said.
func TestWordsThatWaitAreReadWhenTheyAreSaid(t *testing.T) {
	for _, back := range []bool{true, false} {
		t.Run(fmt.Sprint("taken back ", back), func(t *testing.T) {
			o := newOffice(t)
			o.play(begin)
			o.event("Kim", bot.Blocked)
			o.play(share)
			if back {
				o.play("Sam> /shared\nSam> [Take it all back]\nSam> yes")
			}
			if read := o.event("Kim", bot.Unblocked); strings.Contains(read, "walk more") == back {
				t.Errorf("Kim reads:\n%s", read)
			}
		})
	}
}

// TestWhatIsOnItsWayIsLookedAtOnceMore: what shows Sam's words while Slack is away is not sent once Sam has taken them back,
// and Kim is told that something was.
func TestWhatIsOnItsWayIsLookedAtOnceMore(t *testing.T) {
	o := newOffice(t)
	o.play(begin)
	o.Platform.Fail(func(conversation string, _ bot.Outgoing) *bot.SendError {
		if conversation == o.Place("Kim") {
			return &bot.SendError{Code: bot.CodeServer, Fate: bot.Later}
		}
		return nil
	})
	o.play(share + "Kim> /digest\n-- 20m")
	o.play("Sam> /shared\nSam> [Take it all back]\nSam> yes")
	o.Platform.Fail(nil)
	read := o.play("-- 2h")
	if strings.Contains(read, "walk more") || !strings.Contains(read, "taken back before you could read it") {
		t.Errorf("Kim reads:\n%s", read)
	}
}

// TestAnAlarmDoesNotWait: Kim hears of danger also while Sam's own platform takes no messages.
func TestAnAlarmDoesNotWait(t *testing.T) {
	o := newOffice(t)
	o.play(begin)
	o.Platform.Fail(func(conversation string, _ bot.Outgoing) *bot.SendError {
		if conversation == o.Place("Sam") {
			return &bot.SendError{Code: bot.CodeServer, Fate: bot.Later}
		}
		return nil
	})
	if read := o.play("Sam> hello\nSam> i want to kill myself\n-- 1m"); !strings.Contains(read, "Kim< Sam may be in danger") {
		t.Errorf("Kim reads:\n%s", read)
	}
}

// TestAYesThatIsTakenBackClosesEverything: consent is what others may see rests on.
func TestAYesThatIsTakenBackClosesEverything(t *testing.T) {
	o := newOffice(t)
	o.play(begin + share)
	read := o.play("Sam> /about\nSam> [How to leave]\nSam> [Take back my yes]\nSam> yes\nSam> yes")
	all, err := o.App.Overview(context.Background(), o.Place("Kim"), desk.All, 0)
	if text := fmt.Sprintf("%+v", all); err != nil || strings.Contains(text, "walk more") {
		t.Errorf("Kim sees %s, %v after\n%s", text, err, read)
	}
}

// event has something happen to somebody's conversation, and gives back what people read then.
func (o *office) event(who string, e bot.Event) string {
	o.t.Helper()
	o.n++
	u := bot.Update{Delivery: fmt.Sprintf("event:%d", o.n), Conversation: o.Place(who), At: o.Now, Event: e, Input: dialog.Input{}}
	if err := o.App.Receive(context.Background(), u); err != nil {
		o.t.Fatal(err)
	}
	return o.play("-- 1s")
}
