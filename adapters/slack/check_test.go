package slack_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	slackapi "github.com/slack-go/slack"

	"tandem/adapters/adaptertest"
	"tandem/adapters/slack"
)

func str(n int) string { return strings.Repeat("x", n) }

func text(n int) *slackapi.TextBlockObject {
	return slackapi.NewTextBlockObject("plain_text", str(n), false, false)
}

func button(id, label, value int) *slackapi.ButtonBlockElement {
	return slackapi.NewButtonBlockElement(str(id), str(value), text(label))
}

// row is so many buttons, each with an id of its own.
func row(n int) *slackapi.ActionBlock {
	b := slackapi.NewActionBlock("")
	for i := range n {
		one := button(0, 1, 1)
		one.ActionID = fmt.Sprint("b", i)
		b.Elements.ElementSet = append(b.Elements.ElementSet, one)
	}
	return b
}

func options(n, label, value int) (list []*slackapi.OptionBlockObject) {
	for range n {
		list = append(list, slackapi.NewOptionBlockObject(str(value), text(label), nil))
	}
	return list
}

func menu(n, label, value int) slackapi.Block {
	return slackapi.NewActionBlock("", slackapi.NewOptionsSelectBlockElement("static_select", nil, "m", options(n, label, value)...))
}

func rich(parts ...slackapi.RichTextSectionElement) slackapi.Block {
	return slackapi.NewRichTextBlock("", slackapi.NewRichTextSection(parts...))
}

func richText(n int) slackapi.RichTextSectionElement {
	return slackapi.NewRichTextSectionTextElement(str(n), nil)
}

func many(n int, b slackapi.Block) (list []slackapi.Block) {
	for range n {
		list = append(list, b)
	}
	return list
}

func contexts(n int) slackapi.Block {
	b := slackapi.NewContextBlock("")
	for range n {
		b.ContextElements.Elements = append(b.ContextElements.Elements, text(1))
	}
	return b
}

func fields(n, length int) *slackapi.SectionBlock {
	b := slackapi.NewSectionBlock(nil, nil, nil)
	for range n {
		b.Fields = append(b.Fields, text(length))
	}
	return b
}

func accessory(e slackapi.BlockElement) slackapi.Block {
	return slackapi.NewSectionBlock(text(1), nil, slackapi.NewAccessory(e))
}

