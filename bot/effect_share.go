package bot

import (
	"encoding/json"
	"fmt"
	"slices"

	"tandem/bot/care"
	"tandem/dialog"
)

// share keeps a grant and sends what it opens. The grant is looked at once more before anything leaves (invariant 9).
func (s *scene) share(e dialog.Share) error {
	fields, err := s.grantFields(e.Fields)
	if err != nil {
		return err
	}
	g := care.Grant{ID: s.newID("w"), Audience: e.Audience, Fields: fields, Shown: e.Shown, At: s.now}
	if err := s.putRecord(grantKey(g.ID), g); err != nil {
		return err
	}
	to := s.state.Client.Practitioner
	if e.Audience != "practitioner" || to == "" {
		return nil
	}
	s.commit.Outbox = append(s.commit.Outbox, Outgoing{Kind: Relay, Grant: g.ID, Update: &Update{
		Delivery: s.derived("grant", g.ID), Conversation: to, At: s.now, Event: Shared,
		Input: dialog.Input{Text: g.Shown}, With: map[string]any{"from": s.snap.Conversation, "client": s.state.Client.Alias, "grant": g.ID},
	}})
	return nil
}

// grantFields are the fields of a grant: what was not answered is left out, "last" is the newest check-in, and a goal's
// words stand with the version that they are of.
func (s *scene) grantFields(from map[string]any) (map[string]any, error) {
	fields := make(map[string]any, len(from)+1)
	for name, value := range from {
		if value != nil && value != "" {
			fields[name] = value
		}
	}
	goal, _ := fields["goal"].(string)
	if fields["checkin"] == "last" {
		ins, err := s.checkIns()
		if err != nil {
			return nil, err
		}
		for _, in := range ins {
			if in.Goal == goal {
				fields["checkin"] = in.ID
			}
		}
		return fields, nil
	}
	goals, err := s.goals()
	if err != nil {
		return nil, err
	}
	if g := goals.find(goal); g != nil {
		fields["version"] = len(g.Versions)
	}
	return fields, nil
}

// unshare takes back the newest grant of the same fields to the same audience: a yes was corrected to a no.
func (s *scene) unshare(e dialog.Unshare) error {
	grants, err := s.grants()
	if err != nil {
		return err
	}
	for _, g := range slices.Backward(grants) {
		if g.Audience == e.Audience && g.Open() && fromFields(g, e.Fields) {
			return s.close(g)
		}
	}
	return nil
}

// fromFields tells whether a grant was made of these fields: it may lack some of them, and has no others but its version.
func fromFields(g *care.Grant, fields []string) bool {
	for name := range g.Fields {
		if name != "version" && !slices.Contains(fields, name) {
			return false
		}
	}
	return true
}

// close takes a grant back, from this moment. The practitioner's conversation is told, so that nothing that waits there
// shows it any more.
func (s *scene) close(g *care.Grant) error {
	g.Withdrawn = s.now
	if goal, _ := g.Fields["goal"].(string); g.Audience == practitionerFor {
		s.tellClosed(goal)
	}
	return s.putRecord(grantKey(g.ID), g)
}

// tellClosed has the practitioner told, once a step, of the goals of which something was taken back ("": of none in
// particular).
func (s *scene) tellClosed(goal string) {
	if !slices.Contains(s.closed, goal) {
		s.closed = append(s.closed, goal)
	}
	s.closedTo = s.state.Client.Practitioner
}

// grants are what the client opened to others so far, oldest first.
func (s *scene) grants() ([]*care.Grant, error) {
	return readRecords(s, "grant/", func(a, b *care.Grant) int { return compareIDs(a.ID, b.ID) })
}

func grantKey(id string) string { return "grant/" + id }

// granted tells whether the client still agrees to what an outbox entry carries.
func (b *Bot) granted(records map[string]json.RawMessage, id string) (bool, error) {
	data, ok := records[grantKey(id)]
	if !ok {
		return false, nil
	}
	var g care.Grant
	if err := json.Unmarshal(data, &g); err != nil {
		return false, fmt.Errorf("read a grant: %w", err)
	}
	return g.Open(), nil
}
