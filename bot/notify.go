package bot

import (
	"strconv"

	"tandem/dialog"
)

const notifyFlow = "notify"

// notify tells the client's practitioner something, in their own conversation: exactly once, and after the commit. It
// carries no more than its flow says: who, what about, and the line that the client wrote for them.
func (s *scene) notify(about string, more map[string]any) {
	c := s.state.Client
	if c.Practitioner == "" {
		return
	}
	with := map[string]any{"about": about, "client": c.Name}
	for name, value := range more {
		with[name] = value
	}
	s.commit.Outbox = append(s.commit.Outbox, Outgoing{Kind: Relay, Update: &Update{
		Delivery:     s.derived("notify", s.newID("n")),
		Conversation: c.Practitioner, At: s.now, Event: Notify, With: with,
	}})
}

// notified tells this conversation's person what another conversation has for them. What is under way here goes on
// afterwards.
func (s *scene) notified() error {
	if s.snap.Parked {
		s.state.Waiting = append(s.state.Waiting, s.update.With)
		s.keepNeeds()
		return nil
	}
	if s.state.Session == nil {
		return s.begin(notifyFlow, s.update.With)
	}
	return s.converse(func(session *dialog.Session, c dialog.Context) (dialog.Result, error) {
		return s.bot.Library.Interrupt(session, notifyFlow, c)
	})
}

// passOn lets the notices in that came while nothing could be sent here, by the door that everything comes in by.
func (s *scene) passOn() {
	for _, with := range s.state.Waiting {
		s.commit.Outbox = append(s.commit.Outbox, Outgoing{Kind: Relay, Update: &Update{
			Delivery: s.derived("waited", s.newID("n")), Conversation: s.snap.Conversation, At: s.now, Event: Notify, With: with,
		}})
	}
	s.state.Waiting = nil
}

// derived makes the delivery id of something that this conversation sends to another. It is the same each time the step
// is made, and another one in a conversation that was erased and begun again.
func (s *scene) derived(kind, id string) string {
	return s.snap.Conversation + ":" + strconv.FormatInt(s.state.Client.Since.UnixMilli(), 36) + ":" + kind + ":" + id
}
