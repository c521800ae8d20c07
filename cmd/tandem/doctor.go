package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tandem/adapters/redisstore"
	"tandem/adapters/slack"
	"tandem/adapters/telegram"
)

// doctorCmd looks at what the service would start with. It changes nothing.
type doctorCmd struct {
	settings
}

// Help is what "tandem doctor --help" says beside the flags.
func (*doctorCmd) Help() string {
	return `Takes the same flags and variables as "tandem serve". Exit code: 0 where all is well (warnings included), 1 where a
check found a problem, 2 where the settings themselves make no sense.`
}

// verdict is how one check came out.
type verdict string

const (
	fine    verdict = "ok"
	warning verdict = "warning"
	problem verdict = "problem"
)

// doctor collects what was found.
type doctor struct {
	out    io.Writer
	plan   *plan
	health *health
	worst  int // exit code
}

// doctorTime bounds each call to the outside.
const doctorTime = 10 * time.Second

// Run implements the command.
func (c *doctorCmd) Run(p *program) error {
	d := &doctor{out: p.stdout, health: newHealth(p.clock)}
	var err error
	if d.plan, err = c.plan(io.Discard); err != nil {
		d.settings(err)
		return &exitError{code: exitSettings}
	}
	d.say(fine, "settings", "they make sense", "")
	d.flows()
	d.people()
	d.keys()
	ctx, cancel := context.WithTimeout(p.ctx, 3*doctorTime)
	defer cancel()
	if d.plan.Token != "" {
		d.telegram(ctx)
	}
	if d.plan.Slack.on() {
		d.slack(ctx)
	}
	d.store(ctx)
	if d.worst != exitOK {
		return &exitError{code: d.worst}
	}
	return nil
}

// say prints a line of the table, and what to do below it.
func (d *doctor) say(v verdict, what, found, mend string) {
	if v == problem {
		d.worst = max(d.worst, exitProblem)
	}
	fmt.Fprintf(d.out, "%-8s %-10s %s\n", v, what, found)
	if mend != "" {
		fmt.Fprintf(d.out, "%-8s %-10s -> %s\n", "", "", mend)
	}
}

// settings tells what is wrong with them, a line each.
func (d *doctor) settings(err error) {
	text := strings.TrimSpace(err.Error())
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, " ") {
			fmt.Fprintf(d.out, "%-19s %s\n", "", line) // an excerpt
			continue
		}
		d.say(problem, "settings", line, "")
	}
}

// flows looks at which flows there are, and whether each speaks every language. Only an author's own may not.
func (d *doctor) flows() {
	lib, from := d.plan.lib, "those that come with Tandem"
	if d.plan.Flows != "" {
		from += ", and over them those in " + d.plan.Flows
	}
	complete := 0
	for _, id := range lib.Flows() {
		spoken := lib.Flow(id).Languages()
		missing := slices.DeleteFunc(lib.Languages(), func(lang string) bool { return slices.Contains(spoken, lang) })
		if len(missing) == 0 {
			complete++
			continue
		}
		d.say(warning, "flows", fmt.Sprintf("%s is not written in %s: it speaks %q with everybody", id, strings.Join(missing, ", "), spoken[0]),
			fmt.Sprintf("add %s", filepath.Join(d.plan.Flows, id, missing[0]+".yaml")))
	}
	d.say(fine, "flows", fmt.Sprintf("%d are complete in %s: %s", complete, strings.Join(lib.Languages(), ", "), from), "")
}

// people looks at what the practice decided: who may begin, and where to turn in an emergency.
func (d *doctor) people() {
	c := d.plan.config
	if d.plan.Config == "" {
		d.say(warning, "config", "none is named", "write a YAML file with resources, practitioners and zone, and set TANDEM_CONFIG")
	}
	if c.invite() {
		d.say(fine, "start", fmt.Sprintf("people begin with an invite; there are %d, of %d practitioners", len(c.Invites), len(c.Practitioners)), "")
	} else {
		d.say(fine, "start", "anybody may begin", "")
	}
	for _, p := range c.Practitioners {
		if platform, _, _ := strings.Cut(p.Conversation, ":"); !slices.Contains(d.plan.platforms(), platform) {
			d.say(warning, "people", fmt.Sprintf("%s is on %s, and this service is not: no notice reaches them", p.Name, platform), "set that platform's token too, here or where another process shares the Redis")
		}
	}
	for _, lang := range d.plan.lib.Languages() {
		if c.Resources[lang] == "" {
			d.say(warning, "resources", fmt.Sprintf("none in %q: in an emergency people are told no number to call", lang),
				fmt.Sprintf("add it to TANDEM_CONFIG, as resources: {%s: ...}", lang))
		} else {
			d.say(fine, "resources", fmt.Sprintf("named in %q", lang), "")
		}
	}
	if c.Zone == "" {
		d.say(warning, "zone", "none is set: \"tomorrow at 9\" is read in UTC for people who have named no zone", "add it to TANDEM_CONFIG, as zone: Europe/Madrid")
	}
}

