package bot

import (
	"encoding/json"
	"fmt"
	"strconv"

	"tandem/dialog"
)

// grant is what a client opened to an audience, as they saw it. Taking it back works from that moment.
type grant struct {
	ID        string         `json:"id"`
	Audience  string         `json:"audience"`
	Fields    map[string]any `json:"fields"`
	Shown     string         `json:"shown"` // the words that the client agreed to
	At        string         `json:"at"`
	Withdrawn string         `json:"withdrawn,omitempty"`
}

// share keeps a grant and sends what it opens. The grant is looked at once more before anything leaves (invariant 9).
func (s *scene) share(e dialog.Share) error {
	s.state.Given++
	g := grant{ID: "w" + strconv.FormatUint(s.state.Given, 36), Audience: e.Audience, Fields: e.Fields, Shown: e.Shown, At: s.now.Format(timeFormat)}
	if err := s.putRecord(grantKey(g.ID), g); err != nil {
		return err
	}
	to := s.state.Client.Practitioner
	if e.Audience != "practitioner" || to == "" {
		return nil
	}
	s.commit.Outbox = append(s.commit.Outbox, Outgoing{Kind: Relay, Grant: g.ID, Update: &Update{
		Delivery: s.snap.Conversation + ":grant:" + g.ID, Conversation: to, At: s.now, Event: Shared,
		Input: dialog.Input{Text: g.Shown},
	}})
	return nil
}

func grantKey(id string) string { return "grant/" + id }

// granted tells whether the client still agrees to what an outbox entry carries.
func (b *Bot) granted(records map[string]json.RawMessage, id string) (bool, error) {
	data, ok := records[grantKey(id)]
	if !ok {
		return false, nil
	}
	var g grant
	if err := json.Unmarshal(data, &g); err != nil {
		return false, fmt.Errorf("read a grant: %w", err)
	}
	return g.Withdrawn == "", nil
}
