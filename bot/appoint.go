package bot

import (
	"tandem/dialog"
)

// deskDone is something that a practitioner did on a page of theirs: the same as by talking, through the same functions.
func (s *scene) deskDone() error {
	with := s.update.With
	field := func(name string) string { v, _ := with[name].(string); return v }
	base, _ := with["base"].(float64)
	if !s.practises() {
		_ = s.noRole("desk " + field("do"))
		s.keepNeeds()
		return nil
	}
	mine, err := s.findCase(field("case"))
	if err != nil {
		return err
	}
	if field("case") != "" && mine == nil {
		_ = s.noRole("desk " + field("do"))
		return s.arrive(arrival{Flow: notifyFlow, With: map[string]any{"about": "not-yours"}})
	}
	r := dialog.Record{}
	done := field("do")
	switch done {
	case "invite":
		if err = s.makeInvite(field("name")); err == nil {
			return s.arrive(arrival{Flow: inviteMadeFlow, With: map[string]any{}})
		}
	case "letter":
		err = s.writeTo(field("case"), field("text"))
	case "propose":
		r.Do = "send"
		r.Fields = map[string]any{
			"case": field("case"), "goal": field("goal"), "base": base, "kind": field("kind"), "text": field("text"), "note": field("note"),
		}
		err = keepProposal(s, r)
	case "digest":
		if err = s.sayDigest(); err == nil {
			s.keepNeeds()
			return nil
		}
	case "appoint":
		return s.appoint(field("conversation"), field("name"))
	default:
		return s.noRole("desk " + done)
	}
	if err != nil {
		return err
	}
	name := ""
	if mine != nil {
		name = mine.Name
	}
	return s.arrive(arrival{Flow: notifyFlow, With: map[string]any{"about": "sent", "client": name}})
}

const inviteMadeFlow = "invite-made"

// appoint makes somebody a practitioner. Only an administrator may.
func (s *scene) appoint(conversation, name string) error {
	if !s.administers() || conversation == "" {
		_ = s.noRole("appoint")
		return s.arrive(arrival{Flow: notifyFlow, With: map[string]any{"about": "not-yours"}})
	}
	s.relay(conversation, appointed, map[string]any{"name": name})
	return s.arrive(arrival{Flow: notifyFlow, With: map[string]any{"about": "appointed", "client": name}})
}

// isAppointed makes the person of this conversation a practitioner. Somebody who is a client here stays one: the two
// never share a conversation.
func (s *scene) isAppointed() error {
	if s.state.Client.Consented() || s.state.Client.Practitioner != "" {
		s.keepNeeds()
		return s.noRole("appointed: a client")
	}
	d := s.atDesk()
	d.Name, _ = s.update.With["name"].(string)
	s.state.Admitted, s.state.Session = true, nil
	s.clearAnswers()
	return s.begin(deskFlow, nil)
}
