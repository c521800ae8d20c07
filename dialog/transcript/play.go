package transcript

import (
	"fmt"
	"time"

	"tandem/dialog"
)

// Stage is where a transcript is played: an engine, or the whole application.
type Stage interface {
	// Begin sets up what the head says and starts the conversation.
	Begin(head string) ([]dialog.Message, error)
	// Input hands over what the person did.
	Input(in dialog.Input) ([]dialog.Message, error)
	// Wait lets time go by.
	Wait(d time.Duration) ([]dialog.Message, error)
	// Kept tells what is kept now, as "goal words = lay the clothes out"; what names the part before the sign.
	Kept(what string) (string, error)
}

// Play plays the person's side of a transcript and gives it back with what came out in place of what was written. The
// two are the same where the transcript holds.
func (t *Transcript) Play(s Stage) (*Transcript, error) {
	out := &Transcript{Head: t.Head}
	p := player{out: out}
	first, err := s.Begin(t.Head)
	if err != nil {
		return nil, err
	}
	p.said(first)
	for _, l := range t.Lines {
		if l.Who == Tandem {
			continue
		}
		if err := p.line(s, l); err != nil {
			return out, fmt.Errorf("line %d: %w", l.Number, err)
		}
	}
	return out, nil
}

// player remembers the buttons that the person can press.
type player struct {
	out   *Transcript
	shown []dialog.Message
	sent  []string // what the person typed, message by message
}

func (p *player) said(messages []dialog.Message) {
	for _, m := range messages {
		p.out.Lines = append(p.out.Lines, Say(m))
		if len(m.Buttons) > 0 {
			p.shown = append(p.shown, m)
		}
	}
}

func (p *player) line(s Stage, l Line) error {
	if l.Who == Kept {
		kept, err := s.Kept(l.Text)
		l.Text = kept
		p.out.Lines = append(p.out.Lines, l)
		return err
	}
	p.out.Lines = append(p.out.Lines, l)
	var messages []dialog.Message
	var err error
	switch l.Who {
	case Clock:
		messages, err = s.Wait(l.Wait)
	case Client:
		var in dialog.Input
		if in, err = p.input(l); err == nil {
			messages, err = s.Input(in)
		}
	}
	p.said(messages)
	return err
}

// input makes the input of a line. A press finds the newest button with the label: pressing an old one is told by its
// label standing only in an older message.
func (p *player) input(l Line) (dialog.Input, error) {
	p.sent = append(p.sent, l.Text)
	in := dialog.Input{Kind: dialog.Text, Text: l.Text, Ref: fmt.Sprintf("m%d", len(p.sent))}
	switch {
	case l.Changes != "":
		return p.change(l)
	case l.Media != "":
		in.Kind, in.Media = dialog.Media, l.Media
	case l.Press:
		for i := len(p.shown) - 1; i >= 0; i-- {
			for _, b := range p.shown[i].Buttons {
				if b.Label == l.Text {
					return dialog.Input{Kind: dialog.Press, Prompt: p.shown[i].Prompt, Choice: b.ID, Ref: in.Ref}, nil
				}
			}
		}
		return in, fmt.Errorf("there is no button [%s] to press", l.Text)
	}
	return in, nil
}

// change makes the input of an edit: the newest message that said the old words.
func (p *player) change(l Line) (dialog.Input, error) {
	for i := len(p.sent) - 2; i >= 0; i-- {
		if p.sent[i] == l.Changes {
			p.sent[i], p.sent = l.Text, p.sent[:len(p.sent)-1]
			return dialog.Input{Kind: dialog.Text, Text: l.Text, Ref: fmt.Sprintf("m%d", i+1), Edited: true}, nil
		}
	}
	return dialog.Input{}, fmt.Errorf("there is no message %q to change", l.Changes)
}