// TestCheckEdges goes over every limit: what is at it passes, what is one beyond does not.
func TestCheckEdges(t *testing.T) {
	divider := slackapi.NewDividerBlock()
	for name, c := range map[string]struct {
		make     func(n int) []slackapi.Block
		least, n int
	}{
		"blocks": {func(n int) []slackapi.Block { return many(n, divider) }, 1, 50},
		"block id": {func(n int) []slackapi.Block {
			return []slackapi.Block{slackapi.NewSectionBlock(text(1), nil, nil, slackapi.SectionBlockOptionBlockID(str(n)))}
		}, 0, 255},
		"section":          {func(n int) []slackapi.Block { return []slackapi.Block{slackapi.NewSectionBlock(text(n), nil, nil)} }, 1, 3000},
		"fields":           {func(n int) []slackapi.Block { return []slackapi.Block{fields(n, 1)} }, 1, 10},
		"field":            {func(n int) []slackapi.Block { return []slackapi.Block{fields(1, n)} }, 1, 2000},
		"header":           {func(n int) []slackapi.Block { return []slackapi.Block{slackapi.NewHeaderBlock(text(n))} }, 1, 150},
		"context":          {func(n int) []slackapi.Block { return []slackapi.Block{contexts(n)} }, 1, 10},
		"rich text":        {func(n int) []slackapi.Block { return []slackapi.Block{rich(richText(n))} }, 1, 3000},
		"rich text in two": {func(n int) []slackapi.Block { return []slackapi.Block{rich(richText(1), richText(n-1))} }, 2, 3000},
		"link": {func(n int) []slackapi.Block {
			return []slackapi.Block{rich(slackapi.NewRichTextSectionLinkElement(str(n), "", nil))}
		}, 1, 3000},
		"buttons":        {func(n int) []slackapi.Block { return []slackapi.Block{row(n)} }, 1, 25},
		"label":          {func(n int) []slackapi.Block { return []slackapi.Block{slackapi.NewActionBlock("", button(1, n, 1))} }, 1, 75},
		"value":          {func(n int) []slackapi.Block { return []slackapi.Block{slackapi.NewActionBlock("", button(1, 1, n))} }, 0, 2000},
		"action id":      {func(n int) []slackapi.Block { return []slackapi.Block{slackapi.NewActionBlock("", button(n, 1, 1))} }, 0, 255},
		"options":        {func(n int) []slackapi.Block { return []slackapi.Block{menu(n, 1, 1)} }, 1, 100},
		"option":         {func(n int) []slackapi.Block { return []slackapi.Block{menu(1, n, 1)} }, 1, 75},
		"option's value": {func(n int) []slackapi.Block { return []slackapi.Block{menu(1, 1, n)} }, 1, 150},
		"accessory":      {func(n int) []slackapi.Block { return []slackapi.Block{accessory(button(1, n, 1))} }, 1, 75},
		"overflow": {func(n int) []slackapi.Block {
			return []slackapi.Block{accessory(slackapi.NewOverflowBlockElement("o", options(n, 1, 1)...))}
		}, 1, 5},
		"checkboxes": {func(n int) []slackapi.Block {
			return []slackapi.Block{slackapi.NewActionBlock("", slackapi.NewCheckboxGroupsBlockElement("c", options(n, 1, 1)...))}
		}, 1, 10},
		"radio buttons": {func(n int) []slackapi.Block {
			return []slackapi.Block{slackapi.NewActionBlock("", slackapi.NewRadioButtonsBlockElement("r", options(n, 1, 1)...))}
		}, 1, 10},
		"input label": {func(n int) []slackapi.Block {
			return []slackapi.Block{slackapi.NewInputBlock("", text(n), nil, slackapi.NewPlainTextInputBlockElement(nil, "i"))}
		}, 1, 2000},
		"input placeholder": {func(n int) []slackapi.Block {
			return []slackapi.Block{slackapi.NewInputBlock("", text(1), nil, slackapi.NewPlainTextInputBlockElement(text(n), "i"))}
		}, 1, 150},
	} {
		t.Run(name, func(t *testing.T) {
			for n, want := range map[int]bool{c.least: true, c.n: true, c.n + 1: false, c.least - 1: false} {
				if n < 0 {
					continue
				}
				if err := slack.Check(c.make(n)); (err == nil) != want {
					t.Errorf("%d: %v", n, err)
				}
			}
			// A Slack of its own code says the same of what is at the limit.
			if word := slackSays(t, c.make(c.n)); word != "" {
				t.Errorf("the fake refuses what is at the limit: %s", word)
			}
		})
	}
}

// slackSays posts blocks to the fake, past the adapter, and returns its word for what is wrong.
func slackSays(t *testing.T, blocks []slackapi.Block) string {
	t.Helper()
	fake := adaptertest.NewSlack(t, adaptertest.SlackOptions{})
	fake.DM(5)
	api := slackapi.New(fake.Token, slackapi.OptionAPIURL(fake.URL()+"/"))
	if _, _, err := api.PostMessageContext(t.Context(), "D5", slackapi.MsgOptionBlocks(blocks...), slackapi.MsgOptionText("x", false)); err != nil {
		return err.Error()
	}
	return ""
}

