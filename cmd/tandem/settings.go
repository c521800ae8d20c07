package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"tandem/adapters/redisstore"
	"tandem/adapters/telegram"
	"tandem/bot"
	"tandem/dialog"
)

// settings are what the service is told, by flag or by environment. Tokens are better given by the environment: a
// process's flags can be read by everybody on its machine.
type settings struct {
	RedisURL  string        `name:"redis-url" setting:"REDIS_URL" help:"Where Redis is. Without it the data is kept in --data, by this one process." placeholder:"URL"`
	Token     string        `name:"telegram-bot-token" setting:"TELEGRAM_BOT_TOKEN" help:"The bot's token from @BotFather." placeholder:"TOKEN"`
	APIURL    string        `name:"telegram-api-url" setting:"TELEGRAM_API_URL" help:"A Bot API server of your own." placeholder:"URL"`
	Webhook   string        `name:"telegram-webhook-url" setting:"TELEGRAM_WEBHOOK_URL" help:"Have Telegram deliver to this address. Without it Telegram is polled." placeholder:"URL"`
	Secret    string        `name:"telegram-webhook-secret" setting:"TELEGRAM_WEBHOOK_SECRET" help:"What Telegram shows at each delivery: 16 to 256 of A-Z, a-z, 0-9, _ and -." placeholder:"SECRET"`
	Slack     slackSettings `embed:""`
	Listen    string        `setting:"TANDEM_LISTEN" default:"127.0.0.1:8080" help:"Where /healthz, /readyz, /metrics and what the platforms deliver to are." placeholder:"ADDRESS"`
	Data      string        `setting:"TANDEM_DATA" default:"tandem-data" help:"The folder of the data where there is no Redis." placeholder:"DIR"`
	Keyset    string        `setting:"TANDEM_KEYSET" help:"The file of the keys that people's words are encrypted with. Required with Redis; see: tandem keys new." placeholder:"FILE"`
	Config    string        `setting:"TANDEM_CONFIG" help:"A YAML file: language, zone, practitioners, invites, resources, and quiet hours for the reminders to come." placeholder:"FILE"`
	Flows     string        `setting:"TANDEM_FLOWS" help:"Load your own flows from this folder, over those that come with Tandem." placeholder:"DIR"`
	LogLevel  string        `setting:"TANDEM_LOG_LEVEL" default:"info" help:"debug, info, warn or error." placeholder:"LEVEL"`
	ChatRate  float64       `setting:"TANDEM_CHAT_RATE" default:"1" help:"Messages a second to one chat, on average; 0 is no limit. Telegram and Slack ask for 1." placeholder:"N"`
	TotalRate float64       `setting:"TANDEM_TOTAL_RATE" default:"30" help:"Messages a second to all chats of Telegram; 0 is no limit. Telegram asks for 30." placeholder:"N"`
	Lease     time.Duration `setting:"TANDEM_LEASE" default:"60s" help:"After how long another process takes over a conversation whose process died." placeholder:"SPAN"`
}

// plan is what the settings come to, checked and ready: what is left to fail is outside this process.
type plan struct {
	settings
	lib      *dialog.Library
	config   *config
	screen   bot.Screen
	keyset   *redisstore.Keyset // nil: the data folder's own
	log      *slog.Logger
	path     string // of Telegram's webhook; "" polls
	commands map[string][]telegram.Command
}

// plan checks the settings. All that is wrong with them is reported at once.
func (s *settings) plan(stderr io.Writer) (*plan, error) {
	p := &plan{settings: *s}
	var errs []error
	note := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	var err error
	p.log, err = newLog(stderr, s.LogLevel, s.secrets()...)
	note(err)
	if p.lib, err = loadFlows(s.Flows); err != nil {
		return nil, err
	}
	p.commands = menu(p.lib)
	p.config, err = readConfig(s.Config, p.lib)
	note(about("TANDEM_CONFIG", err))
	p.screen, err = newScreen()
	note(err)
	p.keyset, err = s.readKeyset()
	note(about("TANDEM_KEYSET", err))
	note(s.checkTokens())
	p.path, err = s.webhookPath()
	note(err)
	note(s.checkRest())
	if len(errs) > 0 {
		return nil, badSetting("%w", errors.Join(errs...))
	}
	return p, nil
}

// about says which setting an error is about.
func about(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}

// secrets are what must never be in a log.
func (s *settings) secrets() []string {
	return []string{s.Token, s.Secret, s.Slack.Token, s.Slack.AppToken, s.Slack.Secret}
}

// checkTokens sees that there is a platform to be on, and that each token can be one. It contacts nobody.
func (s *settings) checkTokens() error {
	err := s.Slack.check()
	if s.Token == "" && !s.Slack.on() {
		return errors.Join(err, errors.New("TELEGRAM_BOT_TOKEN is not set: ask @BotFather on Telegram for a bot (/newbot), and put its token there. For Slack alone, set SLACK_BOT_TOKEN in its place"))
	}
	if s.Token != "" {
		_, wrong := telegram.New(telegram.Options{Token: s.Token, APIURL: s.APIURL})
		err = errors.Join(err, wrong)
	}
	return err
}