func (d *doctor) keys() {
	switch {
	case d.plan.Keyset != "":
		d.say(fine, "keys", d.plan.Keyset+" can be used; keep a copy in a safe place", "")
	case d.plan.RedisURL == "":
		d.say(fine, "keys", "the data folder has its own; keep a copy of it in a safe place", "")
	}
}

// telegram asks who the bot is, and compares the clocks.
func (d *doctor) telegram(ctx context.Context) {
	client, wire := newWire(newMetrics(), d.health)
	client.Timeout = doctorTime
	t, err := d.plan.newTelegram(client, nil)
	if err != nil {
		d.say(problem, "telegram", err.Error(), "")
		return
	}
	name, err := t.Check(ctx)
	id, _, _ := strings.Cut(d.plan.Token, ":")
	switch {
	case errors.Is(err, telegram.ErrToken):
		d.say(problem, "telegram", fmt.Sprintf("does not know the token %s:***", id), "copy it once more from @BotFather, or have a new one made there (/token)")
		return
	case err != nil:
		d.say(problem, "telegram", err.Error(), "look at this machine's way to the internet, and at TELEGRAM_API_URL if it is set")
		return
	}
	d.say(fine, "telegram", fmt.Sprintf("the token %s:*** is that of @%s", id, name), "")
	d.clock(wire, "Telegram's")
}

// clock compares this machine's with a platform's, as seen in the last call.
func (d *doctor) clock(w *wire, whose string) {
	if ahead := time.Duration(w.ahead.Load()) * time.Millisecond; ahead.Abs() > 5*time.Second {
		d.say(warning, "clock", fmt.Sprintf("this machine's is %s away from %s", ahead.Abs().Round(time.Second), whose), "let it set its clock by NTP")
	} else {
		d.say(fine, "clock", "as "+whose, "")
	}
}

// scopes compares what Slack lets the bot do with what it needs.
func (d *doctor) scopes(given *string) {
	if given == nil {
		return // Slack did not tell
	}
	has := strings.FieldsFunc(*given, func(r rune) bool { return r == ',' || r == ' ' })
	missing := slices.DeleteFunc(slack.Scopes(), func(scope string) bool { return slices.Contains(has, scope) })
	if len(missing) > 0 {
		d.say(problem, "scopes", "the bot has not: "+strings.Join(missing, ", "),
			"add them at api.slack.com/apps > OAuth & Permissions > Bot Token Scopes, and install the app again")
		return
	}
	d.say(fine, "scopes", "the bot has all that it needs", "")
}

// store opens what the service would open. A folder that is not there yet is not made.
func (d *doctor) store(ctx context.Context) {
	what := "redis"
	if d.plan.RedisURL == "" {
		what = "data"
		if _, err := os.Stat(d.plan.Data); errors.Is(err, os.ErrNotExist) {
			d.say(fine, what, fmt.Sprintf("the folder %s will be made at the first start", d.plan.Data), "")
			return
		}
	}
	store, err := openStore(ctx, d.plan, 0)
	if err != nil {
		d.say(problem, what, err.Error(), "")
		return
	}
	defer func() { _ = store.Close() }()
	d.judge(ctx, what, store)
}

func (d *doctor) judge(ctx context.Context, what string, store *redisstore.Store) {
	findings, err := store.Check(ctx)
	if err != nil {
		d.say(problem, what, err.Error(), "")
		return
	}
	for _, f := range findings {
		v := warning
		if f.Bad {
			v = problem
		}
		d.say(v, what, f.What, f.Mend)
	}
	if len(findings) == 0 {
		d.say(fine, what, "can be used", "")
	}
}
