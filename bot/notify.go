package bot

import "strconv"

const notifyFlow = "notify"

// notify tells the client's practitioner something, in their own conversation: exactly once, and after the commit. It
// carries no more than its flow says: who, what about, and the line that the client wrote for them.
func (s *scene) notify(about string, more map[string]any) {
	c := s.state.Client
	if c.Practitioner == "" {
		return
	}
	with := map[string]any{"about": about, "client": c.Alias, "from": s.snap.Conversation}
	for name, value := range more {
		with[name] = value
	}
	s.relay(c.Practitioner, Notify, with)
}

// derived makes the delivery id of something that this conversation sends to another. It is the same each time the step
// is made, and another one in a conversation that was erased and begun again.
func (s *scene) derived(kind, id string) string {
	return s.snap.Conversation + ":" + strconv.FormatInt(s.state.Client.Since.UnixMilli(), 36) + ":" + kind + ":" + id
}
