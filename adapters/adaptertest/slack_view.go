package adaptertest

import (
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"
)

// SlackView is a modal or an App Home as a person sees it.
type SlackView struct {
	ID, Title, Text, Callback string
	Buttons                   []SlackButton

	metadata string
	kind     string
}

// Home is the App Home that a person sees; nil: none was published.
func (f *Slack) Home(user string) *SlackView {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.homes[user]
}

// View is a modal that was opened; nil: there is none with that id.
func (f *Slack) View(id string) *SlackView {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.views[id]
}

// PressHome presses a button of a person's App Home.
func (f *Slack) PressHome(user, label string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	v := f.homes[user]
	if v == nil {
		return fmt.Errorf("no App Home for %s", user)
	}
	at := slices.IndexFunc(v.Buttons, func(b SlackButton) bool { return b.Label == label })
	if at < 0 {
		return fmt.Errorf("no button %q in the App Home", label)
	}
	p := f.interaction("block_actions", user)
	p["view"], p["container"] = v.wire(nil), map[string]string{"type": "view", "view_id": v.ID}
	p["actions"] = []any{f.action(v.Buttons[at])}
	f.pushForm("interactive", "payload", p)
	return nil
}

// Submit sends a modal off with what was typed, by block.
func (f *Slack) Submit(id, user string, typed map[string]string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	v := f.views[id]
	if v == nil {
		return fmt.Errorf("no modal %q", id)
	}
	p := f.interaction("view_submission", user)
	p["view"] = v.wire(typed)
	f.pushForm("interactive", "payload", p)
	return nil
}

// showView is views.open, views.update and views.publish.
func (f *Slack) showView(method string, p slackParams) slackReply {
	var raw struct {
		Type     string          `json:"type"`
		Title    slackText       `json:"title"`
		Blocks   json.RawMessage `json:"blocks"`
		Metadata string          `json:"private_metadata"`
		Callback string          `json:"callback_id"`
	}
	if json.Unmarshal(p["view"], &raw) != nil {
		return slackFail("invalid_arguments")
	}
	blocks, bad := readSlackBlocks(raw.Blocks, 100)
	modal := raw.Type == "modal"
	switch {
	case bad.word != "":
		return bad
	case modal && (raw.Title.Text == "" || utf8.RuneCountInString(raw.Title.Text) > 24),
		len(raw.Metadata) > 3000, len(raw.Callback) > 255, modal == (method == "views.publish"):
		return slackFail("invalid_arguments")
	case method == "views.open" && p.text("trigger_id") == "":
		return slackFail("invalid_trigger_id")
	case method == "views.update" && f.views[p.text("view_id")] == nil:
		return slackFail("not_found")
	}
	v := &SlackView{ID: f.next("V"), Title: raw.Title.Text, Callback: raw.Callback, metadata: raw.Metadata, kind: raw.Type}
	v.Text, v.Buttons = slackSeen(blocks)
	switch method {
	case "views.publish":
		f.homes[p.text("user_id")] = v
	case "views.update":
		v.ID = p.text("view_id")
		f.views[v.ID] = v
	default:
		f.views[v.ID] = v
	}
	return slackReply{result: map[string]any{"view": map[string]string{"id": v.ID}}}
}

func (v *SlackView) wire(typed map[string]string) map[string]any {
	values := map[string]any{}
	for block, text := range typed {
		values[block] = map[string]any{"input": map[string]string{"type": "plain_text_input", "value": text}}
	}
	return map[string]any{"id": v.ID, "type": v.kind, "callback_id": v.Callback, "private_metadata": v.metadata,
		"state": map[string]any{"values": values}}
}
