package slack

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"

	"tandem/bot"
	"tandem/dialog"
)

// interaction reads what somebody did with a message or a view of ours.
func (s Self) interaction(body []byte) (received, error) {
	var in interaction
	if json.Unmarshal(body, &in) != nil || in.Type == "" {
		return received{}, errUpdate
	}
	var r received
	switch in.Type {
	case "block_actions":
		r.update, r.ours = s.press(in)
	case "view_submission":
		r.answer = slackapi.NewClearViewSubmissionResponse()
		r.update, r.ours = s.submitted(in)
	default:
		return r, nil // a shortcut, a closed view
	}
	if r.ours && !isEventID(in.Trigger) {
		return r, errUpdate
	}
	r.update.Delivery = "slack:" + s.teamOf(in.team()) + ":trigger:" + in.Trigger
	return r, nil
}

func (in interaction) team() string {
	if in.Team == nil {
		return ""
	}
	return in.Team.ID
}

// press reads a pressed button or a choice from a menu. One of an App Home or a modal belongs to the conversation that
// the view names.
func (s Self) press(in interaction) (bot.Update, bool) {
	if len(in.Actions) == 0 {
		return bot.Update{}, false
	}
	a := in.Actions[0]
	value := a.Value
	switch a.Type {
	case "button":
	case "static_select":
		value = a.Option.Value
	default:
		return bot.Update{}, false
	}
	u, ok := s.where(in, a.TS)
	if !ok {
		return u, false
	}
	if data, page := strings.CutPrefix(value, pageVersion); page && in.View != nil {
		u.Event, u.With = Press, pack(Pressed{Data: data, Trigger: in.Trigger})
		return u, true
	}
	prompt, choice := decodeButton(value)
	u.Input = dialog.Input{Kind: dialog.Press, Prompt: prompt, Choice: choice}
	u.With = pack(Trigger{Trigger: in.Trigger})
	if micros(in.Where.Message) > 0 && !in.Where.Ephemeral { // what only one person sees cannot be changed by its ts
		u.Pressed = &bot.Pressed{Ref: in.Where.Message, Text: said(in.Message)}
	}
	return u, true
}

// where is the place of an interaction: its message's, or the one that its view carries.
func (s Self) where(in interaction, ts string) (bot.Update, bool) {
	channel := in.Channel.ID
	if channel == "" {
		channel = in.Where.Channel
	}
	if channel != "" || in.View == nil {
		return s.update(in.team(), channel, in.User.ID, ts)
	}
	p, err := placeOf(in.View.conversation())
	if err != nil || p.team != s.teamOf(in.team()) {
		return bot.Update{}, false
	}
	u, ok := s.update(in.team(), p.channel, in.User.ID, ts)
	u.Conversation = p.conversation()
	return u, ok
}

// said is the words of a message of ours, as it stands.
func said(m *message) string {
	if m == nil {
		return ""
	}
	if text, ok := richWords(m.Blocks); ok {
		return text
	}
	return plain(m.Text)
}

// submitted reads a modal. What was typed in it is the input too, so that the safety screen sees it (invariant 8).
func (s Self) submitted(in interaction) (bot.Update, bool) {
	if in.View == nil {
		return bot.Update{}, false
	}
	u, ok := s.where(in, "")
	if !ok {
		return u, false
	}
	payload := Submitted{CallbackID: in.View.Callback, View: in.View.ID, Carried: in.View.carried(), Values: map[string][]string{}}
	var typed []string
	for _, block := range sortedKeys(in.View.State.Values) {
		inputs := in.View.State.Values[block]
		for _, id := range sortedKeys(inputs) {
			values, words := inputs[id].values()
			payload.Values[block] = append(payload.Values[block], values...)
			if words {
				typed = append(typed, values...)
			}
		}
	}
	u.Event, u.With = Submit, pack(payload)
	if len(typed) > 0 {
		u.Input = dialog.Input{Kind: dialog.Text, Text: strings.Join(typed, "\n")}
	}
	return u, true
}

// values is what stands in an input, and whether somebody typed it.
func (f field) values() (values []string, words bool) {
	if text, ok := richWords(json.RawMessage("[" + string(f.Rich) + "]")); ok {
		return []string{text}, true
	}
	options := f.Options
	if f.Option != nil {
		options = append(options, *f.Option)
	}
	for _, o := range options {
		values = append(values, o.Value)
	}
	for _, v := range []string{f.Value, f.Date, f.Time, f.User, f.Channel} {
		if v != "" {
			values = append(values, v)
		}
	}
	return values, f.Value != ""
}

// slash reads a command. What follows it is the input too, so that the safety screen sees it (invariant 8).
func (s Self) slash(body []byte) (received, error) {
	var c slash
	if json.Unmarshal(body, &c) != nil || c.Command == "" {
		return received{}, errUpdate
	}
	u, ok := s.update(c.Team, c.Channel, c.User, "")
	if !ok {
		return received{}, nil
	}
	if !isEventID(c.Trigger) {
		return received{}, errUpdate
	}
	text := strings.TrimSpace(plain(c.Text))
	u.Delivery = "slack:" + s.teamOf(c.Team) + ":trigger:" + c.Trigger
	u.Event, u.With = Commanded, pack(Command{Name: c.Command, Text: text, Trigger: c.Trigger, Mentions: mentioned(c.Text)})
	if text != "" {
		u.Input = dialog.Input{Kind: dialog.Text, Text: text}
	}
	return received{update: u, ours: true}, nil
}

// mentioned finds whom a text mentions, as Slack writes it where the command is set to escape.
func mentioned(text string) (people []string) {
	for _, m := range regexp.MustCompile(`<@([UW][A-Z0-9]+)(?:\|[^>]*)?>`).FindAllStringSubmatch(text, -1) {
		if isID(m[1]) {
			people = append(people, m[1])
		}
	}
	return people
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
