package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"tandem/adapters/slack"
	"tandem/adapters/slack/pages"
	"tandem/bot"
	"tandem/dialog"
)

// triggerTime is how long Slack lets a modal be opened after a press.
const triggerTime = 3 * time.Second

var errOpening = errors.New("too many modals are being opened at once; Slack tells the person to press again")

// open opens the modal of a button, beside the updates that come in. All that is shown in it is in the button, so that
// nothing has to be looked up first.
func (d *slackDoor) open(ctx context.Context, u bot.Update, act pages.Act, trigger string) error {
	texts := d.words.In(act.Lang)
	window, ok := texts.Window(act)
	if !ok {
		return nil
	}
	select {
	case d.opening <- struct{}{}:
	default:
		return errOpening
	}
	ctx = context.WithoutCancel(ctx)
	go func() {
		defer func() { <-d.opening }()
		limit, cancel := context.WithTimeout(ctx, triggerTime)
		defer cancel()
		_, err := d.OpenView(limit, trigger, u.Conversation, window)
		if err == nil || errors.Is(err, slack.ErrTriggerUsed) { // it was delivered again, and they have the modal
			return
		}
		var refused *bot.SendError
		if !errors.As(err, &refused) { // of those, the adapter has told
			d.log.Error("a modal could not be opened", "platform", theSlack, "error", err)
		}
		d.tell(ctx, u.From.ID, texts.Told.Late)
	}()
	return nil
}

// tell says something to a person that concerns nothing but their screen, and so is not kept.
func (d *slackDoor) tell(ctx context.Context, user, text string) {
	ctx, cancel := context.WithTimeout(ctx, personTime)
	defer cancel()
	dm, err := d.dm(ctx, user)
	if err == nil {
		_, err = d.Send(ctx, dm, bot.Outgoing{Kind: bot.Say, Message: dialog.Message{Text: text}})
	}
	if err != nil {
		d.log.Warn("somebody could not be told that a modal did not open", "platform", theSlack, "error", err)
	}
}

// submit takes in what was sent off with a modal: the first window is answered with how it will look, and only that one
// makes an update for the bot. Nothing is remembered between the two; all of it is in the modal.
func (d *slackDoor) submit(ctx context.Context, u bot.Update) (slack.Reply, error) {
	sent, _ := slack.SubmittedOf(u)
	filled, err := d.words.Read(sent, u.Conversation)
	if err != nil {
		d.passOver("a modal that cannot be read was sent off and is passed over", err)
		if errors.Is(err, pages.ErrOld) {
			go d.tell(context.WithoutCancel(ctx), u.From.ID, d.words.In(d.lib.Language(d.who(ctx, u.From.ID).Locale)).Told.Old)
		}
		return slack.Reply{}, nil
	}
	dm, err := d.dm(ctx, u.From.ID)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("find whose modal it is: %w", err)
	}
	switch {
	case dm != u.Conversation:
		d.passOver("a modal was sent off by somebody whose conversation it is not, and is refused", nil)
		return slack.Reply{}, nil
	case len(filled.Errors) > 0:
		return slack.Reply{Errors: filled.Errors}, nil
	case !filled.Final:
		view := filled.Texts.BeforeSending(filled.Draft, cmp.Or(d.names[dm], d.who(ctx, u.From.ID).Name))
		return slack.Reply{Push: &view}, nil
	}
	return slack.Reply{}, d.pass(ctx, done(u, sent.View, filled.Draft))
}

func (d *slackDoor) passOver(what string, err error) {
	d.log.Warn(what, "platform", theSlack, "count", d.dropped.Add(1), "error", err)
}

// done is what a practitioner does with a modal. Each modal that is opened is done once: its delivery is named after the
// view, and not after the trigger, because who was told to try again, although it was stored, sends the same view off
// with another trigger. What was typed is the input too, so that the safety screen sees it (invariant 8).
func done(u bot.Update, view string, d pages.Draft) bot.Update {
	if before, _, ok := strings.Cut(u.Delivery, ":trigger:"); ok && view != "" {
		u.Delivery = before + ":view:" + view
	}
	u.Event, u.With = bot.Desk, doing(d)
	u.Input = dialog.Input{Kind: dialog.Text, Text: strings.TrimSpace(d.Text + "\n" + d.Note)}
	return u
}

// doing is a draft as the bot takes it. Its number is one as it comes out of the store.
func doing(d pages.Draft) map[string]any {
	switch d.Do {
	case pages.Letter:
		return map[string]any{"do": "letter", "case": d.Case, "text": d.Text}
	case pages.Invite:
		return map[string]any{"do": "invite", "name": d.Text}
	}
	return map[string]any{"do": "propose", "case": d.Case, "goal": d.Goal, "base": float64(d.Base), "kind": d.Kind, "text": d.Text, "note": d.Note}
}
