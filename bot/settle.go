package bot

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Settle counts every nudge of a conversation that was due up to a time as dealt with: after a backup was restored, what
// was sent before the loss and is not in the backup is not sent again. It is a commit like any other, so that it may run
// beside the service. Done tells that there was something to settle. What people said, questions that are open and
// messages that are to be sent are left as they are.
func (b *Bot) Settle(ctx context.Context, conversation string, until time.Time) (done bool, err error) {
	for range maxTries {
		s, err := b.look(ctx, conversation)
		if err != nil {
			return false, fmt.Errorf("settle %s: %w", conversation, err)
		}
		if !s.settleNudges(until) {
			return false, nil
		}
		err = s.seal()
		if err == nil {
			err = b.Store.Commit(ctx, s.commit)
		}
		if err == nil {
			return true, nil
		}
		if !errors.Is(err, ErrMoved) {
			return false, fmt.Errorf("settle %s: %w", conversation, err)
		}
	}
	return false, fmt.Errorf("settle %s: %w, over and over; try again", conversation, ErrMoved)
}

// settleNudges deals with the nudges that were due by a time, unsent, and tells whether there were any.
func (s *scene) settleNudges(until time.Time) bool {
	n := &s.state.Nudges
	if n.Hold.IsZero() && !due(n.at(), until) {
		return false
	}
	s.keepNeeds()
	n.dealtWith(until)
	n.Hold = time.Time{} // what is held and was due later is looked at again
	s.planned = true
	s.note.Nudges = []string{"settled"}
	return true
}
