package bot

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"tandem/bot/care"
	"tandem/dialog"
)

// share keeps a grant and sends what it opens. The grant is looked at once more before anything leaves (invariant 9).
func (s *scene) share(e dialog.Share) error {
	g := care.Grant{ID: s.newID("w"), Audience: e.Audience, Fields: e.Fields, Shown: e.Shown, At: s.now}
	if err := s.putRecord(grantKey(g.ID), g); err != nil {
		return err
	}
	to := s.state.Client.Practitioner
	if e.Audience != "practitioner" || to == "" {
		return nil
	}
	s.commit.Outbox = append(s.commit.Outbox, Outgoing{Kind: Relay, Grant: g.ID, Update: &Update{
		Delivery: s.derived("grant", g.ID), Conversation: to, At: s.now, Event: Shared,
		Input: dialog.Input{Text: g.Shown},
	}})
	return nil
}

// unshare takes back the newest grant of the same fields to the same audience: a yes was corrected to a no.
func (s *scene) unshare(e dialog.Unshare) error {
	grants, err := s.grants()
	if err != nil {
		return err
	}
	for _, g := range slices.Backward(grants) {
		if g.Audience == e.Audience && g.Open() && slices.Equal(slices.Sorted(maps.Keys(g.Fields)), e.Fields) {
			g.Withdrawn = s.now
			return s.putRecord(grantKey(g.ID), g)
		}
	}
	return nil
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
