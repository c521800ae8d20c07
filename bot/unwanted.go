package bot

import (
	"context"
	"fmt"
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
