package bot

import (
	"fmt"
	"time"

	"tandem/dialog"
	"tandem/reminders"
)

// Loader is how the application wants its flows loaded: with the records that it keeps, a calendar to read rhythms back
// with, and its patience: a question that nobody answers is asked again once, a day later, and left to rest three days
// after that.
func Loader() dialog.Loader {
	return dialog.Loader{
		Records: Records(), Calendar: calendar{},
		Patience: dialog.Patience{Remind: 24 * time.Hour, Rest: 72 * time.Hour},
	}
}

// calendar is what package reminders knows, as package dialog asks for it.
type calendar struct{}

// Next implements dialog.Calendar.
func (calendar) Next(spec string, every int, after time.Time) (time.Time, error) {
	zone := after.Location()
	schedule, err := reminders.ParseIn(reminders.Rhythm{Spec: spec, Zone: zone.String(), Every: every, From: after}, zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("read a rhythm: %w", err)
	}
	next := schedule.Next(after)
	if next.IsZero() {
		return time.Time{}, fmt.Errorf("read a rhythm: %w", reminders.ErrNever)
	}
	return next, nil
}
