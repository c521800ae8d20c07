package dialog

import (
	"strconv"
	"strings"
	"time"
)

const minutesOfDay = 24 * 60

// minuteOf reads a time of day such as "21:00"; false where it is none.
func minuteOf(text string) (int, bool) {
	at, err := time.Parse("15:04", strings.TrimSpace(text))
	return at.Hour()*60 + at.Minute(), err == nil
}

// span is how many minutes lie from one time of day to another, over midnight where the second is the earlier; 0 where
// they are the same, or one is no time of day.
func span(from, to string) float64 {
	a, ok1 := minuteOf(from)
	b, ok2 := minuteOf(to)
	if !ok1 || !ok2 {
		return 0
	}
	return float64((b - a + minutesOfDay) % minutesOfDay)
}

// between tells whether a time of day is at or after from, and before to. It never is where the two are the same, or one
// of the three is no time of day.
func between(at, from, to string) bool {
	_, isTime := minuteOf(at)
	_, isFrom := minuteOf(from)
	return isTime && isFrom && span(from, at) < span(from, to)
}

// fallsIn tells whether any time of a schedule's answer is between two times of day.
func fallsIn(rhythm, from, to string) bool {
	spec, _ := RhythmOf(rhythm)
	fields := strings.Fields(spec)
	if len(fields) < 2 {
		return false
	}
	minutes, ok1 := numbersOf(fields[0], 59)
	hours, ok2 := numbersOf(fields[1], 23)
	if !ok1 || !ok2 {
		return false
	}
	for _, h := range hours {
		for _, m := range minutes {
			if between(strconv.Itoa(h)+":"+strconv.Itoa(100 + m)[1:], from, to) {
				return true
			}
		}
	}
	return false
}

// The three as expressions call them; the types of what they are given were checked when the flow was loaded.

func clockSpan(args ...any) (any, error) { return span(textAt(args, 0), textAt(args, 1)), nil }

func clockBetween(args ...any) (any, error) {
	return between(textAt(args, 0), textAt(args, 1), textAt(args, 2)), nil
}

func clockFallsIn(args ...any) (any, error) {
	return fallsIn(textAt(args, 0), textAt(args, 1), textAt(args, 2)), nil
}

func textAt(args []any, i int) string {
	s, _ := args[i].(string)
	return s
}
