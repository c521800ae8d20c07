package main

import (
	"context"
	"fmt"

	"tandem/bot"
)

// people are the application's settings, with the practitioners who are named by their member id on Slack: Slack is asked
// for their direct message with the bot, and a start without an answer is refused, because nobody would be told of a
// client in danger.
func (s *service) people(ctx context.Context) (bot.Settings, error) {
	set := s.plan.config.settings()
	set.InviteLink = s.inviteLink
	for _, p := range s.plan.config.Practitioners {
		if p.Slack == "" {
			continue
		}
		if s.slack == nil {
			return set, badSetting("the practitioner %s is named by a member id on Slack, and Tandem is not on Slack: set SLACK_BOT_TOKEN, or name a conversation", p.Slack)
		}
		conversation, err := s.slack.practitioner(ctx, p.Slack)
		if err != nil {
			return set, fmt.Errorf("look up the practitioner %s on Slack: %w", p.Slack, err)
		}
		p.Conversation = conversation
		p.settle(&set)
	}
	return set, nil
}

// inviteLink is where an invite's code leads on Telegram; "" where the bot is not there, or its name is not known yet.
func (s *service) inviteLink(code string) string {
	if s.telegram == nil {
		return ""
	}
	name := s.telegram.Self().Username
	if name == "" {
		return ""
	}
	return "https://t.me/" + name + "?start=" + code
}
