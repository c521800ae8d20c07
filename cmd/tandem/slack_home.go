package main

import (
	"context"
	"errors"
	"fmt"

	slackapi "github.com/slack-go/slack"

	"tandem/adapters/slack"
	"tandem/adapters/slack/pages"
	"tandem/bot"
	"tandem/bot/desk"
)

// home notes that somebody looks at the App Home, which is shown anew from the beginning.
func (d *slackDoor) home(_ context.Context, u bot.Update) error {
	if opened, ok := slack.OpenedOf(u); ok && opened.Tab == "home" {
		d.homes.want(wish{user: u.From.ID, act: pages.Act{Do: pages.List}})
	}
	return nil
}

// press does what a button of a page says: another page, or a modal. Nothing of it is stored, and nothing is waited for.
func (d *slackDoor) press(ctx context.Context, u bot.Update) error {
	pressed, _ := slack.PressedOf(u)
	act, err := pages.ReadAct(pressed.Data)
	if err != nil {
		d.log.Warn("a button of a page is not known and is passed over", "platform", theSlack, "error", err)
		d.homes.want(wish{user: u.From.ID, act: pages.Act{Do: pages.List}})
		return nil
	}
	if act.Do == pages.List || act.Do == pages.Open {
		d.homes.want(wish{user: u.From.ID, act: act})
		return nil
	}
	return d.open(ctx, u, act, pressed.Trigger)
}

// show shows a person what they want to see. Whose page it is, is asked of Slack, and not read off what came in.
func (d *slackDoor) show(ctx context.Context, w wish) error {
	dm, err := d.dm(ctx, w.user)
	if err != nil {
		return err
	}
	v := &viewer{slackDoor: d, user: w.user, dm: dm, texts: d.words.In(d.lib.Language(d.who(ctx, w.user).Locale))}
	if w.act.Do == pages.Open {
		err = v.client(ctx, w.act)
	} else {
		err = v.caseload(ctx, w.act, "")
	}
	if errors.Is(err, bot.ErrNotPractitioner) {
		err = v.publish(ctx, v.texts.Stranger())
	}
	var refused *bot.SendError
	if err != nil && !errors.As(err, &refused) { // of those, the adapter has told
		d.log.Error("an App Home could not be shown", "platform", theSlack, "error", err)
	}
	return err
}

// viewer is who looks at an App Home.
type viewer struct {
	*slackDoor
	user  string
	dm    string // their conversation
	texts *pages.Texts
}

func (v *viewer) publish(ctx context.Context, blocks []slackapi.Block) error {
	return v.PublishHome(ctx, v.user, v.dm, blocks)
}

// caseload shows all clients, or those that a filter lets through.
func (v *viewer) caseload(ctx context.Context, act pages.Act, note string) error {
	filter := act.Filter
	if filter == "" {
		filter = desk.All
	}
	o, err := v.office.Overview(ctx, v.dm, filter, act.From)
	if err != nil {
		return fmt.Errorf("read a caseload: %w", err)
	}
	blocks, err := v.texts.Overview(o, note)
	if err != nil {
		return err
	}
	return v.publish(ctx, blocks)
}
