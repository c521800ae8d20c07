package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"tandem/bot"
	"tandem/dialog"
	"tandem/reminders"
)

// config is the file that TANDEM_CONFIG names: what a practice decides, where the settings are what a machine needs.
type config struct {
	Language      string            `yaml:"language"`      // for people whose app tells none that Tandem speaks
	Zone          string            `yaml:"zone"`          // IANA; for people whose zone is not known
	QuietHours    *quietHours       `yaml:"quiet_hours"`   // when nobody is reminded of anything, unless they chose other hours
	NudgesAWeek   *int              `yaml:"nudges_a_week"` // to one person over all their goals, unless one of them asks for more
	Holidays      []string          `yaml:"holidays"`      // days on which nobody is reminded of anything: "2026-12-25"
	Practitioners []practitioner    `yaml:"practitioners"` // who clients work with
	Start         string            `yaml:"start"`         // who may begin: open, or invite
	Invites       map[string]string `yaml:"invites"`       // code of a deep link -> the practitioner's conversation
	KeepDays      int               `yaml:"keep_days"`     // days after a client's last word until all of theirs is erased; 0: never
	Resources     map[string]string `yaml:"resources"`     // language -> where to turn in an emergency
}

// quietHours are times of day, as "22:00", in the person's zone.
type quietHours struct {
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

type practitioner struct {
	Name         string `yaml:"name"`         // as clients read it
	Conversation string `yaml:"conversation"` // "telegram:4711", "slack:T0123:D0456"; or, on Slack,
	Slack        string `yaml:"slack"`        // their member id, as "U0123"
	Answers      string `yaml:"answers"`      // when they answer, as clients read it: "within two working days"
	Admin        bool   `yaml:"admin"`        // may add other practitioners
}

// Who may begin.
const (
	startOpen   = "open"
	startInvite = "invite"
)

const (
	maxConfig   = 1 << 20 // bytes
	nudgesAWeek = 5       // where the file says nothing
	leastKept   = 30      // days
)

// readConfig reads the file; "" is a config that says nothing. All mistakes are reported at once.
func readConfig(file string, lib *dialog.Library) (*config, error) {
	c := &config{}
	if file == "" {
		return c, nil
	}
	data, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no file %s", file)
	case err != nil:
		return nil, fmt.Errorf("read the config: %w", err)
	case len(data) > maxConfig:
		return nil, fmt.Errorf("%s is over %d bytes", file, maxConfig)
	}
	r := &configReader{file: file, lines: strings.Split(string(data), "\n"), config: c}
	if err := yaml.UnmarshalWithOptions(data, c, yaml.Strict()); err != nil {
		return nil, r.decodeError(err)
	}
	if r.tree, err = parser.ParseBytes(data, 0); err != nil {
		return nil, r.decodeError(err)
	}
	r.check(lib)
	return c, errors.Join(r.errs...)
}

// configReader checks what a file says, and says where.
type configReader struct {
	file   string
	lines  []string
	tree   *ast.File
	config *config
	errs   []error
}

// decodeError makes the YAML library's error one of ours.
func (r *configReader) decodeError(err error) error {
	var y yaml.Error
	if errors.As(err, &y) && y.GetToken() != nil {
		at := y.GetToken().Position
		return r.errorAt(at.Line, at.Column, y.GetMessage())
	}
	return &dialog.SourceError{File: r.file, Problem: err.Error()}
}

func (r *configReader) errorAt(line, column int, problem string) error {
	e := &dialog.SourceError{File: r.file, Line: line, Column: column, Problem: problem}
	if line >= 1 && line <= len(r.lines) {
		label := fmt.Sprintf("%5d | ", line)
		e.Excerpt = label + strings.TrimRight(r.lines[line-1], "\r") + "\n" + strings.Repeat(" ", len(label)+max(column-1, 0)) + "^"
	}
	return e
}

// fail notes a mistake at the value that keys lead to: names, and places in a list.
func (r *configReader) fail(problem string, keys ...any) {
	path := (&yaml.PathBuilder{}).Root()
	for _, k := range keys {
		switch k := k.(type) {
		case string:
			path = path.Child(k)
		case int:
			path = path.Index(uint(k))
		}
	}
	line, column := 1, 1
	if node, err := path.Build().FilterFile(r.tree); err == nil && node != nil && node.GetToken() != nil {
		line, column = node.GetToken().Position.Line, node.GetToken().Position.Column
	}
	r.errs = append(r.errs, r.errorAt(line, column, problem))
}

