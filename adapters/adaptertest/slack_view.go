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
	Pictures                  []string          // the files that it shows, by id
	Metadata                  string            // what it carries
	Errors                    map[string]string // what the app wants mended, by block
	Over                      string            // the view that it lies on; "": none
	Closed                    bool              // it is not on the screen any more

	kind   string
	user   string // whose it is; "": the trigger was none of the fake's
	inputs []slackNode
}

// Labels are the view's buttons and the lines of its menus.
func (v *SlackView) Labels() []string { return SlackMessage{Buttons: v.Buttons}.Labels() }

// Home is the App Home that a person sees; nil: none was published.
func (f *Slack) Home(user string) *SlackView {
	f.mu.Lock()
	defer f.mu.Unlock()
	return copyView(f.homes[user])
}

// View is a modal that was opened; nil: there is none with that id.
func (f *Slack) View(id string) *SlackView {
	f.mu.Lock()
	defer f.mu.Unlock()
	return copyView(f.views[id])
}

// Modal is the modal that a person has before them; nil: none.
func (f *Slack) Modal(user string) *SlackView {
	f.mu.Lock()
	defer f.mu.Unlock()
	var top *SlackView
	for _, v := range f.views {
		if v.user == user && !v.Closed && (top == nil || v.ID > top.ID) {
			top = v
		}
	}
	return copyView(top)
}

func copyView(v *SlackView) *SlackView {
	if v == nil {
		return nil
	}
	c := *v
	return &c
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

// showView is views.open, views.update and views.publish.
func (f *Slack) showView(method string, p slackParams) slackReply {
	v, bad := f.readView(p["view"])
	old := f.views[p.text("view_id")]
	trigger := p.text("trigger_id")
	switch {
	case bad.word != "":
		return bad
	case (v.kind == "modal") == (method == "views.publish"):
		return slackFail("invalid_arguments")
	case method == "views.open" && trigger == "":
		return slackFail("invalid_trigger_id")
	case method == "views.open" && f.used[trigger]:
		return slackFail("exchanged_trigger_id")
	case method == "views.update" && old == nil:
		return slackFail("not_found")
	}
	switch method {
	case "views.publish":
		v.user = p.text("user_id")
		f.homes[v.user] = v
	case "views.update":
		v.ID, v.user, v.Over = old.ID, old.user, old.Over
		f.views[v.ID] = v
	default:
		f.used[trigger] = true
		v.user = f.acted[trigger]
		f.views[v.ID] = v
	}
	return slackReply{result: map[string]any{"view": map[string]string{"id": v.ID}}}
}

// readView reads a view, or says what Slack says to a bad one.
func (f *Slack) readView(data json.RawMessage) (*SlackView, slackReply) {
	var raw struct {
		Type     string          `json:"type"`
		Title    slackText       `json:"title"`
		Submit   *slackText      `json:"submit"`
		Close    *slackText      `json:"close"`
		Blocks   json.RawMessage `json:"blocks"`
		Metadata string          `json:"private_metadata"`
		Callback string          `json:"callback_id"`
	}
	if json.Unmarshal(data, &raw) != nil {
		return nil, slackFail("invalid_arguments")
	}
	blocks, bad := readSlackBlocks(raw.Blocks, 100)
	if bad.word != "" {
		return nil, bad
	}
	v := &SlackView{ID: f.next("V"), Title: raw.Title.Text, Callback: raw.Callback, Metadata: raw.Metadata, kind: raw.Type}
	v.Text, v.Buttons = slackSeen(blocks)
	for _, b := range blocks {
		switch {
		case b.Type == "input":
			v.inputs = append(v.inputs, b)
		case b.File == nil:
		case f.files[b.File.ID] == nil || !f.files[b.File.ID].Done:
			return nil, slackReply{word: "invalid_blocks", detail: "invalid slack file"}
		default:
			v.Pictures = append(v.Pictures, b.File.ID)
		}
	}
	modal := raw.Type == "modal"
	switch {
	case len(data) > 250_000:
		return nil, slackFail("view_too_large")
	case modal && (raw.Title.Text == "" || overlong(&raw.Title, 24) || overlong(raw.Submit, 24) || overlong(raw.Close, 24)),
		modal && len(v.inputs) > 0 && raw.Submit == nil,
		long(raw.Metadata, 3000), len(raw.Callback) > 255:
		return nil, slackFail("invalid_arguments")
	}
	return v, slackReply{}
}

func overlong(t *slackText, most int) bool { return t != nil && utf8.RuneCountInString(t.Text) > most }
