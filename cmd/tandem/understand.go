package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"tandem/adapters/terminal"
	"tandem/dialog/understand"
)

// understandCmd shows authors what an answer would be taken for: a line of JSON for each line of input. A schedule's value
// is {"spec":"0 20 * * 1","every":1}: cron with five fields, and in how many weeks it is kept. A zone's is its IANA name;
// where several places fit, they are its candidates.
type understandCmd struct {
	Kind    string   `help:"The kind of question: ${kinds}." required:"" placeholder:"KIND"`
	Lang    string   `help:"The language of the answers." default:"en" placeholder:"LANG"`
	Options string   `help:"What can be chosen, as 'a|b|c' (choice, choices)." placeholder:"A|B|C"`
	Min     *float64 `help:"The least number (ruler, number)." placeholder:"N"`
	Max     *float64 `help:"The greatest number (ruler, number)." placeholder:"N"`
	Halves  bool     `help:"Take halves (ruler, number)."`
	Now     string   `help:"What time it is, as 2026-03-09T07:10 (date, time, zone). Default: now." placeholder:"TIME"`
	Zone    string   `help:"The person's time zone, as Europe/Madrid. Default: this machine's." placeholder:"ZONE"`
	Want    string   `help:"Which days make sense: future, past or either (date)." default:"either" placeholder:"WANT"`
}

// Run implements the command.
func (c *understandCmd) Run(p *program) error {
	lexicon, err := understand.Load(c.Lang)
	if errors.Is(err, understand.ErrUnknownLanguage) {
		return badSetting("--lang %q is not a language that Tandem speaks; it speaks: %s", c.Lang, strings.Join(understand.Languages(), ", "))
	}
	if err != nil {
		return fmt.Errorf("load the words of a language: %w", err)
	}
	ask, err := c.ask(p.clock)
	if err != nil {
		return err
	}
	if _, err := lexicon.Answer("", ask); err != nil {
		return badSetting("%w", err)
	}
	in, out := bufio.NewReader(p.stdin), json.NewEncoder(p.stdout)
	out.SetEscapeHTML(false)
	for p.ctx.Err() == nil {
		line, err := terminal.ReadLine(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		answer, err := lexicon.Answer(line, ask)
		if err != nil {
			return badSetting("%w", err)
		}
		if err := out.Encode(answer); err != nil {
			return fmt.Errorf("print an answer: %w", err)
		}
	}
	return nil
}

// ask reads the flags.
func (c *understandCmd) ask(clock func() time.Time) (understand.Ask, error) {
	ask := understand.Ask{Kind: c.Kind, Min: c.Min, Max: c.Max, Halves: c.Halves}
	if !slices.Contains(understand.Kinds(), c.Kind) {
		return ask, badSetting("--kind %q is not one of: %s", c.Kind, strings.Join(understand.Kinds(), ", "))
	}
	zone, err := readZone("--zone", c.Zone)
	if err != nil {
		return ask, err
	}
	ask.Now = clock().In(zone)
	if c.Now != "" {
		if ask.Now, err = readNow("--now", c.Now, zone); err != nil {
			return ask, err
		}
	}
	switch c.Want {
	case "future":
		ask.Want = understand.Future
	case "past":
		ask.Want = understand.Past
	case "either":
	default:
		return ask, badSetting("--want %q is not one of: future, past, either", c.Want)
	}
	return ask, c.choices(&ask)
}

// choices reads --options.
func (c *understandCmd) choices(ask *understand.Ask) error {
	if c.Options == "" {
		if c.Kind == "choice" || c.Kind == "choices" {
			return badSetting("--kind %s needs --options, such as --options 'health|home|money'", c.Kind)
		}
		return nil
	}
	for label := range strings.SplitSeq(c.Options, "|") {
		if label = strings.TrimSpace(label); label == "" {
			return badSetting("--options %q has an empty option; write it as 'a|b|c'", c.Options)
		}
		ask.Options = append(ask.Options, understand.Option{ID: label, Label: label})
	}
	return nil
}
