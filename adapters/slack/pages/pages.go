// Package pages is what a practitioner sees of Tandem in Slack beside the conversation: the App Home with the caseload
// and a client's page, and the modals in which something is written, suggested or offered. It turns what the application
// tells into blocks within Slack's limits, and reads back what buttons and modals carry. It contacts nobody and decides
// nothing.
//
// What people wrote, and what they are called, is shown as rich text or plain text alone.
package pages

import (
	"fmt"
	"strings"

	slackapi "github.com/slack-go/slack"

	"tandem/adapters/cut"
	"tandem/adapters/slack"
)

// What a view holds at most. Slack takes 100 blocks and 250 kB; a page of less is read more easily.
const (
	mostBlocks = 60
	mostUnits  = 20_000 // UTF-16 units of text
	mostWords  = 2900   // of one block
)

// page is blocks in the making. The first mistake is kept: a button that carries too much.
type page struct {
	lang   string // of its buttons
	blocks []slackapi.Block
	err    error
}

// id names the next block: no two of a view may have the same name.
func (p *page) id() string { return fmt.Sprintf("b%d", len(p.blocks)) }

func (p *page) add(b slackapi.Block) { p.blocks = append(p.blocks, b) }

// words adds a text under a title, in as many blocks as it needs; nothing where there is neither.
func (p *page) words(title, text string) {
	text, title = strings.TrimSpace(text), cut.Shorten(strings.TrimSpace(title), 1000)
	if text == "" && title == "" {
		return
	}
	if text == "" {
		p.add(slack.Words(p.id(), title, ""))
		return
	}
	for _, piece := range cut.Split(text, mostWords-cut.Units(title)) {
		p.add(slack.Words(p.id(), title, piece))
		title = ""
	}
}

// list adds lines under a title; nothing where there are no lines.
func (p *page) list(title string, lines []string) {
	if len(lines) > 0 {
		p.words(title, "• "+strings.Join(lines, "\n• "))
	}
}

// heading adds a name in large letters.
func (p *page) heading(text string) {
	p.add(slackapi.NewHeaderBlock(plain(text, 150), slackapi.HeaderBlockOptionBlockID(p.id())))
}

// aside adds a line in small letters.
func (p *page) aside(text string) {
	if strings.TrimSpace(text) != "" {
		p.add(slackapi.NewContextBlock(p.id(), plain(text, mostWords)))
	}
}

func (p *page) divider() {
	b := slackapi.NewDividerBlock()
	b.BlockID = p.id()
	p.add(b)
}

// buttons adds a row of buttons; nothing where there are none.
func (p *page) buttons(row ...slackapi.BlockElement) {
	if len(row) > 0 {
		p.add(slackapi.NewActionBlock(p.id(), row...))
	}
}

// button makes a button that does something.
func (p *page) button(label string, do Act) *slackapi.ButtonBlockElement {
	do.Lang = p.lang
	value, err := do.value()
	if err != nil && p.err == nil {
		p.err = err
	}
	return slackapi.NewButtonBlockElement(do.id(), value, plain(label, 75))
}

// plain is a text in which Slack reads no mark-up, and no :names: of pictures.
func plain(text string, most int) *slackapi.TextBlockObject {
	noEmoji := false
	return &slackapi.TextBlockObject{Type: slackapi.PlainTextType, Text: cut.Shorten(text, most), Emoji: &noEmoji}
}

// leastUnits is what a block counts at least, so that numbers and the chart in their place count the same.
const leastUnits = 200

// units is about how much there is to read in a block.
func units(b slackapi.Block) int {
	n := 0
	if b, ok := b.(*slackapi.RichTextBlock); ok {
		for _, e := range b.Elements {
			n += sectionUnits(e)
		}
	}
	return max(n, leastUnits)
}

func sectionUnits(e slackapi.RichTextElement) (n int) {
	section, ok := e.(*slackapi.RichTextSection)
	if !ok {
		return 0
	}
	for _, part := range section.Elements {
		switch part := part.(type) {
		case *slackapi.RichTextSectionTextElement:
			n += cut.Units(part.Text)
		case *slackapi.RichTextSectionLinkElement:
			n += 2 * cut.Units(part.URL)
		}
	}
	return n
}
