package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"tandem/adapters/slack"
)

// slackPath is where Slack delivers to, where it delivers to an address of ours. The manifest names it.
const slackPath = "/slack"

// slackSettings are what the service is told of Slack. Without a bot's token it is not on Slack.
type slackSettings struct {
	Token    string `name:"slack-bot-token" setting:"SLACK_BOT_TOKEN" help:"The Slack app's Bot User OAuth Token." placeholder:"TOKEN"`
	AppToken string `name:"slack-app-token" setting:"SLACK_APP_TOKEN" help:"The Slack app's app-level token, for Socket Mode: no address of your own is needed." placeholder:"TOKEN"`
	Secret   string `name:"slack-signing-secret" setting:"SLACK_SIGNING_SECRET" help:"The Slack app's Signing Secret, where Slack delivers to /slack on your own address in place of Socket Mode." placeholder:"SECRET"`
	APIURL   string `name:"slack-api-url" setting:"SLACK_API_URL" help:"Another address of Slack's Web API, for tests." placeholder:"URL"`
}

// on tells whether the service is to be on Slack.
func (s slackSettings) on() bool { return s.Token != "" }

// check sees that the settings fit together: a token, and one way for updates to come in. With two it would depend on
// the app's settings on Slack which one works, and /readyz could not tell.
func (s slackSettings) check() error {
	if !s.on() {
		if s.AppToken == "" && s.Secret == "" {
			return nil
		}
		return errors.New("SLACK_BOT_TOKEN is not set, and other settings of Slack are: copy the Bot User OAuth Token (xoxb-...) from api.slack.com/apps > OAuth & Permissions")
	}
	_, err := slack.New(slack.Options{Token: s.Token, AppToken: s.AppToken, APIURL: s.APIURL})
	switch {
	case s.AppToken == "" && s.Secret == "":
		err = errors.Join(err, errors.New("SLACK_BOT_TOKEN is set, and nothing lets updates in: set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET where Slack delivers to your own address"))
	case s.AppToken != "" && s.Secret != "":
		err = errors.Join(err, errors.New("SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: keep SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET where Slack delivers to your own address"))
	}
	return err
}

// platforms are those that the service is on, as conversations are called after them.
func (s *settings) platforms() []string {
	var on []string
	if s.Token != "" {
		on = append(on, theTelegram)
	}
	if s.Slack.on() {
		on = append(on, theSlack)
	}
	return on
}

// newSlack makes the adapter, with its door, which leads nowhere yet.
func (p *plan) newSlack(client *http.Client, clock func() time.Time) (*slackDoor, error) {
	door, err := newSlackDoor(p.lib, p.log, clock)
	if err != nil {
		return nil, err
	}
	door.Slack, err = slack.New(slack.Options{
		Token: p.Slack.Token, AppToken: p.Slack.AppToken, APIURL: p.Slack.APIURL, HTTPClient: client, Logger: p.log, Now: clock,
		Commands: p.lib.Commands(), Modal: door.submit,
	})
	if err != nil {
		return nil, badSetting("%w", err)
	}
	return door, nil
}

// checkSlack asks Slack once who the bot is. That Slack is away is no reason not to start: it is asked again.
func (s *service) checkSlack(ctx context.Context) error {
	self, err := s.slack.Check(ctx)
	switch {
	case errors.Is(err, slack.ErrToken):
		return badSetting("%w", err)
	case err != nil:
		s.plan.log.Warn("Slack cannot be reached yet; trying again", "error", err)
	default:
		s.plan.log.Info("Slack knows the bot", "workspace", self.Team, "user", self.User)
	}
	return nil
}

// takeSlack takes updates in until ctx ends: by Socket Mode, or as Slack delivers them. It begins once Slack has said who
// the bot is, because only then it is known what is meant for it.
func (s *service) takeSlack(ctx context.Context) error {
	s.slack.office, s.slack.names = s.app, s.app.Settings.Practitioners
	err := s.until(ctx, "Slack cannot be reached yet; trying again", func() error {
		if s.slack.Self().User != "" {
			return nil
		}
		_, err := s.slack.Check(ctx)
		return err
	})
	if err != nil || ctx.Err() != nil {
		return badToken(err)
	}
	ctx, stop := context.WithCancel(ctx)
	var homes sync.WaitGroup
	homes.Go(func() { s.slack.homes.run(ctx) })
	defer homes.Wait()
	defer stop() // also where Socket Mode ends by itself
	if s.plan.Slack.Secret == "" {
		s.health.ask(theSlack, s.slack.trouble)
		return badToken(s.slack.Socket(ctx, s.slack.ingest))
	}
	hook := s.front.hooks[slackPath]
	hook.open(s.slack.Webhook(s.plan.Slack.Secret, s.slack.ingest))
	defer hook.open(nil)
	s.health.set(theSlack, "")
	<-ctx.Done()
	return nil
}

// trouble is what keeps Socket Mode from bringing updates in; "": nothing.
func (d *slackDoor) trouble() string {
	if !d.Connected() {
		return "Socket Mode is not connected"
	}
	return ""
}

// slack asks who the bot is and what it may do, and compares the clocks.
func (d *doctor) slack(ctx context.Context) {
	client, wire := newSlackWire(newMetrics(), d.health, d.plan.Slack.APIURL)
	client.Timeout = doctorTime
	sl, err := d.plan.newSlack(client, time.Now)
	if err != nil {
		d.say(problem, "slack", err.Error(), "")
		return
	}
	self, err := sl.Check(ctx)
	switch {
	case errors.Is(err, slack.ErrToken):
		d.say(problem, "slack", "does not take the token xoxb-***", "copy it once more from api.slack.com/apps > OAuth & Permissions, or install the app again there")
		return
	case err != nil:
		d.say(problem, "slack", err.Error(), "look at this machine's way to the internet, and at SLACK_API_URL if it is set")
		return
	}
	d.say(fine, "slack", fmt.Sprintf("the token xoxb-*** is that of %s in the workspace %s", self.User, self.Team), "")
	d.scopes(wire.scopes.Load())
	d.clock(wire, "Slack's")
}
