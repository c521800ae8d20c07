package adaptertest

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// slackText is a text object.
type slackText struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

// UnmarshalJSON implements json.Unmarshaler: the parts of rich text have a plain string in the same place.
func (t *slackText) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &t.Text)
	}
	type bare slackText
	return json.Unmarshal(b, (*bare)(t))
}

// shown is a text as it is read.
func (t slackText) shown() string {
	if t.Type == "mrkdwn" {
		return slackShow(t.Text)
	}
	return t.Text
}

// slackNode is a block or a part of one, of any kind.
type slackNode struct {
	Type        string      `json:"type"`
	BlockID     string      `json:"block_id"`
	ActionID    string      `json:"action_id"`
	Text        *slackText  `json:"text"` // a text object's own, where the node is one
	Label       *slackText  `json:"label"`
	Placeholder *slackText  `json:"placeholder"`
	Value       string      `json:"value"`
	URL         string      `json:"url"`
	Fields      []slackText `json:"fields"`
	Elements    []slackNode `json:"elements"`
	Element     *slackNode  `json:"element"`
	Accessory   *slackNode  `json:"accessory"`
	Options     []slackNode `json:"options"`
	Optional    bool        `json:"optional"`
	MaxLength   int         `json:"max_length"`
	ImageURL    string      `json:"image_url"`
	AltText     string      `json:"alt_text"`
	File        *struct {
		ID string `json:"id"`
	} `json:"slack_file"`
}

// readSlackBlocks reads blocks and refuses what Slack would refuse, in its words; the detail quotes what was sent.
func readSlackBlocks(raw json.RawMessage, most int) ([]slackNode, slackReply) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, slackReply{}
	}
	var blocks []slackNode
	if json.Unmarshal(raw, &blocks) != nil {
		return nil, slackFail("invalid_blocks_format")
	}
	bad := ""
	if len(blocks) > most {
		bad = fmt.Sprintf("no more than %d items allowed", most)
	}
	ids := map[string]bool{}
	for _, b := range blocks {
		if b.BlockID != "" && ids[b.BlockID] {
			bad = "block_id already exists"
		}
		ids[b.BlockID] = true
		if why := b.block(); why != "" {
			bad = why
		}
	}
	if bad != "" {
		return nil, slackReply{word: "invalid_blocks", detail: bad + " in " + string(raw)}
	}
	return blocks, slackReply{}
}

// block says what is wrong with a block; "": nothing.
func (n slackNode) block() string {
	if long(n.BlockID, 255) {
		return "block_id too long"
	}
	switch n.Type {
	case "section":
		if n.Text == nil && len(n.Fields) == 0 {
			return "missing text"
		}
		if n.Text != nil && (n.Text.Text == "" || long(n.Text.Text, 3000)) || len(n.Fields) > 10 {
			return "must be less than 3001 characters"
		}
		if n.Accessory != nil {
			return n.Accessory.element()
		}
	case "header":
		if n.Text == nil || n.Text.Type != "plain_text" || n.Text.Text == "" || long(n.Text.Text, 150) {
			return "invalid header"
		}
	case "actions":
		return n.row()
	case "context":
		if len(n.Elements) == 0 || len(n.Elements) > 10 {
			return "invalid context"
		}
	case "input":
		if n.Label == nil || n.Label.Text == "" || long(n.Label.Text, 2000) || n.Element == nil {
			return "invalid input"
		}
		return n.Element.element()
	case "rich_text":
		if len(n.Elements) == 0 {
			return "missing elements"
		}
		return n.rich()
	case "image":
		if (n.ImageURL == "") == (n.File == nil) || n.AltText == "" {
			return "invalid image"
		}
	case "divider":
	default:
		return "unsupported type"
	}
	return ""
}

// rich walks a rich text: no part of it may be empty.
func (n slackNode) rich() string {
	for _, e := range n.Elements {
		switch {
		case e.Type == "text" && (e.Text == nil || e.Text.Text == ""):
			return "must be more than 0 characters"
		case e.Type == "link" && (e.URL == "" || long(e.URL, 3000)):
			return "invalid url"
		}
		if why := e.rich(); why != "" {
			return why
		}
	}
	return ""
}

func (n slackNode) row() string {
	if len(n.Elements) == 0 || len(n.Elements) > 25 {
		return "no more than 25 items allowed"
	}
	ids := map[string]bool{}
	for _, e := range n.Elements {
		if e.ActionID != "" && ids[e.ActionID] {
			return "action_id already exists"
		}
		ids[e.ActionID] = true
		if why := e.element(); why != "" {
			return why
		}
	}
	return ""
}

