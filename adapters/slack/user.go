package slack

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"tandem/bot"
)

// User is what a person has set on Slack, for them to confirm.
type User struct {
	Name   string // what they want to be called; may be empty
	Zone   string // IANA zone, e.g. "Europe/Madrid"; may be empty
	Locale string // IETF tag, e.g. "es-ES"; may be empty
}

// UserInfo asks Slack about a person (users.info, scope users:read). Events tell none of it, and it is not asked for
// while they are taken in. It fails with *bot.SendError only.
func (s *Slack) UserInfo(ctx context.Context, user string) (User, error) {
	var found struct {
		User struct {
			Zone    string `json:"tz"`
			Locale  string `json:"locale"`
			Profile struct {
				First   string `json:"first_name"`
				Display string `json:"display_name"`
				Real    string `json:"real_name"`
			} `json:"profile"`
		} `json:"user"`
	}
	if err := s.read(ctx, "users.info", url.Values{"user": {user}, "include_locale": {"true"}}, &found); err != nil {
		return User{}, s.refused("users.info", err)
	}
	p := found.User.Profile
	u := User{Zone: found.User.Zone, Locale: strings.ReplaceAll(found.User.Locale, "_", "-")}
	for _, name := range []string{p.Display, p.First, p.Real} {
		if u.Name == "" {
			u.Name = cleanName(name)
		}
	}
	return u, nil
}

// OpenDM names the direct message with a person, and opens it where it was not open (conversations.open, scope
// im:write). It fails with *bot.SendError only.
func (s *Slack) OpenDM(ctx context.Context, user string) (conversation string, err error) {
	team := s.Self().Team
	if team == "" {
		return "", never(bot.CodeConversation) // Check was not called: the conversation could not be named
	}
	var opened struct {
		Channel named `json:"channel"`
	}
	if err := s.write(ctx, "conversations.open", map[string]string{"users": user}, &opened); err != nil {
		return "", s.refused("conversations.open", err)
	}
	if !isID(opened.Channel.ID) {
		return "", s.refused("conversations.open", errors.New("no channel in the answer"))
	}
	return place{team: team, channel: opened.Channel.ID}.conversation(), nil
}
