package pages

import (
	"slices"
	"strconv"
	"strings"

	slackapi "github.com/slack-go/slack"

	"tandem/adapters/slack"
)

// The modals, by callback id: those in which something is typed, and those that show it before it goes.
const (
	letterModal  = "letter"
	suggestModal = "suggest"
	inviteModal  = "invite"
	previewModal = "preview"
)

// The inputs, by block.
const (
	textInput = "text"
	noteInput = "note"
	kindInput = "kind"
	nameInput = "name"
)

// What may be typed, in characters: with all else that a modal carries it has to fit in 3000. A suggestion and its note
// may be as long as where they are typed in the conversation.
const (
	mostLetter     = 2700
	mostSuggestion = 1000
	mostNote       = 1000
)

// newGoal is what a suggestion is that belongs to no goal yet.
const newGoal = "goal"

// kinds are what can be suggested for a goal, as it is worded, in order.
func (t *Texts) kinds() (ids, labels []string) {
	return []string{"words", "measure", "step", "comment", "affirmation"},
		[]string{t.Kinds.Words, t.Kinds.Measure, t.Kinds.Step, t.Kinds.Comment, t.Kinds.Affirmation}
}

// Window is the modal that a button opens, with nothing typed yet; false: the button opens none.
func (t *Texts) Window(a Act) (slackapi.ModalViewRequest, bool) {
	a = a.short()
	d := Draft{Do: a.Do, Lang: t.lang, Case: a.Case, Name: a.Name, Goal: a.Goal, Base: a.Base, Title: a.Title}
	p := &page{lang: t.lang}
	switch a.Do {
	case Letter:
		p.aside(fill(t.Modal.ForWhom, "name", a.Name))
		p.input(textInput, t.Modal.Message, mostLetter, true)
		return t.window(letterModal, t.Modal.Letter, t.Modal.Next, p, d), true
	case Suggest:
		title := t.suggestion(p, a, &d)
		return t.window(suggestModal, title, t.Modal.Next, p, d), true
	case Invite:
		p.input(nameInput, t.Modal.Called, mostName, false)
		p.aside(t.Modal.CalledWhy)
		return t.window(inviteModal, t.Modal.Invite, t.Modal.Make, p, d), true
	}
	return slackapi.ModalViewRequest{}, false
}

// suggestion fills the window in which something is suggested, and tells its title.
func (t *Texts) suggestion(p *page, a Act, d *Draft) (title string) {
	p.aside(fill(t.Modal.ForWhom, "name", a.Name))
	title, label := t.Modal.NewGoal, t.Modal.GoalText
	if a.Goal == "" {
		d.Kind = newGoal
	} else {
		title, label = t.Modal.Suggest, t.Modal.Text
		p.aside(fill(t.Modal.About, "title", a.Title))
		p.menu(t)
	}
	p.input(textInput, label, mostSuggestion, true)
	p.input(noteInput, t.Modal.Note, mostNote, true)
	if note, ok := p.blocks[len(p.blocks)-1].(*slackapi.InputBlock); ok {
		note.Optional = true
	}
	return title
}

func (t *Texts) window(callback, title, submit string, p *page, d Draft) slackapi.ModalViewRequest {
	closing := t.Modal.Cancel
	if callback == previewModal {
		closing = t.Modal.Back
	}
	return slackapi.ModalViewRequest{Type: slackapi.VTModal, CallbackID: callback, Title: plain(title, 24), Submit: plain(submit, 24),
		Close: plain(closing, 24), PrivateMetadata: d.carried(), Blocks: slackapi.Blocks{BlockSet: p.blocks}}
}

// input adds a field to type in.
func (p *page) input(id, label string, most int, lines bool) {
	e := slackapi.NewPlainTextInputBlockElement(nil, "typed")
	e.Multiline, e.MaxLength = lines, most
	p.add(slackapi.NewInputBlock(id, plain(label, 2000), nil, e))
}

// menu adds the choice of what is suggested.
func (p *page) menu(t *Texts) {
	ids, labels := t.kinds()
	options := make([]*slackapi.OptionBlockObject, len(ids))
	for i, id := range ids {
		options[i] = slackapi.NewOptionBlockObject(id, plain(labels[i], 75), nil)
	}
	menu := slackapi.NewOptionsSelectBlockElement(slackapi.OptTypeStatic, nil, "chosen", options...)
	p.add(slackapi.NewInputBlock(kindInput, plain(t.Modal.Kind, 2000), nil, menu))
}

// Filled is a modal that was sent off, read.
type Filled struct {
	Texts  *Texts // in the language of the window
	Draft  Draft
	Final  bool              // it is to be done; else the practitioner is shown first what the client will see
	Errors map[string]string // what is to be mended, by block; empty: nothing
}

// Read reads a modal of a conversation that was sent off. It fails with ErrForeign or ErrOld.
func (w *Words) Read(s slack.Submitted, conversation string) (Filled, error) {
	switch s.CallbackID {
	case letterModal, suggestModal, inviteModal, previewModal:
	default:
		return Filled{}, ErrForeign
	}
	d, err := ReadDraft(s.Carried)
	if err != nil {
		return Filled{}, err
	}
	t := w.In(d.Lang)
	f := Filled{Texts: t, Draft: d, Final: true, Errors: map[string]string{}}
	switch {
	case s.CallbackID == previewModal && d.Do != Invite && strings.TrimSpace(d.Text) != "":
		return f, nil
	case s.CallbackID == inviteModal && d.Do == Invite:
		f.Draft.Text = strings.Join(strings.Fields(value(s, nameInput)), " ")
		f.need(nameInput)
		return f, nil
	case s.CallbackID == letterModal && d.Do == Letter, s.CallbackID == suggestModal && d.Do == Suggest:
	default:
		return Filled{}, ErrOld
	}
	f.Final = false
	f.Draft.Text, f.Draft.Note = strings.TrimSpace(value(s, textInput)), strings.TrimSpace(value(s, noteInput))
	if d.Do == Suggest && d.Kind != newGoal {
		f.Draft.Kind = value(s, kindInput)
		if ids, _ := t.kinds(); !slices.Contains(ids, f.Draft.Kind) {
			f.Errors[kindInput] = t.Modal.Empty
		}
	}
	f.need(textInput)
	f.fit(conversation)
	return f, nil
}

// need sees that something was typed.
func (f *Filled) need(block string) {
	if f.Draft.Text == "" {
		f.Errors[block] = f.Texts.Modal.Empty
	}
}

// fit sees that what was typed can be carried on.
func (f *Filled) fit(conversation string) {
	over := f.Draft.Over(conversation)
	if over == 0 {
		return
	}
	text := f.Texts.Modal.TooLong
	if f.Draft.Note != "" {
		text = f.Texts.Modal.TooMuch
	}
	f.Errors[textInput] = fill(text, "over", strconv.Itoa(over))
}

// value is what stands in an input.
func value(s slack.Submitted, block string) string { return strings.Join(s.Values[block], "\n") }
