package bot

import (
	"fmt"
	"strings"

	"tandem/bot/care"
	"tandem/dialog"
)

// keepLetter sends a message from one person to the other, word for word, marked as what it is.
func keepLetter(s *scene, r dialog.Record) error {
	if r.Do != "send" {
		return fmt.Errorf("a letter knows no %q", r.Do)
	}
	if s.practises() {
		return s.writeTo(text(r, "case"), text(r, "text"))
	}
	to := s.state.Client.Practitioner
	words := strings.TrimSpace(text(r, "text"))
	if to == "" || words == "" {
		return &dialog.BrokenError{Reason: "a letter without words, or to nobody"}
	}
	s.relay(to, letter, map[string]any{"from": s.snap.Conversation, "client": s.state.Client.Alias, "text": words})
	return nil
}

// writeTo sends a practitioner's words to a client. It answers whatever the client was waiting for them to say.
func (s *scene) writeTo(caseID, words string) error {
	c, err := s.findCase(caseID)
	words = strings.TrimSpace(words)
	switch {
	case err != nil:
		return err
	case c == nil || !s.practises():
		return s.noRole("write")
	case words == "":
		return &dialog.BrokenError{Reason: "a letter without words"}
	}
	s.relay(c.Conversation, letter, map[string]any{"from": s.snap.Conversation, "by": s.ownName(), "text": words})
	return s.dealt(c.ID, "", "letter", "person") // an alarm stays until they say that they have seen to it
}

// letterHere is a letter that comes in.
func (s *scene) letterHere() error {
	if s.practises() {
		c, name, err := s.ofWhom()
		if err != nil || c == nil {
			s.keepNeeds()
			return err
		}
		if err := s.keepMatter(care.Matter{Kind: "letter", Case: c.ID}); err != nil {
			return err
		}
		return s.arrive(arrival{Flow: mailFlow, Soon: true, With: map[string]any{
			"case": c.ID, "client": name, "text": s.update.With["text"],
		}})
	}
	if from, _ := s.update.With["from"].(string); from == "" || from != s.state.Client.Practitioner {
		s.keepNeeds()
		return nil
	}
	return s.arrive(arrival{Flow: letterFlow, Soon: true, With: map[string]any{
		"by": s.update.With["by"], "text": s.update.With["text"],
	}})
}
