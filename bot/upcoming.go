package bot

import (
	"context"
	"fmt"
	"time"
)

// Upcoming is a conversation that is to be looked at, for the operator. It holds no person's words.
type Upcoming struct {
	Conversation string
	At           time.Time // in the person's zone; a time that is past: as soon as somebody has a hand free
	Why          string    // in English: "a message waits", "reminder r1 (every Monday at 9:00)"
}

// Beside makes a Bot for the operator's commands: it looks, and settles, beside the processes that talk with people. It
// puts no flows in service, takes nothing in, and sends nothing.
func Beside(o Options) *Bot { return &Bot{Options: o} }

// Upcoming lists the next n conversations that are to be looked at, the soonest first, and why. It changes nothing.
func (b *Bot) Upcoming(ctx context.Context, n int) ([]Upcoming, error) {
	waiting, err := b.Store.Upcoming(ctx, n)
	if err != nil {
		return nil, fmt.Errorf("list what is due: %w", err)
	}
	out := make([]Upcoming, 0, len(waiting))
	for _, w := range waiting {
		s, err := b.look(ctx, w.Conversation)
		if err != nil {
			return nil, fmt.Errorf("look into %s: %w", w.Conversation, err)
		}
		why, err := s.whyAwake(w)
		if err != nil {
			return nil, fmt.Errorf("look into %s: %w", w.Conversation, err)
		}
		out = append(out, Upcoming{Conversation: w.Conversation, At: w.At.In(s.now.Location()), Why: why})
	}
	return out, nil
}

// look reads a conversation, to step through nothing.
func (b *Bot) look(ctx context.Context, conversation string) (*scene, error) {
	snap, err := b.Store.Load(ctx, conversation)
	if err != nil {
		return nil, err
	}
	st, err := readState(snap.State)
	if err != nil {
		return nil, err
	}
	return &scene{bot: b, ctx: ctx, snap: snap, state: st, now: b.Clock().In(b.zone(st))}, nil
}

// whyAwake says why a conversation stands in the index when it does.
func (s *scene) whyAwake(w Waiting) (string, error) {
	switch {
	case w.Held:
		return "somebody is at it; taken over then should they have died", nil
	case len(s.snap.Inbox) > 0:
		return "a message waits", nil
	case w.Sending && !s.snap.Parked:
		return "an answer is to be sent", nil
	}
	n, wake := &s.state.Nudges, s.wake()
	switch at := n.at(); {
	case wake.IsZero():
		return "to see whether something is to be done", nil
	case wake.Equal(s.timer()):
		return "the open question's time is up", nil
	case at.Equal(n.Hold) && at.Equal(n.Ledger.Heard.Add(busyFor)):
		return "held until the talk under way has rested for an hour", nil
	case at.Equal(n.Hold):
		return "held until quiet hours end", nil
	case n.Snooze != nil && at.Equal(n.Snooze.At):
		return "put off by the person", nil
	case at.Equal(n.Follow) && n.Ledger.Silent > 1:
		return "the follow-up stayed without an answer", nil
	case at.Equal(n.Follow):
		return "follow-up", nil
	}
	return s.whichReminder()
}

// whichReminder names the reminder that is due next.
func (s *scene) whichReminder() (string, error) {
	all, err := s.openReminders()
	if err != nil {
		return "", err
	}
	n := &s.state.Nudges
	for _, r := range all {
		schedule, err := s.schedule(r)
		if err != nil {
			return "", err
		}
		if schedule.Next(n.Next.Add(-time.Second)).Equal(n.Next) {
			return fmt.Sprintf("reminder %s (%s)", r.ID, s.bot.Library.Pack("en").SayRhythm(r.Spec, r.Every)), nil
		}
	}
	return "a reminder", nil // one that was moved since: the step computes it anew
}
