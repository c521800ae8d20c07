package bot

import (
	"fmt"
	"time"

	"tandem/dialog"
)

// keepReminders keeps the person's wish to be left alone, to be reminded again, or to be reminded later. It holds from
// this message on.
func keepReminders(s *scene, r dialog.Record) error {
	c, n := &s.state.Client, &s.state.Nudges
	switch r.Do {
	case "stop":
		c.StoppedAt = s.now
		c.Stopped, n.Snooze, n.Follow = true, nil, time.Time{}
	case "pause":
		c.Paused, c.Until, n.Snooze, n.Follow = true, text(r, "until"), nil, time.Time{}
	case "resume":
		c.Stopped, c.Paused, c.Until = false, false, ""
	case "snooze":
		return s.snooze(r)
	case "skip": // not this time: nothing follows it up
		n.Follow = time.Time{}
	case "choose":
		choose(r, "words", &c.NudgeWords)
		choose(r, "tell", &c.TellSilence)
	}
	s.replan(r.Do == "resume")
	return nil
}

// choose takes a yes or a no over, where it was given.
func choose(r dialog.Record, name string, to *bool) {
	if yes, ok := r.Fields[name].(bool); ok {
		*to = yes
	}
}

// eveningAt is when "this evening" is, on the person's clock.
const eveningAt = 19

// evening is this evening, which may be past.
func (s *scene) evening() time.Time {
	year, month, day := s.now.Date()
	return time.Date(year, month, day, eveningAt, 0, 0, 0, s.now.Location())
}

// snooze puts the open nudge off to a time that the person named.
func (s *scene) snooze(r dialog.Record) error {
	year, month, day := s.now.Date()
	zone := s.now.Location()
	var at time.Time
	switch when := text(r, "when"); when {
	case "hour":
		at = s.now.Add(time.Hour)
	case "evening":
		at = s.evening()
	case "tomorrow":
		at = s.now.AddDate(0, 0, 1)
	case "time":
		clock, err := time.Parse("15:04", text(r, "time"))
		if err != nil {
			return fmt.Errorf("put a nudge off to a time of day: %w", err)
		}
		at = time.Date(year, month, day, clock.Hour(), clock.Minute(), 0, 0, zone)
		if !at.After(s.now) {
			at = time.Date(year, month, day+1, clock.Hour(), clock.Minute(), 0, 0, zone)
		}
	default:
		return fmt.Errorf("a nudge cannot be put off to %q", when)
	}
	goals := s.state.Nudges.Open
	if goal := text(r, "goal"); goal != "" {
		goals = []string{goal}
	}
	if len(goals) == 0 {
		goals = []string{""}
	}
	s.state.Nudges.Snooze = &snooze{At: s.policy().Quiet.After(at), Goals: goals}
	s.state.Nudges.Follow = time.Time{}
	return nil
}
