// Package reminders knows when something is due for a person: a schedule is a cron spec read on the clock on that
// person's wall.
//
//	schedule, err := reminders.Parse(reminders.Rhythm{Spec: "0 9 * * 1", Zone: "Europe/Madrid"})
//	due := schedule.Next(now) // the zero time: never again
//
// What holds, in every zone of the tz database:
//
//   - Next is pure, and strictly after the time that it is given. A later time never gives an earlier answer.
//   - A local time that exists is kept to the minute, whatever the clocks do before and after it.
//   - A local time that a spring gap skips is due at the first instant after the gap. Where the gap runs over the end of
//     the day, as in Nuuk, so that this instant would be on another day, it is due in the last minute before the gap,
//     unless something is due at the gap's end anyway: then they come together.
//   - All the times that one gap skips are due once, together with what is due at its end.
//   - A local time that autumn repeats is due once, at the first of the two.
//   - A local day that does not exist, as 30 December 2011 in Apia, has nothing due on it.
//   - So something daily is due once on every local day that there is.
//
// How a spec is read:
//
//   - Five fields: minute, hour, day of the month, month, weekday. 0 and 7 are Sunday; mon and jan can be written so.
//   - A single day of the month 29, 30 or 31, with any weekday, is the last day of a month that is shorter. With a list
//     of days, or with a weekday beside it, a shorter month leaves the day out, as cron does.
//   - A spec that names days of the month and weekdays means either. "*/2" names days; "*", "?" and "*/1" do not.
//   - Every N weeks counts weeks from Monday, in the schedule's zone; the first is the one that holds Rhythm.From.
//
// What is not promised: that a rule of the tz database stays what it is. Governments change their clocks, and a due time
// that was computed far ahead may be wrong then; compute it again with a newer database. The machine's database is used
// where it has one, and the embedded one elsewhere. Nothing is looked for beyond the year 9999. There are no seconds:
// the only due times off the full minute are ends of gaps that are so themselves, which happened before 1973.
package reminders
