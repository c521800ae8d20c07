package bottest

import (
	"context"
	"encoding/json"
	"fmt"

	"tandem/bot"
	"tandem/bot/care"
)

// stageClient is a client of the transcript's practitioner, with what they have opened.
type stageClient struct {
	ID    string        `yaml:"id"`
	Name  string        `yaml:"name"`
	Goals []stageShared `yaml:"goals"`
}

// stageShared is a goal that a client has opened to their practitioner.
type stageShared struct {
	ID      string `yaml:"id"`
	Goal    string `yaml:"goal"`
	Words   string `yaml:"words"`
	Why     string `yaml:"why"`
	Step    string `yaml:"step"`
	Version int    `yaml:"version"`
	Shown   string `yaml:"shown"`
	Offered bool   `yaml:"offered"` // and asked them to agree
	Ratings []int  `yaml:"ratings"` // of check-ins, a week apart
}

// stageProposal is a practitioner's proposal that has reached the transcript's client.
type stageProposal struct {
	ID   string `yaml:"id"`
	Kind string `yaml:"kind"`
	Goal string `yaml:"goal"`
	Base int    `yaml:"base"`
	Text string `yaml:"text"`
	Note string `yaml:"note"`
}

// stageInvite is an invite that the transcript's practitioner has made.
type stageInvite struct {
	Name string `yaml:"name"`
	Code string `yaml:"code"`
}

const stagePractitioner = "practitioner"

// setTable names the transcript's practitioner in the settings.
func (s *Stage) setTable(h *stageHead) {
	switch {
	case h.Role == stagePractitioner:
		s.Settings.Practitioners = map[string]string{stageConversation: h.Name}
		s.Settings.Admins = map[string]bool{stageConversation: true}
	case h.Practitioner != "":
		s.Settings.Practitioners = map[string]string{"paper:practitioner": h.Practitioner}
		s.Settings.Answers = map[string]string{"paper:practitioner": h.Answers}
	}
	s.Settings.InviteLink = func(code string) string { return "https://t.me/example_bot?start=" + code }
}

// together adds what stands between a client and a practitioner to the records.
func (s *Stage) together(h *stageHead, records map[string]json.RawMessage) error {
	put := func(key string, v any) error {
		data, err := json.Marshal(v)
		records[key] = data
		return err
	}
	for _, p := range h.Proposals {
		err := put("proposal/"+p.ID, care.Proposal{
			ID: p.ID, Kind: care.ProposalKind(p.Kind), Goal: p.Goal, Base: p.Base, Text: p.Text, Note: p.Note, At: s.now.AddDate(0, 0, -1),
		})
		if err != nil {
			return err
		}
	}
	for i, g := range h.Shared {
		if err := put(fmt.Sprintf("grant/w%d", i+1), s.grant(fmt.Sprintf("w%d", i+1), g.Goal, g)); err != nil {
			return err
		}
	}
	for i, v := range h.Invites {
		id := fmt.Sprintf("i%d", i+1)
		err := put("invite/"+id, care.Invite{
			ID: id, Code: v.Code, Name: v.Name, Practitioner: stageConversation, By: h.Name, Made: s.now, Until: s.now.AddDate(0, 0, 7),
		})
		if err != nil {
			return err
		}
	}
	for i, c := range h.Clients {
		if err := s.client(h, c); err != nil {
			return err
		}
		load := care.Case{ID: c.ID, Name: c.Name, Conversation: "paper:" + c.ID, Since: s.now.AddDate(0, -1, 0)}
		if err := put("case/"+c.ID, load); err != nil {
			return err
		}
		for _, g := range c.Goals {
			if !g.Offered {
				continue
			}
			m := care.Matter{ID: fmt.Sprintf("m%d", i+1), Kind: "offer", Case: c.ID, Goal: g.ID, Version: max(g.Version, 1), At: s.now.AddDate(0, 0, -1)}
			if err := put("matter/"+m.ID, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// client writes the conversation of a client of the transcript's practitioner.
func (s *Stage) client(h *stageHead, c stageClient) error {
	records := make(map[string]json.RawMessage)
	n := 0
	add := func(g care.Grant) error {
		n++
		g.ID = fmt.Sprintf("w%d", n)
		data, err := json.Marshal(g)
		records["grant/"+g.ID] = data
		return err
	}
	for _, g := range c.Goals {
		if err := add(s.grant("", g.ID, g)); err != nil {
			return err
		}
		for i, rating := range g.Ratings {
			at := s.now.AddDate(0, 0, -7*(len(g.Ratings)-i))
			in := care.Grant{Audience: stagePractitioner, At: at, Fields: map[string]any{"goal": g.ID, "checkin": fmt.Sprintf("k%d", i+1), "rating": rating}}
			if err := add(in); err != nil {
				return err
			}
		}
	}
	client := care.Client{Lang: h.Lang, Zone: h.Zone, Consent: care.ConsentVersion, Practitioner: stageConversation, Alias: c.Name, Since: s.now.AddDate(0, -1, 0)}
	return bot.Prepare(context.Background(), s.Store, "paper:"+c.ID, client, uint64(n), records)
}

func (s *Stage) grant(id, goal string, g stageShared) care.Grant {
	fields := map[string]any{"goal": goal, "version": max(g.Version, 1)}
	for name, value := range map[string]string{"words": g.Words, "why": g.Why, "step": g.Step} {
		if value != "" {
			fields[name] = value
		}
	}
	if g.Shown == "" {
		g.Shown = g.Words
	}
	return care.Grant{ID: id, Audience: stagePractitioner, Fields: fields, Shown: g.Shown, At: s.now.AddDate(0, 0, -28)}
}