// element says what is wrong with a button, a menu or an input.
func (n slackNode) element() string {
	if long(n.ActionID, 255) {
		return "action_id too long"
	}
	switch n.Type {
	case "button":
		if n.Text == nil || n.Text.Type != "plain_text" || n.Text.Text == "" || long(n.Text.Text, 75) {
			return "must be less than 76 characters"
		}
		if long(n.Value, 2000) || long(n.URL, 3000) {
			return "must be less than 2001 characters"
		}
	case "static_select", "radio_buttons", "checkboxes", "overflow":
		most := map[string]int{"static_select": 100, "overflow": 5}[n.Type]
		if most == 0 {
			most = 10
		}
		if len(n.Options) == 0 || len(n.Options) > most {
			return fmt.Sprintf("no more than %d items allowed", most)
		}
		for _, o := range n.Options {
			if o.Text == nil || o.Text.Text == "" || long(o.Text.Text, 75) || o.Value == "" || long(o.Value, 150) {
				return "invalid option"
			}
		}
	}
	if n.Placeholder != nil && long(n.Placeholder.Text, 150) {
		return "must be less than 151 characters"
	}
	return ""
}

func long(s string, most int) bool { return utf8.RuneCountInString(s) > most }

// slackSeen is what a person sees of blocks, and what they can press.
func slackSeen(blocks []slackNode) (string, []SlackButton) {
	var texts []string
	var buttons []SlackButton
	for _, b := range blocks {
		for _, t := range append([]slackText{b.first()}, b.Fields...) {
			if t.Text != "" {
				texts = append(texts, t.shown())
			}
		}
		switch b.Type {
		case "rich_text":
			texts = append(texts, b.words())
		case "context":
			for _, e := range b.Elements {
				texts = append(texts, e.small())
			}
		case "actions":
			for _, e := range b.Elements {
				buttons = append(buttons, e.buttons(b.BlockID)...)
			}
		case "section":
			if b.Accessory != nil {
				buttons = append(buttons, b.Accessory.buttons(b.BlockID)...)
			}
		}
	}
	return strings.Join(texts, "\n"), buttons
}

func (n slackNode) first() slackText {
	if n.Text != nil {
		return *n.Text
	}
	if n.Label != nil {
		return *n.Label
	}
	return slackText{}
}

// small is what is read of a part of a context block.
func (n slackNode) small() string {
	if n.Text == nil {
		return ""
	}
	return slackText{Type: n.Type, Text: n.Text.Text}.shown()
}

// words is what is read of a rich text. Nothing in it is mark-up but the kinds of its parts.
func (n slackNode) words() string {
	out := ""
	for _, e := range n.Elements {
		switch {
		case e.Text != nil && e.Text.Text != "":
			out += e.Text.Text
		case e.URL != "":
			out += e.URL
		}
		out += e.words()
	}
	return out
}

func (n slackNode) buttons(block string) []SlackButton {
	if n.Type == "button" {
		return []SlackButton{{Label: n.Text.Text, Value: n.Value, Action: n.ActionID, Block: block, Type: n.Type}}
	}
	var list []SlackButton
	for _, o := range n.Options {
		list = append(list, SlackButton{Label: o.Text.Text, Value: o.Value, Action: n.ActionID, Block: block, Type: n.Type})
	}
	return list
}

// slackShow is a mrkdwn text as it is read: mentions called, emphasis without its marks, escapes undone.
func slackShow(s string) string {
	s = regexp.MustCompile(`<!(channel|here|everyone)[^>]*>`).ReplaceAllString(s, "@$1 [rings]")
	s = regexp.MustCompile(`<@(\w+)[^>]*>`).ReplaceAllString(s, "@$1 [rings]")
	s = regexp.MustCompile(`<[^|>]*\|([^>]*)>`).ReplaceAllString(s, "$1")
	s = regexp.MustCompile(`<([^>]*)>`).ReplaceAllString(s, "$1")
	for _, mark := range []string{`\*`, "_", "~", "`"} {
		s = regexp.MustCompile(`(^|\s)`+mark+`(\S[^\n]*?)`+mark+`(\s|$)`).ReplaceAllString(s, "$1$2$3")
	}
	return html.UnescapeString(s)
}
