package bot

import "tandem/bot/care"

// deskDone is something that a practitioner did on a page of theirs: the same as by talking, through the same functions.
func (s *scene) deskDone() error {
	with := s.update.With
	field := func(name string) string { v, _ := with[name].(string); return v }
	mine, err := s.findCase(field("case"))
	if err != nil {
		return err
	}
	name := ""
	if mine != nil {
		name = mine.Name
	} else if field("case") != "" {
		s.logRefused("desk " + field("do"))
		return s.arrive(arrival{Flow: notifyFlow, With: map[string]any{"about": "gone"}})
	}
	switch field("do") {
	case "invite":
		if err := s.makeInvite(field("name")); err != nil {
			return err
		}
		return s.arrive(arrival{Flow: inviteMadeFlow})
	case "letter":
		err = s.writeTo(field("case"), field("text"))
	case "propose":
		base, _ := with["base"].(float64)
		err = s.propose(field("case"), care.Proposal{
			Kind: care.ProposalKind(field("kind")), Goal: field("goal"), Base: int(base), Text: field("text"), Note: field("note"),
		})
	case "digest":
		s.keepNeeds()
		return s.sayDigest()
	case "appoint":
		return s.appoint(field("conversation"), field("name"))
	default:
		s.logRefused("desk " + field("do"))
		s.keepNeeds()
		return nil
	}
	if err != nil {
		return err
	}
	return s.arrive(arrival{Flow: notifyFlow, With: map[string]any{"about": "sent", "client": name}})
}

const inviteMadeFlow = "invite-made"

// appoint makes somebody a practitioner. Only an administrator may. What became of it is said by the other conversation.
func (s *scene) appoint(conversation, name string) error {
	if !s.administers() || conversation == "" {
		s.logRefused("appoint")
		return s.arrive(arrival{Flow: notifyFlow, With: map[string]any{"about": "not-yours"}})
	}
	s.keepNeeds()
	s.relay(conversation, appointed, map[string]any{"name": name, "by": s.snap.Conversation})
	return nil
}

// isAppointed makes the person of this conversation a practitioner. Somebody who is a client here stays one: the two
// never share a conversation.
func (s *scene) isAppointed() error {
	name, _ := s.update.With["name"].(string)
	by, _ := s.update.With["by"].(string)
	if s.state.Client.Consented() || s.state.Client.Practitioner != "" {
		s.logRefused("appointed: a client")
		s.relay(by, Notify, map[string]any{"about": "not-appointed", "client": name})
		s.keepNeeds()
		return nil
	}
	s.atDesk().Name = name
	s.state.Admitted, s.state.Session = true, nil
	s.clearAnswers()
	s.relay(by, Notify, map[string]any{"about": "appointed", "client": name})
	return s.begin(deskFlow, nil)
}
