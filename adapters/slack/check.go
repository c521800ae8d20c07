package slack

import (
	"errors"
	"fmt"

	slackapi "github.com/slack-go/slack"

	"tandem/adapters/cut"
)

// The limits of Block Kit, in characters (counted as UTF-16 units, the larger way) and in numbers of things:
// https://docs.slack.dev/reference/block-kit/blocks and the pages beside it. That of rich text is not documented; ours
// is that of a section.
const (
	maxBlocks      = 50 // in a message
	maxViewBlocks  = 100
	maxWords       = 3000 // of a section, or of a rich text
	maxFields      = 10
	maxField       = 2000
	maxHeader      = 150
	maxContext     = 10
	maxElements    = 25 // in an actions block
	maxLabel       = 75 // of a button or an option
	maxValue       = 2000
	maxID          = 255 // of a block, an action, a callback
	maxOptions     = 100 // of a menu
	maxBoxes       = 10  // checkboxes or radio buttons
	maxOverflow    = 5
	maxPlaceholder = 150
	maxInputLabel  = 2000
	maxTyped       = 3000 // what may be asked for in one input
	maxURL         = 3000
	maxAlt         = 2000
	maxTitle       = 24 // of a modal, and of its buttons
	maxMetadata    = 3000
)

// Check tells whether Slack takes the blocks of a message. Its error says which block breaks which limit, and none of
// what is in it. A kind of block that Tandem does not use is refused: its limits are not known here.
func Check(blocks []slackapi.Block) error { return checkBlocks(blocks, maxBlocks) }

// CheckModal tells whether Slack takes a modal.
func CheckModal(v slackapi.ModalViewRequest) error {
	return errors.Join(
		text("title", v.Title, 1, maxTitle),
		optional("submit button", v.Submit, maxTitle),
		optional("close button", v.Close, maxTitle),
		length("callback_id", v.CallbackID, 0, maxID),
		length("private_metadata", v.PrivateMetadata, 0, maxMetadata),
		checkBlocks(v.Blocks.BlockSet, maxViewBlocks),
	)
}

// CheckHome tells whether Slack takes an App Home.
func CheckHome(blocks []slackapi.Block) error { return checkBlocks(blocks, maxViewBlocks) }

func checkBlocks(blocks []slackapi.Block, most int) error {
	if err := number("blocks", len(blocks), 1, most); err != nil {
		return err
	}
	ids := map[string]bool{}
	for i, b := range blocks {
		if b == nil {
			return fmt.Errorf("block %d is missing", i+1)
		}
		err := errors.Join(length("block_id", b.ID(), 0, maxID), checkBlock(b))
		if id := b.ID(); id != "" && ids[id] {
			err = errors.Join(err, errors.New("its block_id is that of another"))
		}
		ids[b.ID()] = true
		if err != nil {
			return fmt.Errorf("block %d (%s): %w", i+1, b.BlockType(), err)
		}
	}
	return nil
}

func checkBlock(b slackapi.Block) error {
	switch b := b.(type) {
	case *slackapi.RichTextBlock:
		return checkRichText(b)
	case *slackapi.ActionBlock:
		return checkActions(b)
	case *slackapi.SectionBlock:
		return checkSection(b)
	case *slackapi.HeaderBlock:
		return text("text", b.Text, 1, maxHeader)
	case *slackapi.ContextBlock:
		return checkContext(b)
	case *slackapi.InputBlock:
		return errors.Join(text("label", b.Label, 1, maxInputLabel), optional("hint", b.Hint, maxInputLabel), checkElement(b.Element))
	case *slackapi.ImageBlock:
		return errors.Join(checkPicture(b), length("alt_text", b.AltText, 1, maxAlt), optional("title", b.Title, maxAlt))
	case *slackapi.DividerBlock:
		return nil
	}
	return errors.New("a kind of block that is not used here")
}

func checkSection(b *slackapi.SectionBlock) error {
	err := number("fields", len(b.Fields), 0, maxFields)
	if b.Text != nil || len(b.Fields) == 0 {
		err = errors.Join(err, text("text", b.Text, 1, maxWords))
	}
	for _, f := range b.Fields {
		err = errors.Join(err, text("field", f, 1, maxField))
	}
	if a := b.Accessory; a != nil {
		switch {
		case a.ButtonElement != nil:
			return errors.Join(err, checkElement(a.ButtonElement))
		case a.SelectElement != nil:
			return errors.Join(err, checkElement(a.SelectElement))
		case a.OverflowElement != nil:
			return errors.Join(err, checkElement(a.OverflowElement))
		}
		return errors.Join(err, errors.New("a kind of accessory that is not used here"))
	}
	return err
}

// checkPicture sees that an image is at an address, or a file on Slack, and not both.
func checkPicture(b *slackapi.ImageBlock) error {
	onSlack := b.SlackFile != nil
	if onSlack == (b.ImageURL != "") || (onSlack && !isID(b.SlackFile.ID)) {
		return errors.New("an image is at an address or a file on Slack, one of them")
	}
	return length("image_url", b.ImageURL, 0, maxURL)
}

func checkContext(b *slackapi.ContextBlock) error {
	err := number("elements", len(b.ContextElements.Elements), 1, maxContext)
	for _, e := range b.ContextElements.Elements {
		t, ok := e.(*slackapi.TextBlockObject)
		if !ok {
			return errors.Join(err, errors.New("a kind of element that is not used here"))
		}
		err = errors.Join(err, text("text", t, 1, maxWords))
	}
	return err
}

// checkRichText checks what words() makes: sections of texts and links, none of them empty.
func checkRichText(b *slackapi.RichTextBlock) error {
	units := 0
	for _, e := range b.Elements {
		section, ok := e.(*slackapi.RichTextSection)
		if !ok {
			return errors.New("a kind of rich text that is not used here")
		}
		for _, part := range section.Elements {
			switch part := part.(type) {
			case *slackapi.RichTextSectionTextElement:
				if part.Text == "" {
					return errors.New("an empty text")
				}
				units += cut.Units(part.Text)
			case *slackapi.RichTextSectionLinkElement:
				if err := length("url", part.URL, 1, maxURL); err != nil {
					return err
				}
				units += max(cut.Units(part.Text), cut.Units(part.URL))
			default:
				return errors.New("a kind of rich text that is not used here")
			}
		}
	}
	return number("characters", units, 1, maxWords)
}

// text checks a text object that must be there.
func text(what string, t *slackapi.TextBlockObject, least, most int) error {
	if t == nil {
		return fmt.Errorf("the %s is missing", what)
	}
	return length(what, t.Text, least, most)
}

func optional(what string, t *slackapi.TextBlockObject, most int) error {
	if t == nil {
		return nil
	}
	return text(what, t, 1, most)
}

func length(what, s string, least, most int) error {
	return number("characters of the "+what, cut.Units(s), least, most)
}

func number(what string, n, least, most int) error {
	if n < least || n > most {
		return fmt.Errorf("%d %s, and Slack takes %d to %d", n, what, least, most)
	}
	return nil
}
