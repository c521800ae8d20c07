package bot

import (
	"fmt"
	"slices"

	"tandem/bot/care"
)

// ofWhom is the case of the client that an update comes from, nil where there is none, and the name under which the
// practitioner knows them.
func (s *scene) ofWhom() (*care.Case, string, error) {
	name, _ := s.update.With["client"].(string)
	from, _ := s.update.With["from"].(string)
	cases, err := s.caseload()
	if err != nil || from == "" {
		return nil, name, err
	}
	for _, c := range cases {
		if c.Conversation == from {
			return c, c.Name, nil
		}
	}
	return nil, name, nil
}

// findCase is a client of this practitioner's, or nil.
func (s *scene) findCase(id string) (*care.Case, error) {
	cases, err := s.caseload()
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		if c.ID == id {
			return c, nil
		}
	}
	return nil, nil //nolint:nilnil // no such client is an answer
}

// joins takes a client into the caseload, and says so.
func (s *scene) joins() error {
	if !s.practises() {
		return s.noRole("joined")
	}
	from, _ := s.update.With["client"].(string)
	name, _ := s.update.With["name"].(string)
	id, _ := s.update.With["invite"].(string)
	cases, err := s.caseload()
	if err != nil {
		return err
	}
	for _, c := range cases {
		if c.Conversation == from {
			s.keepNeeds()
			return nil
		}
	}
	if name == "" {
		if name, err = s.suggestedName(); err != nil {
			return err
		}
	}
	invites, err := s.invites()
	if err != nil {
		return err
	}
	for _, i := range invites {
		if i.ID == id && i.Used.IsZero() {
			i.Used, i.Client, i.Code = s.now, from, ""
			if err := s.putRecord("invite/"+i.ID, i); err != nil {
				return err
			}
		}
	}
	c := care.Case{ID: s.newID("c"), Name: name, Conversation: from, Since: s.now}
	if err := s.putRecord("case/"+c.ID, c); err != nil {
		return err
	}
	return s.arrive(arrival{Flow: notifyFlow, With: map[string]any{"about": "joined", "client": name, "case": c.ID}})
}

// notified tells this conversation's person what another conversation has for them.
func (s *scene) notified() error {
	c, name, err := s.ofWhom()
	if err != nil {
		return err
	}
	with := make(map[string]any, len(s.update.With))
	for k, v := range s.update.With {
		with[k] = v
	}
	with["client"] = name
	if with["about"] == "stale" && s.state.Desk != nil {
		s.state.Desk.Last = s.state.Desk.Before
	}
	if c != nil {
		with["case"] = c.ID
		if kind := map[any]string{"person": "person", "safety": "alarm"}[with["about"]]; kind != "" {
			if err := s.keepMatter(care.Matter{Kind: kind, Case: c.ID}); err != nil {
				return err
			}
		}
	}
	return s.arrive(arrival{Flow: notifyFlow, With: with, Soon: true})
}

// keepMatter notes what waits for the practitioner. Of a kind that asks for nothing but a human being, one is enough.
func (s *scene) keepMatter(m care.Matter) error {
	all, err := s.allMatters()
	if err != nil {
		return err
	}
	for _, old := range all {
		if old.Kind == m.Kind && old.Case == m.Case && old.Goal == m.Goal {
			m.ID = old.ID
		}
	}
	if m.ID == "" {
		m.ID = s.newID("m")
	}
	m.At = s.now
	return s.putRecord("matter/"+m.ID, m)
}

// matters are what waits for this practitioner, oldest first.
func (s *scene) matters() ([]*care.Matter, error) {
	all, err := s.allMatters()
	return slices.DeleteFunc(all, func(m *care.Matter) bool { return m.Met }), err
}

// allMatters are what waits, and the offers that the practitioner has met with a proposal of theirs.
func (s *scene) allMatters() ([]*care.Matter, error) {
	return readRecords(s, "matter/", func(a, b *care.Matter) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return compareIDs(a.ID, b.ID)
	})
}

// dealt takes what waited of a client off the list: of some kinds, of one goal or of all ("").
func (s *scene) dealt(caseID, goal string, kinds ...string) error {
	all, err := s.allMatters()
	if err != nil {
		return err
	}
	for _, m := range all {
		for _, kind := range kinds {
			if m.Case == caseID && m.Kind == kind && (goal == "" || m.Goal == goal) {
				if err := s.dropRecord("matter/" + m.ID); err != nil {
					return fmt.Errorf("take a matter off the list: %w", err)
				}
			}
		}
	}
	return nil
}

// leaves takes note that a client works with this practitioner no longer. What they opened is closed with it.
func (s *scene) leaves() error {
	c, name, err := s.ofWhom()
	if err != nil || c == nil {
		s.keepNeeds()
		return err
	}
	for _, key := range []string{"case/" + c.ID, bondKey(c.ID, "theirs", "")} {
		if err := s.dropRecord(key); err != nil {
			return err
		}
	}
	if err := s.dealt(c.ID, "", "offer", "letter", "person", "alarm"); err != nil {
		return err
	}
	s.endShown(c.ID)
	return s.arrive(arrival{Flow: notifyFlow, With: map[string]any{"about": "left", "client": name}})
}
