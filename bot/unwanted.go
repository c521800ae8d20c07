package bot

import (
	"context"
	"fmt"
	"time"

	"tandem/reminders"
)

// unwanted tells whether a message that nobody asked for has come too late to be sent: its time is over, it has become
// night, or the person has said stop or pause while it could not be delivered.
func (b *Bot) unwanted(ctx context.Context, conversation string, o Outgoing) (bool, error) {
	s, err := b.look(ctx, conversation)
	if err != nil {
		return false, fmt.Errorf("see whether a reminder is still wanted: %w", err)
	}
	return s.now.After(o.Unasked) || s.state.Client.Stopped || s.resting() || s.policy().Quiet.Holds(s.now), nil
}

// takeBack drops such a message. That nobody was reminded enters by the same door as everything else, so that it is told
// in order and once.
func (b *Bot) takeBack(ctx context.Context, conversation string, o Outgoing) error {
	err := b.ingestOnly(ctx, Update{
		Delivery: fmt.Sprintf("%s:unsent:%d:%d", conversation, o.ID, o.Unasked.UnixMilli()), Conversation: conversation, At: b.Clock(),
		Event: Unsent, With: map[string]any{"at": o.Unasked.Add(-reminders.LateDefault).Format(time.RFC3339Nano), "prompt": o.Message.Prompt},
	})
	if err != nil {
		return err
	}
	return b.mark(ctx, conversation, o.ID, "")
}

// unsent takes a nudge back that never reached the person: it counts for nothing, nobody is told of a silence, and what
// they say next is no answer to a question that they have not seen.
func (s *scene) unsent() {
	n, session := &s.state.Nudges, s.state.Session
	sent, _ := s.update.With["at"].(string)
	if at, err := time.Parse(time.RFC3339Nano, sent); err == nil && n.Ledger.Unsend(at) {
		n.Follow = time.Time{}
	}
	prompt, _ := s.update.With["prompt"].(string)
	switch {
	case session == nil || prompt == "" || session.Prompt != prompt:
		s.keepNeeds()
	case !s.busy():
		s.state.Session = nil
		s.clearAnswers()
	default: // it is said again when they write
		session.Resting, session.Due, session.DueTurn = true, time.Time{}, 0
		s.keepNeeds()
	}
}
