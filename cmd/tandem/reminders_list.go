package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"tandem/adapters/redisstore"
	"tandem/bot"
)

// wakesCmd is what the commands have in common that look at everybody's reminders.
type wakesCmd struct {
	RedisURL string `name:"redis-url" setting:"REDIS_URL" help:"Where Redis is. Without it the data is in --data; stop the service first." placeholder:"URL"`
	Data     string `setting:"TANDEM_DATA" default:"tandem-data" help:"The folder of the data where there is no Redis." placeholder:"DIR"`
	Keyset   string `setting:"TANDEM_KEYSET" help:"The file of the keys that people's words are encrypted with. Required with Redis." placeholder:"FILE"`
	Config   string `setting:"TANDEM_CONFIG" help:"The service's config: the zone and the quiet hours of people who chose none." placeholder:"FILE"`
	Flows    string `setting:"TANDEM_FLOWS" help:"The folder of the service's own flows." placeholder:"DIR"`
}

// open opens the store, and a bot beside the service's.
func (c *wakesCmd) open(p *program) (*redisstore.Store, *bot.Bot, error) {
	s := settings{RedisURL: c.RedisURL, Data: c.Data, Keyset: c.Keyset, Lease: time.Minute}
	log, err := newLog(p.stderr, "warn")
	if err != nil {
		return nil, nil, err
	}
	lib, err := loadFlows(c.Flows)
	if err != nil {
		return nil, nil, err
	}
	config, err := readConfig(c.Config, lib)
	if err != nil {
		return nil, nil, badSetting("%w", about("TANDEM_CONFIG", err))
	}
	keyset, err := s.readKeyset()
	if err != nil {
		return nil, nil, badSetting("%w", about("TANDEM_KEYSET", err))
	}
	if _, err := os.Stat(c.Data); c.RedisURL == "" && err != nil {
		return nil, nil, badSetting("there is no data folder %s here; name it with --data, or Redis with --redis-url", c.Data)
	}
	store, err := openStore(p.ctx, &plan{settings: s, keyset: keyset, log: log}, 0)
	if err != nil {
		return nil, nil, err
	}
	return store, bot.Beside(bot.Options{Store: store, Library: lib, Settings: config.settings(), Clock: p.clock, Log: log}), nil
}

// remindersListCmd shows the operator what is due next.
type remindersListCmd struct {
	wakesCmd
	N    int  `short:"n" default:"20" help:"How many to show." placeholder:"N"`
	JSON bool `name:"json" help:"Print a JSON line each."`
}

// Help is shown with --help.
func (*remindersListCmd) Help() string {
	return `Shows which conversations Tandem looks at next, the soonest first: when, in UTC and on the person's own clock, which ` +
		`conversation, and why. A time that is past is due at once. Nobody's words are shown, and nothing is changed.`
}

const mostListed = 10_000

// listed is one line of the list, as JSON.
type listed struct {
	At           string `json:"at"`    // UTC
	Local        string `json:"local"` // on the person's clock
	Zone         string `json:"zone"`
	Conversation string `json:"conversation"`
	Why          string `json:"why"`
}

// Run implements the command.
func (c *remindersListCmd) Run(p *program) (err error) {
	if c.N < 1 || c.N > mostListed {
		return badSetting("-n is %d; ask for 1 to %d", c.N, mostListed)
	}
	store, app, err := c.open(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	all, err := app.Upcoming(p.ctx, c.N)
	if err != nil {
		return fmt.Errorf("list the reminders: %w", err)
	}
	lines := make([]listed, len(all))
	for i, u := range all {
		lines[i] = listed{
			At: u.At.UTC().Format(time.RFC3339), Local: u.At.Format("2006-01-02T15:04:05-07:00"), Zone: u.At.Location().String(),
			Conversation: u.Conversation, Why: u.Why,
		}
	}
	if c.JSON {
		return printJSON(p, lines)
	}
	return printList(p, lines)
}

// printJSON prints a line each.
func printJSON(p *program, lines []listed) error {
	enc := json.NewEncoder(p.stdout)
	enc.SetEscapeHTML(false)
	for _, l := range lines {
		if err := enc.Encode(l); err != nil {
			return fmt.Errorf("print the reminders: %w", err)
		}
	}
	return nil
}

// printList prints a table for people.
func printList(p *program, lines []listed) error {
	if len(lines) == 0 {
		fmt.Fprintln(p.stdout, "Nothing is due: no conversation waits for anything.")
		return nil
	}
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "UTC\tTHEIR CLOCK\tCONVERSATION\tWHY")
	for _, l := range lines {
		fmt.Fprintf(table, "%s\t%s %s\t%s\t%s\n", l.At, l.Local[:len("2006-01-02T15:04:05")], l.Zone, l.Conversation, l.Why)
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print the reminders: %w", err)
	}
	return nil
}
