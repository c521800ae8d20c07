package slack

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// escape makes a text harmless where Slack reads mrkdwn, which for us is the text of notifications alone: no mention, no
// link and no <!channel> is left in it. https://docs.slack.dev/messaging/formatting-message-text/#escaping
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(strings.ToValidUTF8(s, "\uFFFD"))
}

// plain reads a mrkdwn text of Slack's back as the person saw it: escapes undone, mentions and links as their words.
func plain(s string) string {
	var out strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<")
		out.WriteString(before)
		if !ok {
			break
		}
		tag, after, closed := strings.Cut(rest, ">")
		if !closed {
			out.WriteString("<" + rest)
			break
		}
		out.WriteString(tagWords(tag))
		s = after
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(out.String())
}

// tagWords is what stands in the place of <...>.
func tagWords(tag string) string {
	target, label, labelled := strings.Cut(tag, "|")
	switch {
	case strings.HasPrefix(target, "@"), strings.HasPrefix(target, "#"):
		if labelled && label != "" {
			return target[:1] + strings.TrimLeft(label, "@#")
		}
		return target
	case strings.HasPrefix(target, "!"):
		if labelled && label != "" {
			return label
		}
		return "@" + target[1:]
	case labelled && label != "":
		return label
	}
	return target
}

// node is a part of a rich text, of any kind: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
type node struct {
	Type      string `json:"type"`
	BlockID   string `json:"block_id"`
	Elements  []node `json:"elements"`
	Style     any    `json:"style"` // a list's is a word
	Offset    int    `json:"offset"`
	Text      any    `json:"text"` // words; of a section, an object
	URL       string `json:"url"`
	User      string `json:"user_id"`
	Channel   string `json:"channel_id"`
	Group     string `json:"usergroup_id"`
	Range     string `json:"range"`
	Name      string `json:"name"`
	Unicode   string `json:"unicode"`
	Fallback  string `json:"fallback"`
	Value     string `json:"value"`
	Timestamp int64  `json:"timestamp"`
}

// richWords reads what stands in a message's rich text, with emoji as characters; of a message of ours, the part that it
// said. False: there is none, or it holds what is not known here, and the message's plain text is to be read.
func richWords(blocks json.RawMessage) (string, bool) {
	var list []node
	if json.Unmarshal(blocks, &list) != nil {
		return "", false
	}
	var out strings.Builder
	found := false
	for _, b := range list {
		switch b.Type {
		case "rich_text":
		case "actions":
			continue
		default:
			return "", false
		}
		var one strings.Builder
		if !b.write(&one) {
			return "", false
		}
		if b.BlockID == wordsBlock {
			return one.String(), true
		}
		newLine(&out)
		out.WriteString(one.String())
		found = true
	}
	return out.String(), found
}

// write writes a node's words, and tells whether it knew them all.
func (n node) write(out *strings.Builder) bool {
	for i, e := range n.Elements {
		if n.Type == "rich_text" || n.Type == "rich_text_list" {
			newLine(out)
		}
		if n.Type == "rich_text_list" {
			out.WriteString(n.bullet(i))
		}
		if !e.write(out) {
			return false
		}
	}
	switch n.Type {
	case "rich_text", "rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted":
		return true
	}
	words, ok := n.leaf()
	out.WriteString(words)
	return ok
}

func (n node) bullet(i int) string {
	if n.Style == "ordered" {
		return strconv.Itoa(n.Offset+i+1) + ". "
	}
	return "- "
}

// leaf is the words of a part that has no parts.
func (n node) leaf() (string, bool) {
	text, _ := n.Text.(string)
	switch n.Type {
	case "text":
		return text, true
	case "link":
		if text != "" {
			return text, true
		}
		return n.URL, true
	case "emoji":
		return n.emoji(), true
	case "user":
		return "@" + n.User, true
	case "channel":
		return "#" + n.Channel, true
	case "usergroup":
		return "@" + n.Group, true
	case "broadcast":
		return "@" + n.Range, true
	case "color":
		return n.Value, true
	case "date":
		return n.Fallback, n.Fallback != ""
	}
	return "", false
}

// emoji is the character itself where Slack tells it ("1f44d-1f3fd"), else its name.
func (n node) emoji() string {
	var out strings.Builder
	for _, hex := range strings.Split(n.Unicode, "-") {
		r, err := strconv.ParseUint(hex, 16, 21)
		if err != nil || r == 0 {
			return fmt.Sprintf(":%s:", n.Name)
		}
		out.WriteRune(rune(r))
	}
	return out.String()
}

// newLine ends a line that was begun.
func newLine(out *strings.Builder) {
	if s := out.String(); s != "" && !strings.HasSuffix(s, "\n") {
		out.WriteByte('\n')
	}
}

// cleanName drops what could disturb the text around a name: controls, and the marks that turn its direction.
func cleanName(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069) {
			return -1
		}
		return r
	}, s))
}
