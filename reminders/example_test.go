package reminders_test

import (
	"errors"
	"fmt"
	"time"

	"tandem/reminders"
)

// Ana asked for Sunday mornings at half past two. On one of them her clock goes from two to three.
func ExampleSchedule_Next() {
	schedule, err := reminders.Parse(reminders.Rhythm{Spec: "30 2 * * 7", Zone: "Europe/Madrid"})
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)
	for range 3 {
		at = schedule.Next(at)
		fmt.Println(at)
	}
	// Output:
	// 2026-03-22 02:30:00 +0100 CET
	// 2026-03-29 03:00:00 +0200 CEST
	// 2026-04-05 02:30:00 +0200 CEST
}

// Sam checks in every second Friday, from this week on, until the summer.
func ExampleParse() {
	schedule, err := reminders.Parse(reminders.Rhythm{
		Spec: "0 18 * * fri", Zone: "Asia/Kathmandu", Every: 2,
		From:  time.Date(2026, 5, 20, 0, 0, 0, 0, time.UTC),
		Until: time.Date(2026, 6, 10, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2026, 5, 20, 0, 0, 0, 0, time.UTC)
	for at = schedule.Next(at); !at.IsZero(); at = schedule.Next(at) {
		fmt.Println(at)
	}
	// Output:
	// 2026-05-22 18:00:00 +0545 +0545
	// 2026-06-05 18:00:00 +0545 +0545
}

// What is wrong with a spec is said, and what to write instead.
func ExampleParse_refused() {
	_, err := reminders.Parse(reminders.Rhythm{Spec: "@daily", Zone: "Europe/Madrid"})
	fmt.Println(errors.Is(err, reminders.ErrSpec), err)
	// Output:
	// true not a spec that reminders can follow: "@daily" is a short form; write 0 0 * * *
}

// Kim moves from Madrid to New York: the reminder stays at nine on the wall.
func ExampleSchedule_In() {
	schedule, err := reminders.Parse(reminders.Rhythm{Spec: "0 9 * * *", Zone: "Europe/Madrid"})
	if err != nil {
		fmt.Println(err)
		return
	}
	york, err := reminders.Zone("America/New_York")
	if err != nil {
		fmt.Println(err)
		return
	}
	moved, err := schedule.In(york)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(moved.Next(time.Date(2026, 5, 20, 0, 0, 0, 0, time.UTC)))
	// Output:
	// 2026-05-20 09:00:00 -0400 EDT
}
