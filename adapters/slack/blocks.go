package slack

import (
	"regexp"
	"strconv"
	"strings"

	slackapi "github.com/slack-go/slack"

	"tandem/adapters/cut"
	"tandem/dialog"
)

// The blocks of a message of ours, by id.
const (
	wordsBlock  = "words"  // what it says
	labelsBlock = "labels" // its choices in full, where buttons show less
)

// How choices are laid out.
const (
	maxRow     = 5  // buttons in a row
	maxButtons = 25 // beyond that, a menu
)

// address finds what becomes a link: up to the marks that end a sentence around it.
const address = `https?://[^\s<>"]*[^\s<>"'.,;:!?()\[\]{}’”]`

// render is a message in Block Kit. People's words, and ours, are rich text: Slack reads no mark-up in it, so that what
// looks like bold, a mention or <!channel> stays what was typed, and no one is called. Only addresses become links.
func render(m dialog.Message) ([]slackapi.Block, error) {
	blocks := []slackapi.Block{words(wordsBlock, m.Text)}
	if len(m.Buttons) == 0 {
		return blocks, nil
	}
	if full, shortened := fullLabels(m.Buttons); shortened {
		blocks = append(blocks, words(labelsBlock, full))
	}
	if len(m.Buttons) > maxButtons {
		menu, err := menu(m)
		return append(blocks, menu), err
	}
	rows, err := buttonRows(m)
	return append(blocks, rows...), err
}

// words is a text as it is typed, and after it a text in bold, if any.
func words(id, text string, bold ...string) *slackapi.RichTextBlock {
	section := slackapi.NewRichTextSection()
	add := func(e slackapi.RichTextSectionElement) { section.Elements = append(section.Elements, e) }
	text = strings.ToValidUTF8(text, "\uFFFD")
	from := 0
	for _, link := range regexp.MustCompile(address).FindAllStringIndex(text, -1) {
		if before := text[from:link[0]]; before != "" {
			add(slackapi.NewRichTextSectionTextElement(before, nil))
		}
		url := text[link[0]:link[1]]
		add(slackapi.NewRichTextSectionLinkElement(url, url, nil))
		from = link[1]
	}
	if from < len(text) {
		add(slackapi.NewRichTextSectionTextElement(text[from:], nil))
	}
	for _, b := range bold {
		add(slackapi.NewRichTextSectionTextElement(strings.ToValidUTF8(b, "\uFFFD"), &slackapi.RichTextSectionTextStyle{Bold: true}))
	}
	return slackapi.NewRichTextBlock(id, section)
}

// Words is a text as it was typed, in a block of its own: rich text, in which Slack reads no mark-up, so that a name or
// what a person wrote calls nobody and looks like nothing else. Only addresses become links. A title stands above it in
// bold; either may be empty, not both. Slack takes at most 3000 characters of one.
func Words(id, title, text string) *slackapi.RichTextBlock {
	if title == "" {
		return words(id, text)
	}
	if strings.TrimSpace(text) == "" {
		return words(id, "", title)
	}
	section := slackapi.NewRichTextSection()
	for _, part := range []*slackapi.RichTextBlock{words("", "", title+"\n"), words("", text)} {
		for _, e := range part.Elements {
			if own, ok := e.(*slackapi.RichTextSection); ok {
				section.Elements = append(section.Elements, own.Elements...)
			}
		}
	}
	return slackapi.NewRichTextBlock(id, section)
}

// buttonRows is one block for each row of buttons; the rows are about even.
func buttonRows(m dialog.Message) ([]slackapi.Block, error) {
	rows := (len(m.Buttons) + maxRow - 1) / maxRow
	cols := (len(m.Buttons) + rows - 1) / rows
	var blocks []slackapi.Block
	var row *slackapi.ActionBlock
	for i, b := range m.Buttons {
		data, err := encodeButton(m.Prompt, b.ID)
		if err != nil {
			return nil, err
		}
		if i%cols == 0 {
			row = slackapi.NewActionBlock("row" + strconv.Itoa(i/cols))
			blocks = append(blocks, row)
		}
		row.Elements.ElementSet = append(row.Elements.ElementSet,
			slackapi.NewButtonBlockElement("choice"+strconv.Itoa(i), data, label(b)))
	}
	return blocks, nil
}

// menu is a menu to choose from.
func menu(m dialog.Message) (slackapi.Block, error) {
	options := make([]*slackapi.OptionBlockObject, len(m.Buttons))
	for i, b := range m.Buttons {
		data, err := encodeButton(m.Prompt, b.ID)
		if err != nil {
			return nil, err
		}
		options[i] = slackapi.NewOptionBlockObject(data, label(b), nil)
	}
	return slackapi.NewActionBlock("row0",
		slackapi.NewOptionsSelectBlockElement(slackapi.OptTypeStatic, nil, "choice", options...)), nil
}

// label is what a button shows: on one line, shortened where it is too long, never empty.
func label(b dialog.Button) *slackapi.TextBlockObject {
	noEmoji := false
	return &slackapi.TextBlockObject{Type: slackapi.PlainTextType, Text: cut.Shorten(oneLine(b), maxLabel), Emoji: &noEmoji}
}

func oneLine(b dialog.Button) string {
	s := strings.Join(strings.Fields(strings.ToValidUTF8(b.Label, "\uFFFD")), " ")
	if s == "" {
		return b.ID
	}
	return s
}

// fullLabels lists all choices, one to a line, and tells whether a button shows less than its own.
func fullLabels(buttons []dialog.Button) (list string, shortened bool) {
	lines := make([]string, len(buttons))
	for i, b := range buttons {
		lines[i] = "- " + oneLine(b)
		shortened = shortened || cut.Units(oneLine(b)) > maxLabel
	}
	return cut.Shorten(strings.Join(lines, "\n"), maxWords), shortened
}
