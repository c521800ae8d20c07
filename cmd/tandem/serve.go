package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"tandem/adapters/redisstore"
	"tandem/adapters/slack"
	"tandem/adapters/telegram"
	"tandem/bot"
)

// serveCmd is the service.
type serveCmd struct {
	settings
	WaitRedis time.Duration `setting:"TANDEM_WAIT_REDIS" default:"30s" help:"How long to wait for Redis at the start." placeholder:"SPAN"`
}

// service is a running process, part by part.
type service struct {
	plan     *plan
	health   *health
	metrics  *metrics
	front    *front
	store    *redisstore.Store
	telegram *telegram.Telegram // nil: not on Telegram
	slack    *slackDoor         // nil: not on Slack
	app      *bot.Bot
}

// Run implements the command.
func (c *serveCmd) Run(p *program) error {
	plan, err := c.plan(p.stderr)
	if err != nil {
		return err
	}
	relaxGC()
	s := &service{plan: plan, health: newHealth(p.clock, plan.platforms()...), metrics: newMetrics()}
	if s.front, err = startFront(plan, s.health, s.metrics); err != nil {
		return err
	}
	defer s.front.close()
	plan.log.Info("starting", "version", version(), "redis", plan.RedisURL != "", "platforms", plan.platforms(), "webhook", plan.path != "", "flows", len(plan.lib.Flows()))
	if err := s.wire(p, c.WaitRedis); err != nil {
		if p.ctx.Err() != nil {
			return nil // it was told to stop before it had begun
		}
		return err
	}
	return s.work(p.ctx)
}

// wire puts the parts together: store, platform, application.
func (s *service) wire(p *program, wait time.Duration) (err error) {
	if s.store, err = openStore(p.ctx, s.plan, wait); err != nil {
		return err
	}
	platforms, err := s.connect(p)
	var set bot.Settings
	if err == nil {
		set, err = s.people(p.ctx)
	}
	if err == nil {
		s.app, err = bot.New(p.ctx, bot.Options{
			Store: s.store, Library: s.plan.lib, Platforms: platforms,
			Screen: s.plan.screen, Settings: set, Clock: p.clock, Log: s.plan.log, Observe: s.metrics, Lease: s.plan.Lease,
		})
	}
	if err != nil {
		return errors.Join(err, s.store.Close())
	}
	var sl *slack.Slack
	if s.slack != nil {
		sl, s.slack.receive = s.slack.Slack, s.app.Receive
	}
	s.metrics.watch(s.app, s.telegram, sl, s.health)
	return nil
}

// connect makes the platforms that have a token, and asks each once who the bot is.
func (s *service) connect(p *program) (map[string]bot.Platform, error) {
	platforms := make(map[string]bot.Platform)
	if s.plan.Token != "" {
		client, _ := newWire(s.metrics, s.health)
		var err error
		if s.telegram, err = s.plan.newTelegram(client, s.store); err != nil {
			return nil, err
		}
		if err := s.checkToken(p.ctx); err != nil {
			return nil, err
		}
		platforms[theTelegram] = s.telegram
	}
	if s.plan.Slack.on() {
		client, _ := newSlackWire(s.metrics, s.health, s.plan.Slack.APIURL)
		var err error
		if s.slack, err = s.plan.newSlack(client, p.clock); err != nil {
			return nil, err
		}
		if err := s.checkSlack(p.ctx); err != nil {
			return nil, err
		}
		platforms[theSlack] = s.slack
	}
	return platforms, nil
}

// checkToken asks Telegram once who the bot is. That Telegram is away is no reason not to start: it is asked again.
func (s *service) checkToken(ctx context.Context) error {
	name, err := s.telegram.Check(ctx)
	switch {
	case errors.Is(err, telegram.ErrToken):
		return badSetting("%w", err)
	case err != nil:
		s.plan.log.Warn("Telegram cannot be reached yet; trying again", "error", err)
	default:
		s.plan.log.Info("Telegram knows the bot", "username", name)
	}
	return nil
}

// How long a stop takes at most; together under 10 seconds. What is in hand has 8 in bot.Run.
const (
	stopIntake = 800 * time.Millisecond
	stopHand   = 8200 * time.Millisecond
	stopStore  = 400 * time.Millisecond
)

// work runs until the process is to stop, or cannot go on. Then nothing more is taken in, what is in hand is finished
// or left to its lease, and the store is closed, in this order.
func (s *service) work(ctx context.Context) error {
	intake, endIntake := context.WithCancel(context.WithoutCancel(ctx))
	defer endIntake()
	hand, endHand := context.WithCancel(context.WithoutCancel(ctx))
	defer endHand()
	taken := make(chan error, 2) // one for each platform
	var takers, handled sync.WaitGroup
	handled.Go(func() { _ = s.app.Run(hand) }) // it ends without an error, when it is told to
	if s.telegram != nil {
		takers.Go(func() { taken <- s.takeTelegram(intake) })
	}
	if s.slack != nil {
		takers.Go(func() { taken <- s.takeSlack(intake) })
	}
	takers.Go(func() { s.runJobs(intake) })
	go s.watchStore(intake)
	var err error
	select {
	case <-ctx.Done():
		s.plan.log.Info("stopping: nothing more is taken in")
	case err = <-taken:
	case err = <-s.front.failed:
	}
	s.health.set(theProcess, "is stopping")
	endIntake()
	s.within(stopIntake, "the intake", takers.Wait)
	endHand()
	s.within(stopHand, "what is in hand", handled.Wait)
	s.within(stopStore, "the store", func() { _ = s.store.Close() })
	if err == nil {
		s.plan.log.Info("stopped")
	}
	return err
}

// within waits for something, but not for longer than d.
func (s *service) within(d time.Duration, what string, wait func()) {
	done := make(chan struct{})
	go func() { wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(d):
		s.plan.log.Warn("stopping without waiting any longer", "for", what)
	}
}

// takeTelegram takes updates in until ctx ends: by polling, or by a webhook that Telegram delivers to.
func (s *service) takeTelegram(ctx context.Context) error {
	go s.introduce(ctx)
	if s.plan.path == "" {
		return badToken(s.telegram.Poll(ctx, s.app.Receive))
	}
	hook := s.front.hooks[s.plan.path]
	hook.open(s.telegram.Webhook(s.plan.Secret, s.app.Receive))
	defer hook.open(nil)
	err := s.until(ctx, "the webhook could not be set; trying again", func() error {
		return s.telegram.SetWebhook(ctx, s.plan.Webhook, s.plan.Secret)
	})
	if err == nil {
		<-ctx.Done()
	}
	return badToken(err)
}

// introduce gives the bot its menu. It is a courtesy: nothing waits for it.
func (s *service) introduce(ctx context.Context) {
	_ = s.until(ctx, "the command menu could not be set; trying again", func() error { return s.telegram.Introduce(ctx) })
}

// until tries something until it works, until ctx ends, or until the platform refuses the token.
func (s *service) until(ctx context.Context, trouble string, try func() error) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := try()
		if err == nil || ctx.Err() != nil {
			return nil //nolint:nilerr // stopping is no failure
		}
		if errors.Is(err, telegram.ErrToken) || errors.Is(err, slack.ErrToken) {
			return err
		}
		s.plan.log.Warn(trouble, "error", err, "wait", wait.String())
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

func badToken(err error) error {
	if errors.Is(err, telegram.ErrToken) || errors.Is(err, slack.ErrToken) {
		return badSetting("%w", err)
	}
	if err != nil {
		return fmt.Errorf("take updates in: %w", err)
	}
	return nil
}
