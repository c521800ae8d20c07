package adaptertest

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Submit sends a modal off with what was typed or chosen, by block. As in Slack, nothing can be sent off that lacks a
// required input or holds more than an input takes.
func (f *Slack) Submit(id, user string, typed map[string]string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	v := f.views[id]
	if v == nil {
		return fmt.Errorf("no modal %q", id)
	}
	for block := range typed {
		if !slices.ContainsFunc(v.inputs, func(n slackNode) bool { return n.BlockID == block }) {
			return fmt.Errorf("no input %q in the modal", block)
		}
	}
	for _, n := range v.inputs {
		if err := n.takes(typed[n.BlockID]); err != nil {
			return err
		}
	}
	v.Errors = nil
	p := f.interaction("view_submission", user)
	p["view"] = v.wire(typed)
	f.pushForm("interactive", "payload", p)
	return nil
}

// takes tells whether Slack lets somebody send an input off like this.
func (n slackNode) takes(typed string) error {
	switch {
	case typed == "" && !n.Optional:
		return fmt.Errorf("the input %q must not be empty", n.BlockID)
	case n.Element.MaxLength > 0 && long(typed, n.Element.MaxLength):
		return fmt.Errorf("the input %q takes %d characters", n.BlockID, n.Element.MaxLength)
	case typed == "" || len(n.Element.Options) == 0:
		return nil
	case !slices.ContainsFunc(n.Element.Options, func(o slackNode) bool { return o.Value == typed }):
		return fmt.Errorf("the menu %q has no %q", n.BlockID, typed)
	}
	return nil
}

// CloseModal closes the modal that a person has before them, which shows again what it lies on.
func (f *Slack) CloseModal(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if v := f.views[id]; v != nil {
		v.Closed = true
	}
}

// The rest is for holders of the lock.

// answered does with a modal what the app answered: https://docs.slack.dev/surfaces/modals#view-submissions
func (f *Slack) answered(d *slackDelivery, answer []byte) {
	var sent struct {
		Type string `json:"type"`
		View struct {
			ID string `json:"id"`
		} `json:"view"`
	}
	if d.kind != "interactive" || json.Unmarshal(d.body, &sent) != nil || sent.Type != "view_submission" {
		return
	}
	v := f.views[sent.View.ID]
	if v == nil || v.Closed {
		return // an answer to what is not on the screen any more
	}
	var a struct {
		Action string            `json:"response_action"`
		View   json.RawMessage   `json:"view"`
		Errors map[string]string `json:"errors"`
	}
	_ = json.Unmarshal(answer, &a)
	switch a.Action {
	case "errors":
		v.Errors = a.Errors
	case "push":
		f.pushView(v, a.View)
	case "clear":
		for _, o := range f.views {
			o.Closed = o.Closed || o.user == v.user
		}
	default:
		v.Closed = true
	}
}

// pushView lays a view over another: three at most.
func (f *Slack) pushView(v *SlackView, data json.RawMessage) {
	next, bad := f.readView(data)
	under := f.views[v.Over]
	switch {
	case bad.word != "":
		v.Errors = map[string]string{"": bad.word + " " + bad.detail}
	case under != nil && under.Over != "":
		v.Errors = map[string]string{"": "push_limit_reached"}
	default:
		next.user, next.Over = v.user, v.ID
		f.views[next.ID] = next
	}
}

// wire is a view as Slack shows it to apps.
func (v *SlackView) wire(typed map[string]string) map[string]any {
	values := map[string]any{}
	for _, n := range v.inputs {
		text := typed[n.BlockID]
		state := map[string]any{"type": n.Element.Type, "value": text}
		switch {
		case len(n.Element.Options) > 0:
			state = map[string]any{"type": n.Element.Type, "selected_option": map[string]string{"value": text}}
		case text == "":
			state["value"] = nil
		}
		values[n.BlockID] = map[string]any{n.Element.ActionID: state}
	}
	return map[string]any{"id": v.ID, "type": v.kind, "callback_id": v.Callback, "private_metadata": v.Metadata,
		"state": map[string]any{"values": values}}
}
