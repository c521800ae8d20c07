package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"tandem/reminders"
)

const (
	longestScheduleLine = 1 << 20 // bytes
	mostDueTimes        = 1000
)

// remindersNextCmd shows authors and operators when a schedule is due.
type remindersNextCmd struct{}

// Help is shown with --help.
func (*remindersNextCmd) Help() string {
	return `A line is {"spec":"0 9 * * 1","zone":"Europe/Madrid","after":"2026-03-28T00:00:00Z","n":5}: a cron spec of five fields, ` +
		`the zone whose clock it is read on, and how many times after which instant to print. It may have "every" (weeks), ` +
		`"from" (a time in the first of these weeks) and "until". Printed is {"next":[...]} in UTC, or {"error":"..."} for a ` +
		`line that makes no sense. Empty lines are passed over.`
}

// dueQuestion is one line of the input.
type dueQuestion struct {
	Spec  string `json:"spec"`
	Zone  string `json:"zone"`
	After string `json:"after"`
	N     *int   `json:"n"`
	Every *int   `json:"every"`
	From  string `json:"from"`
	Until string `json:"until"`
}

// Run implements the command.
func (*remindersNextCmd) Run(p *program) error {
	in, out := bufio.NewReader(p.stdin), json.NewEncoder(p.stdout)
	out.SetEscapeHTML(false)
	for p.ctx.Err() == nil {
		line, err := scheduleLine(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read a line: %w", err)
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := out.Encode(answerDue(line)); err != nil {
			return fmt.Errorf("print when something is due: %w", err)
		}
	}
	return nil
}

// scheduleLine reads a line; of one that is too long it returns a little more than is allowed.
func scheduleLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		piece, err := in.ReadSlice('\n')
		line = append(line, piece[:min(len(piece), longestScheduleLine+2-len(line))]...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(line) > 0:
			return line, nil
		case err != nil:
			return nil, err
		default:
			return line, nil
		}
	}
}

// answerDue is what is printed for a line.
func answerDue(line []byte) any {
	due, err := dueTimes(line)
	if err != nil {
		return struct {
			Error string `json:"error"`
		}{err.Error()}
	}
	return struct {
		Next []string `json:"next"`
	}{due}
}

// dueTimes works out a line.
func dueTimes(line []byte) ([]string, error) {
	q, err := readQuestion(line)
	if err != nil {
		return nil, err
	}
	after, err := readInstant("after", q.After)
	if err != nil {
		return nil, err
	}
	n := 1
	if q.N != nil {
		n = *q.N
	}
	if n < 1 || n > mostDueTimes {
		return nil, fmt.Errorf("\"n\" is %d; ask for 1 to %d times", n, mostDueTimes)
	}
	schedule, err := q.schedule(after)
	if err != nil {
		return nil, err
	}
	due := []string{}
	for len(due) < n {
		if after = schedule.Next(after); after.IsZero() {
			break
		}
		due = append(due, after.UTC().Format(time.RFC3339))
	}
	return due, nil
}

// schedule makes the schedule. Where weeks are counted and it is not said from when, the first due time is in the first.
func (q dueQuestion) schedule(after time.Time) (*reminders.Schedule, error) {
	rhythm := reminders.Rhythm{Spec: q.Spec, Zone: q.Zone}
	var err error
	if q.From != "" {
		if rhythm.From, err = readInstant("from", q.From); err != nil {
			return nil, err
		}
	}
	if q.Until != "" {
		if rhythm.Until, err = readInstant("until", q.Until); err != nil {
			return nil, err
		}
	}
	if q.Every == nil {
		return reminders.Parse(rhythm)
	}
	if *q.Every == 0 {
		return nil, errors.New("\"every\" is 0; write 1 for every week, or leave it out")
	}
	if rhythm.From.IsZero() {
		weekly, err := reminders.Parse(reminders.Rhythm{Spec: q.Spec, Zone: q.Zone})
		if err != nil {
			return nil, err
		}
		rhythm.From = weekly.Next(after)
	}
	rhythm.Every = *q.Every
	return reminders.Parse(rhythm)
}

// readQuestion reads a line strictly: a misspelt "until" would otherwise have no end.
func readQuestion(line []byte) (dueQuestion, error) {
	var q dueQuestion
	if len(bytes.TrimRight(line, "\r\n")) > longestScheduleLine {
		return q, fmt.Errorf("the line is longer than %d bytes; write one schedule on it", longestScheduleLine)
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	err := dec.Decode(&q)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field == "":
		return q, fmt.Errorf("the line is a JSON %s; write an object, as %s", wrong.Value, exampleLine)
	case errors.As(err, &wrong):
		return q, fmt.Errorf("%q cannot be a JSON %s; write it as in %s", wrong.Field, wrong.Value, exampleLine)
	case err != nil:
		return q, fmt.Errorf("the line cannot be read as JSON (%w); write it as %s", err, exampleLine)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return q, fmt.Errorf("something stands behind the JSON object; write one on a line, as %s", exampleLine)
	}
	return q, nil
}

const exampleLine = `{"spec":"0 9 * * 1","zone":"Europe/Madrid","after":"2026-03-28T00:00:00Z","n":5}`

// readInstant reads a point in time with its offset.
func readInstant(name, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, fmt.Errorf("%q is missing; write it as 2026-03-28T00:00:00Z", name)
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, fmt.Errorf("%q is %.40q, which is no time with an offset; write it as 2026-03-28T00:00:00Z", name, text)
	}
	return t, nil
}