// TestCheckRefuses: what Slack refuses for other reasons, and what is not known here. No error holds what was written.
func TestCheckRefuses(t *testing.T) {
	secret := slackapi.NewTextBlockObject("plain_text", "secretword"+str(3000), false, false)
	same := row(2)
	same.Elements.ElementSet[1] = same.Elements.ElementSet[0]
	unknown := accessory(&slackapi.UnknownBlockElement{})
	for name, blocks := range map[string][]slackapi.Block{
		"none":                 nil,
		"a nil":                {nil},
		"no text":              {slackapi.NewSectionBlock(nil, nil, nil)},
		"too long":             {slackapi.NewSectionBlock(secret, nil, nil)},
		"the same block id":    {slackapi.NewActionBlock("a", button(1, 1, 1)), slackapi.NewActionBlock("a", button(1, 1, 1))},
		"the same action id":   {same},
		"no elements":          {&slackapi.ActionBlock{Type: slackapi.MBTAction}},
		"a nil option":         {slackapi.NewActionBlock("", slackapi.NewOptionsSelectBlockElement("static_select", nil, "m", nil))},
		"no picture":           {slackapi.NewImageBlock("", "x", "", nil)},
		"two pictures":         {&slackapi.ImageBlock{Type: slackapi.MBTImage, ImageURL: "https://a.test/x.png", AltText: "x", SlackFile: &slackapi.SlackFileObject{ID: "F1"}}},
		"a picture's address":  {slackapi.NewImageBlockSlackFile(&slackapi.SlackFileObject{URL: "https://a.test/x.png"}, "x", "", nil)},
		"a picture of nothing": {slackapi.NewImageBlockSlackFile(&slackapi.SlackFileObject{ID: "F1"}, "", "", nil)},
		"an unknown block":     {slackapi.NewFileBlock("", "x", "remote")},
		"an unknown element":   {slackapi.NewActionBlock("", &slackapi.UnknownBlockElement{})},
		"an unknown accessory": {unknown},
		"an empty part":        {rich(richText(1), richText(0))},
		"a mention":            {rich(slackapi.NewRichTextSectionBroadcastElement("channel"))},
		"a list":               {slackapi.NewRichTextBlock("", slackapi.NewRichTextList("bullet", 0))},
	} {
		if err := slack.Check(blocks); err == nil || strings.Contains(err.Error(), "secretword") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCheckModal(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*slackapi.ModalViewRequest)
		ok     bool
	}{
		"as it is":          {func(*slackapi.ModalViewRequest) {}, true},
		"title":             {func(v *slackapi.ModalViewRequest) { v.Title = text(24) }, true},
		"title over":        {func(v *slackapi.ModalViewRequest) { v.Title = text(25) }, false},
		"no title":          {func(v *slackapi.ModalViewRequest) { v.Title = nil }, false},
		"submit over":       {func(v *slackapi.ModalViewRequest) { v.Submit = text(25) }, false},
		"close":             {func(v *slackapi.ModalViewRequest) { v.Close = text(24) }, true},
		"close over":        {func(v *slackapi.ModalViewRequest) { v.Close = text(25) }, false},
		"callback":          {func(v *slackapi.ModalViewRequest) { v.CallbackID = str(255) }, true},
		"callback over":     {func(v *slackapi.ModalViewRequest) { v.CallbackID = str(256) }, false},
		"metadata":          {func(v *slackapi.ModalViewRequest) { v.PrivateMetadata = str(3000) }, true},
		"metadata over":     {func(v *slackapi.ModalViewRequest) { v.PrivateMetadata = str(3001) }, false},
		"hundred blocks":    {func(v *slackapi.ModalViewRequest) { v.Blocks.BlockSet = many(100, slackapi.NewDividerBlock()) }, true},
		"more than hundred": {func(v *slackapi.ModalViewRequest) { v.Blocks.BlockSet = many(101, slackapi.NewDividerBlock()) }, false},
	} {
		v := modal()
		c.change(&v)
		if err := slack.CheckModal(v); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	for n, ok := range map[int]bool{0: false, 1: true, 100: true, 101: false} {
		if err := slack.CheckHome(many(n, slackapi.NewDividerBlock())); (err == nil) != ok {
			t.Errorf("an App Home of %d blocks: %v", n, err)
		}
	}
}

// TestBlocksDecode: what is sent is what the library reads back.
func TestBlocksDecode(t *testing.T) {
	data, err := json.Marshal(slackapi.Blocks{BlockSet: []slackapi.Block{rich(richText(3)), row(2)}})
	if err != nil {
		t.Fatal(err)
	}
	var again slackapi.Blocks
	if err := json.Unmarshal(data, &again); err != nil || slack.Check(again.BlockSet) != nil {
		t.Errorf("%v, %v: %s", err, slack.Check(again.BlockSet), data)
	}
}