// readKeyset reads the keys. The embedded store makes its own where none are named.
func (s *settings) readKeyset() (*redisstore.Keyset, error) {
	if s.Keyset == "" {
		if s.RedisURL == "" {
			return nil, nil
		}
		return nil, errors.New("with REDIS_URL it is required: make a keyset with \"tandem keys new FILE\", give every process the same file, and keep a copy in a safe place")
	}
	k, err := redisstore.ReadKeyset(s.Keyset)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s; make one with: tandem keys new %s", s.Keyset, s.Keyset)
	}
	return k, err
}

// webhookPath is where on our server Telegram delivers to.
func (s *settings) webhookPath() (string, error) {
	if s.Webhook == "" {
		return "", nil
	}
	u, err := url.Parse(s.Webhook)
	switch {
	case s.Token == "":
		return "", errors.New("TELEGRAM_WEBHOOK_URL is set, and TELEGRAM_BOT_TOKEN is not: set both, or neither")
	case err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http"):
		return "", errors.New("TELEGRAM_WEBHOOK_URL is not an address; write it as https://tandem.example.org/telegram")
	case u.Scheme == "http" && s.APIURL == "":
		return "", errors.New("TELEGRAM_WEBHOOK_URL must begin with https: Telegram delivers to nothing else")
	case strings.Trim(u.Path, "/") == "", ownPath(u.Path):
		return "", errors.New("TELEGRAM_WEBHOOK_URL needs a path of its own; write it as https://tandem.example.org/telegram")
	case s.Secret == "":
		return "", errors.New("TELEGRAM_WEBHOOK_SECRET is not set: with a webhook it keeps strangers out; make one with: openssl rand -hex 32")
	case !regexp.MustCompile(`^[A-Za-z0-9_-]{16,256}$`).MatchString(s.Secret):
		return "", errors.New("TELEGRAM_WEBHOOK_SECRET must be 16 to 256 of A-Z, a-z, 0-9, _ and -")
	}
	return u.Path, nil
}

const (
	healthPath  = "/healthz"
	readyPath   = "/readyz"
	metricsPath = "/metrics"
)

func ownPath(path string) bool {
	return path == healthPath || path == readyPath || path == metricsPath || path == slackPath
}

func (s *settings) checkRest() error {
	var errs []error
	if _, _, err := net.SplitHostPort(s.Listen); err != nil {
		errs = append(errs, fmt.Errorf("TANDEM_LISTEN %q is not an address; write it as 127.0.0.1:8080, or :8080 for every network", s.Listen))
	}
	if s.ChatRate < 0 || s.TotalRate < 0 {
		errs = append(errs, errors.New("TANDEM_CHAT_RATE and TANDEM_TOTAL_RATE must not be below 0"))
	}
	if s.Lease < time.Second {
		errs = append(errs, errors.New("TANDEM_LEASE must be 1s or more"))
	}
	return errors.Join(errs...)
}

// rates are how fast the platforms may be sent to.
func (s *settings) rates() map[string]redisstore.Rates {
	rates := redisstore.DefaultRates()
	t := rates["telegram"]
	t.Chat, t.All = pace(t.Chat, s.ChatRate), pace(t.All, s.TotalRate)
	rates["telegram"] = t
	sl := rates["slack"]
	sl.Chat = pace(sl.Chat, s.ChatRate)
	rates["slack"] = sl
	return rates
}

func pace(r redisstore.Rate, perSecond float64) redisstore.Rate {
	if perSecond == 0 {
		return redisstore.Rate{}
	}
	r.Every = time.Duration(float64(time.Second) / perSecond)
	return r
}

// menu is the bot's command menu, by language.
func menu(lib *dialog.Library) map[string][]telegram.Command {
	out := make(map[string][]telegram.Command)
	commands := lib.Commands()
	for _, lang := range lib.Languages() {
		for _, name := range sortedKeys(commands) {
			flow := lib.Flow(commands[name])
			if title := flow.Title(lang); title != "" && flow.For != "practitioner" {
				out[lang] = append(out[lang], telegram.Command{Name: name, Description: title})
			}
		}
	}
	out[""] = out["en"] // for every language that Tandem does not speak
	return out
}

// newTelegram makes the adapter.
func (p *plan) newTelegram(client *http.Client, sequencer bot.Sequencer) (*telegram.Telegram, error) {
	t, err := telegram.New(telegram.Options{
		Token: p.Token, APIURL: p.APIURL, HTTPClient: client, Logger: p.log, Commands: p.commands, Sequencer: sequencer,
	})
	if err != nil {
		return nil, badSetting("%w", err)
	}
	return t, nil
}
