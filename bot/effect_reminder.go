package bot

import (
	"fmt"
	"time"

	"tandem/bot/care"
	"tandem/dialog"
	"tandem/reminders"
)

// keepReminder makes a reminder, gives it another rhythm, or ends it.
func keepReminder(s *scene, r dialog.Record) error {
	if r.Do == "create" {
		return s.putRhythm(&care.Reminder{ID: s.made(r, "r"), Goal: text(r, "goal")}, text(r, "rhythm"))
	}
	all, err := s.reminders()
	if err != nil {
		return err
	}
	for _, reminder := range all {
		switch {
		case reminder.ID != text(r, "reminder"):
		case r.Do == "change":
			return s.putRhythm(reminder, text(r, "rhythm"))
		case r.Do == "end":
			reminder.Ended = s.now
			s.replan(false)
			return s.putRecord("reminder/"+reminder.ID, reminder)
		}
	}
	return &dialog.BrokenError{Reason: "the reminder to " + r.Do + " is not there"}
}

// putRhythm gives a reminder a rhythm, as a schedule's answer says it: "0 9 * * 5 every 2".
func (s *scene) putRhythm(r *care.Reminder, rhythm string) error {
	spec, every := dialog.RhythmOf(rhythm)
	r.Spec, r.Every, r.From = spec, every, s.now
	if _, err := s.schedule(r); err != nil {
		return err
	}
	s.replan(false) // it is due from now on only, and what another one has due stays so
	return s.putRecord("reminder/"+r.ID, r)
}

// keepQuiet keeps the hours in which the client does not want to be written to.
func keepQuiet(s *scene, r dialog.Record) error {
	q := reminders.Quiet{}
	if r.Do == "set" {
		var err error
		if q, err = reminders.ParseQuiet(text(r, "from"), text(r, "to")); err != nil {
			return fmt.Errorf("keep quiet hours: %w", err)
		}
	}
	s.state.Client.Quiet = &care.Quiet{From: q.From, To: q.To}
	s.replan(false)
	return nil
}

// keepZone moves the client's clock. What would have been due by the new one before now never comes.
func keepZone(s *scene, r dialog.Record) error {
	zone, err := reminders.Zone(text(r, "zone"))
	if err != nil {
		return fmt.Errorf("keep a zone: %w", err)
	}
	if err := s.moveReminders(zone); err != nil {
		return err
	}
	s.state.Client.Zone, s.now = zone.String(), s.now.In(zone)
	s.replan(true)
	return nil
}

// moveReminders keeps the weeks of those that come every second week, or more seldom: they are counted on the wall.
func (s *scene) moveReminders(zone *time.Location) error {
	all, err := s.reminders()
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Every <= 1 {
			continue
		}
		schedule, err := s.schedule(r)
		if err == nil {
			schedule, err = schedule.In(zone)
		}
		if err != nil {
			return fmt.Errorf("move the reminder %s: %w", r.ID, err)
		}
		r.From = schedule.Rhythm().From
		if err := s.putRecord("reminder/"+r.ID, r); err != nil {
			return err
		}
	}
	return nil
}
