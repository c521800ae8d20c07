package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"tandem/adapters/slack"
	"tandem/bot"
	"tandem/dialog"
)

// command takes /tandem as said to the bot in private, wherever it was typed: what follows it, or else that the person is
// there. A word that names a command is one, because Slack keeps /goal for itself. Where the direct message cannot be
// opened, it fails, and Slack tells the person so.
func (d *slackDoor) command(ctx context.Context, u bot.Update) error {
	dm, err := d.dm(ctx, u.From.ID)
	if err != nil {
		return fmt.Errorf("open a direct message for a command: %w", err)
	}
	typed, _ := slack.CommandOf(u)
	u.Conversation, u.Group, u.Event, u.With = dm, false, "", nil
	with, err := d.atDesk(ctx, strings.TrimSpace(u.Input.Text), typed.Mentions)
	if err != nil {
		return err
	}
	switch text := strings.TrimSpace(u.Input.Text); {
	case with != nil:
		u.Event, u.With = bot.Desk, with
	case text == "":
		u.Event, u.Input = bot.Start, dialog.Input{}
	case !strings.ContainsAny(text, " \t\n") && d.lib.Command("/"+text) != "":
		u.Input.Text = "/" + text
	}
	return d.pass(ctx, u)
}

// atDesk reads what practitioners type; nil: it is nothing of the kind. Who may do it, the bot knows.
func (d *slackDoor) atDesk(ctx context.Context, text string, mentions []string) (map[string]any, error) {
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	switch strings.ToLower(word) {
	case "digest":
		if rest == "" {
			return map[string]any{"do": "digest"}, nil
		}
	case "invite":
		if name := unquoted(rest); name != "" {
			return map[string]any{"do": "invite", "name": name}, nil
		}
	case "add":
		if len(mentions) == 1 && strings.HasPrefix(rest, "@") && !strings.ContainsAny(rest, " \t\n") {
			return d.appoint(ctx, mentions[0], strings.TrimPrefix(rest, "@"))
		}
	}
	return nil, nil
}

// appoint finds the direct message with who is mentioned, and what they are called. Somebody with whom there can be none
// (another bot, who left) cannot be appointed: what was typed goes on as text.
func (d *slackDoor) appoint(ctx context.Context, user, label string) (map[string]any, error) {
	dm, err := d.dm(ctx, user)
	var refused *bot.SendError
	switch {
	case errors.As(err, &refused) && refused.Fate != bot.Later:
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("open a direct message with who is added: %w", err)
	}
	name := d.who(ctx, user).Name
	if name == "" {
		name = label
	}
	return map[string]any{"do": "appoint", "conversation": dm, "name": name}, nil
}

// unquoted takes the quotation marks off a name, as people and telephones set them.
func unquoted(name string) string {
	for _, marks := range []string{`""`, "“”", "„“", "«»", "''", "‘’"} {
		pair := []rune(marks)
		if rest, ok := strings.CutPrefix(name, string(pair[0])); ok && strings.HasSuffix(rest, string(pair[1])) {
			return strings.TrimSpace(strings.TrimSuffix(rest, string(pair[1])))
		}
	}
	return name
}

// practitioner finds the conversation of who a setting names by their member id on Slack: "U0456", or "T0123:U0456" with
// the workspace. Its error says what is wrong with the id, or that Slack cannot be reached.
func (d *slackDoor) practitioner(ctx context.Context, id string) (conversation string, err error) {
	if d.Self().Team == "" {
		if _, err := d.Check(ctx); err != nil {
			return "", fmt.Errorf("ask Slack which workspace the bot is in: %w", err)
		}
	}
	team, user, with := strings.Cut(strings.TrimPrefix(id, theSlack+":"), ":")
	if !with {
		team, user = d.Self().Team, team
	}
	if team != d.Self().Team {
		return "", fmt.Errorf("%s is in the workspace %s, and the bot is in %s: a practitioner is a member of the bot's", id, team, d.Self().Team)
	}
	dm, err := d.dm(ctx, user)
	var refused *bot.SendError
	if errors.As(err, &refused) && refused.Fate != bot.Later {
		return "", fmt.Errorf("nobody in the workspace %s can be written to as %q: copy the member id (U...) from their profile on Slack, under the three dots: %w", team, user, err)
	}
	return dm, err
}
