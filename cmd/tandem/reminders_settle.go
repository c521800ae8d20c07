package main

import (
	"errors"
	"fmt"
	"time"
)

// remindersSettleCmd keeps nudges from being sent a second time after a backup was restored.
type remindersSettleCmd struct {
	wakesCmd
	Until string `required:"" help:"Everything that was due up to this time is dealt with, such as 2026-03-09T07:10:00+01:00; without an offset it is in UTC." placeholder:"TIME"`
}

// Help is shown with --help.
func (*remindersSettleCmd) Help() string {
	return `For after a backup was restored. The backup does not know of the nudges that were sent after it was made, and they would ` +
		`be sent again. This counts every nudge, follow-up and nudge that was put off, of every conversation, as dealt with if ` +
		`it was due up to TIME: give the time at which the service stopped. Run it before the service starts, or beside it with Redis. ` +
		`What people said, open questions, and answers that were still to be sent when the backup was made are left as they are. ` +
		`It may be run again: it changes only what is left to change.`
}

// Run implements the command.
func (c *remindersSettleCmd) Run(p *program) (err error) {
	until, err := readNow("--until", c.Until, time.UTC)
	if err != nil {
		return err
	}
	if until.After(p.clock()) {
		return badSetting("--until %s lies ahead, and nobody would be reminded of anything before; give the time at which the service stopped", until.Format(time.RFC3339))
	}
	store, app, err := c.open(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	seen, settled := 0, 0
	for conversation, err := range store.Conversations(p.ctx) {
		if err != nil {
			return fmt.Errorf("settle the reminders: %w", err)
		}
		done, err := app.Settle(p.ctx, conversation, until)
		if err != nil {
			return fmt.Errorf("settle the reminders, %d conversations so far; run it again: %w", settled, err)
		}
		seen++
		if done {
			settled++
		}
	}
	fmt.Fprintf(p.stdout, "%d of %d conversations had nudges due up to %s; they count as dealt with.\n", settled, seen, until.UTC().Format(time.RFC3339))
	return nil
}