func (r *configReader) check(lib *dialog.Library) {
	c := r.config
	if c.Language != "" && lib.Language(c.Language) == "" {
		r.fail(fmt.Sprintf("Tandem does not speak %q; it speaks: %s", c.Language, strings.Join(lib.Languages(), ", ")), "language")
	}
	if _, err := time.LoadLocation(c.Zone); err != nil {
		r.fail(fmt.Sprintf("%q is not a time zone; write it as Europe/Madrid", c.Zone), "zone")
	}
	if q := c.QuietHours; q != nil {
		r.timeOfDay(q.From, "quiet_hours", "from")
		r.timeOfDay(q.To, "quiet_hours", "to")
		if _, err := reminders.ParseQuiet(q.From, q.To); err != nil && len(r.errs) == 0 {
			r.fail(err.Error(), "quiet_hours")
		}
	}
	if n := c.NudgesAWeek; n != nil && (*n < 1 || *n > 7) {
		r.fail(fmt.Sprintf("%d is not a number of nudges a week; write 1 to 7, one a day at the most", *n), "nudges_a_week")
	}
	if n := c.KeepDays; n < 0 || (n > 0 && n < leastKept) {
		r.fail(fmt.Sprintf("keep_days %d would erase people who are only resting; write %d or more, or leave it out to keep all", n, leastKept), "keep_days")
	}
	for i, day := range c.Holidays {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			r.fail(fmt.Sprintf("%q is not a day; write it as 2026-12-25", day), "holidays", i)
		}
	}
	for lang, text := range c.Resources {
		if lib.Language(lang) != lang {
			r.fail(fmt.Sprintf("%q is not a language that Tandem speaks; it speaks: %s", lang, strings.Join(lib.Languages(), ", ")), "resources", lang)
		}
		if strings.TrimSpace(text) == "" {
			r.fail("say where to turn in an emergency, or leave the line out", "resources", lang)
		}
	}
	r.checkPeople()
}

func (r *configReader) timeOfDay(text string, keys ...any) {
	if _, err := time.Parse("15:04", text); err != nil {
		r.fail(fmt.Sprintf("%q is not a time of day; write it as \"22:00\"", text), keys...)
	}
}

// checkPeople looks at who works here and who may begin.
func (r *configReader) checkPeople() {
	c := r.config
	place, code := regexp.MustCompile(`^[a-z]+:\S+$`), regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	onSlack := regexp.MustCompile(`^slack:[A-Z0-9]+:D[A-Z0-9]+$`)
	known := make(map[string]bool)
	member := regexp.MustCompile(`^[UW][A-Z0-9]{2,20}$`)
	for i, p := range c.Practitioners {
		if strings.TrimSpace(p.Name) == "" {
			r.fail("a practitioner needs a name, as clients are to read it", "practitioners", i)
		}
		switch {
		case p.Slack != "" && p.Conversation != "":
			r.fail("a practitioner has a conversation, or a member id on Slack; leave one of them out", "practitioners", i)
		case p.Slack != "" && !member.MatchString(p.Slack):
			r.fail("a member id on Slack looks like U0123ABCD: on Slack, open the profile > More > Copy member ID", "practitioners", i)
		case p.Slack != "":
		case !place.MatchString(p.Conversation):
			r.fail("a practitioner needs a conversation, as telegram:4711, or a member id on Slack, as slack: U0123ABCD", "practitioners", i)
		case strings.HasPrefix(p.Conversation, "slack:") && !onSlack.MatchString(p.Conversation):
			r.fail("a practitioner's conversation on Slack is the workspace and their direct message with the bot, as slack:T0123:D0456", "practitioners", i)
		case known[p.Conversation]:
			r.fail("two practitioners have the conversation "+p.Conversation, "practitioners", i)
		}
		known[p.Conversation] = true
	}
	for name, conversation := range c.Invites {
		if !code.MatchString(name) {
			r.fail(fmt.Sprintf("%q cannot be in a link: 1 to 64 of A-Z, a-z, 0-9, _ and -", name), "invites", name)
		}
		if !known[conversation] {
			r.fail(fmt.Sprintf("no practitioner has the conversation %q", conversation), "invites", name)
		}
	}
	switch {
	case c.Start != "" && c.Start != startOpen && c.Start != startInvite:
		r.fail(fmt.Sprintf("%q is not one of: %s, %s", c.Start, startOpen, startInvite), "start")
	case c.invite() && len(c.Invites) == 0 && len(c.Practitioners) == 0:
		r.fail("with start: invite nobody could begin, because there is nobody who could invite them; add practitioners, or write start: open", "start")
	}
}

// invite tells whether a code is needed to begin. Where nobody works with clients, anybody may use Tandem alone.
func (c *config) invite() bool {
	return c.Start == startInvite || (c.Start == "" && len(c.Practitioners) > 0)
}

// settings is the config as the application takes it.
func (c *config) settings() bot.Settings {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil || c.Zone == "" {
		zone = time.UTC
	}
	s := bot.Settings{
		Lang: c.Language, Zone: zone, Quiet: reminders.DefaultQuiet(), Week: nudgesAWeek, Holidays: c.Holidays, Invite: c.invite(), Codes: c.Invites,
		Practitioners: make(map[string]string), Answers: make(map[string]string), Admins: make(map[string]bool), Resources: c.Resources,
	}
	if s.Lang == "" {
		s.Lang = "en"
	}
	if q := c.QuietHours; q != nil {
		s.Quiet, _ = reminders.ParseQuiet(q.From, q.To) // it was checked when it was read
	}
	if c.NudgesAWeek != nil {
		s.Week = *c.NudgesAWeek
	}
	for _, p := range c.Practitioners {
		if p.Conversation != "" { // a member id on Slack is looked up first
			p.settle(&s)
		}
	}
	return s
}

// settle enters a practitioner whose conversation is known.
func (p practitioner) settle(s *bot.Settings) {
	s.Practitioners[p.Conversation] = p.Name
	if p.Answers != "" {
		s.Answers[p.Conversation] = p.Answers
	}
	if p.Admin {
		s.Admins[p.Conversation] = true
	}
}
