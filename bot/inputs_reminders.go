package bot

import (
	"fmt"
	"strings"
	"time"

	"tandem/bot/care"
	"tandem/dialog"
)

// reminderInput is one thing that is known of the client's reminders; known is false for a name of something else.
func (s *scene) reminderInput(name, handed string) (v dialog.Value, known bool, err error) {
	c, quiet := s.state.Client, s.policy().Quiet
	switch name {
	case "zone_known":
		return dialog.YesValue(c.Zone != ""), true, nil
	case "zone":
		return dialog.TextValue(s.place(c.Zone)), true, nil
	case "quiet_from":
		return dialog.TextValue(clock(quiet.From)), true, nil
	case "quiet_to":
		return dialog.TextValue(clock(quiet.To)), true, nil
	case "nudge_words":
		return dialog.YesValue(c.NudgeWords), true, nil
	case "tells_silence":
		return dialog.YesValue(c.TellSilence), true, nil
	case "hour_open":
		return dialog.YesValue(!quiet.Holds(s.now.Add(time.Hour))), true, nil
	case "evening_open":
		evening := s.evening()
		return dialog.YesValue(evening.After(s.now.Add(time.Hour)) && !quiet.Holds(evening)), true, nil
	case "tomorrow":
		return dialog.TextValue(s.now.AddDate(0, 0, 1).Format(time.DateOnly)), true, nil
	case "next_week":
		return dialog.TextValue(s.now.AddDate(0, 0, 7).Format(time.DateOnly)), true, nil
	case "reminders_until":
		return dialog.TextValue(s.dayOf(c.Until)), true, nil
	}
	if !strings.HasPrefix(name, "reminder") {
		return v, false, nil
	}
	all, err := s.reminders()
	if err != nil {
		return v, true, err
	}
	if name == "reminders_state" {
		return dialog.TextValue(s.remindersState(all)), true, nil
	}
	goals, err := s.goals()
	if err != nil {
		return v, true, err
	}
	if name == "reminders" {
		return dialog.OptionsValue(s.reminderOptions(all, goals)), true, nil
	}
	v, err = s.oneReminder(name, findReminder(all, handed), goals)
	return v, true, err
}

// findReminder is the reminder that was handed over, or the only one, or nil.
func findReminder(all []*care.Reminder, handed string) *care.Reminder {
	if handed == "" && len(all) == 1 {
		return all[0]
	}
	for _, r := range all {
		if r.ID == handed {
			return r
		}
	}
	return nil
}

func (s *scene) oneReminder(name string, r *care.Reminder, goals goalList) (dialog.Value, error) {
	if r == nil {
		return dialog.TextValue(""), nil
	}
	switch name {
	case "reminder":
		return dialog.TextValue(r.ID), nil
	case "reminder_says":
		return dialog.TextValue(s.pack().SayRhythm(r.Spec, r.Every)), nil
	case "reminder_goal_words":
		if g := goals.find(r.Goal); g != nil {
			return dialog.TextValue(g.Now().Words), nil
		}
	case "reminder_next":
		schedule, err := s.schedule(r)
		if err != nil {
			return dialog.Value{}, err
		}
		if next := schedule.Next(s.now); !next.IsZero() {
			return dialog.TextValue(s.day(next)), nil
		}
	}
	return dialog.TextValue(""), nil
}

// remindersState is what holds for all of a client's reminders.
func (s *scene) remindersState(all []*care.Reminder) string {
	switch {
	case s.state.Client.Stopped:
		return "stopped"
	case s.resting():
		return "paused"
	case len(all) == 0:
		return "none"
	}
	return "on"
}

// reminderOptions lists reminders for a menu: the rhythm, and the goal where there is room.
func (s *scene) reminderOptions(all []*care.Reminder, goals goalList) []dialog.Option {
	var out []dialog.Option
	for _, r := range all {
		label := s.pack().SayRhythm(r.Spec, r.Every)
		if g := goals.find(r.Goal); g != nil {
			label += " · " + g.Now().Words
		}
		out = append(out, dialog.Option{ID: r.ID, Label: shorten(label, goalLabel)})
	}
	return out
}

// dayOf says a date such as "2026-12-01" as people say it; "" where there is none.
func (s *scene) dayOf(date string) string {
	day, err := time.ParseInLocation(time.DateOnly, date, s.now.Location())
	if err != nil {
		return ""
	}
	return s.day(day)
}

// clock says minutes since midnight as "21:00".
func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// place is what people call where the client is, "" where that is not known.
func (s *scene) place(zone string) string {
	if zone == "" {
		return ""
	}
	return s.bot.Library.PlaceIn(zone, s.state.Client.Lang)
}

// clockIn is what the clock shows in a zone now; "" where there is no such zone.
func (s *scene) clockIn(zone string) string {
	if loc := s.bot.zones.find(zone); loc != nil {
		return s.now.In(loc).Format("15:04")
	}
	return ""
}
