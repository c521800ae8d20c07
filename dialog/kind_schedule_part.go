package dialog

import (
	"strconv"
	"strings"

	"tandem/dialog/understand"
)

// asksOnTheWay is a question that has words of its own for what it asks on the way to an answer.
type asksOnTheWay interface {
	// onTheWay is what is asked while the answer is half given.
	onTheWay(t *turn) string
}

// rhythm reads a rhythm, alone or together with the half that was said before. words are those that were read; where it
// is NoTime or NoDay, they are what is known by now.
func (t *turn) rhythm(text string) (sched understand.Schedule, words string, why understand.Why) {
	sched, why = t.words.Schedule(text)
	part := t.s.Part
	if part == "" || why == "" {
		return sched, text, why
	}
	lack := t.lacks()
	both, whyBoth := t.words.Schedule(part + partBreak + text)
	switch {
	case whyBoth == "":
		return both, part + partBreak + text, ""
	case why == lack && !t.adds(text):
		return sched, text, why // said anew: "on mondays", and then "no, on tuesdays"
	case whyBoth == understand.NoTime || whyBoth == understand.NoDay:
		if why == understand.NotUnderstood || why == understand.Unsure {
			return sched, part, why
		}
		return both, part + partBreak + text, whyBoth
	}
	return sched, part, whyBoth
}

// adds tells whether a text says something that the half before it does not: a time, to "once a month".
func (t *turn) adds(text string) bool {
	_, inPart := t.words.Time(t.s.Part, t.now)
	_, inText := t.words.Time(text, t.now)
	return t.lacks() == understand.NoDay && inPart != "" && inText == ""
}

// lacks is what is missing of the half that was said: NoTime or NoDay.
func (t *turn) lacks() understand.Why {
	_, why := t.words.Schedule(t.s.Part)
	return why
}

// partButtons are the times, or the days, that make a whole of the half that was said.
func (t *turn) partButtons() []Button {
	if t.lacks() == understand.NoTime {
		return t.hourButtons()
	}
	var out []Button
	for _, b := range t.dayButtons() {
		if _, why := t.words.Schedule(t.s.Part + partBreak + b.Label); why == "" || why == understand.NoTime {
			out = append(out, b)
		}
	}
	return out
}

// hourButtons are times that can be pressed: those that mean what they say beside "every evening".
func (t *turn) hourButtons() []Button {
	var out []Button
	for _, hour := range []int{9, 12, 18, 20} {
		at := strconv.Itoa(hour)
		sched, why := t.words.Schedule(t.s.Part + partBreak + at + ":00")
		if why == "" && strings.HasPrefix(sched.Spec, "0 "+at+" ") {
			out = append(out, Button{ID: "at-" + at, Label: at + ":00"})
		}
	}
	return out
}

// dayButtons are days that can be pressed: each label is read as if it had been typed.
func (t *turn) dayButtons() []Button {
	r := t.pack.Rhythm
	out := []Button{{ID: "every-day", Label: r["every-day"]}, {ID: "on-weekdays", Label: r["on-weekdays"]}}
	for i := range t.pack.Days {
		day := (i + 1) % len(t.pack.Days) // from Monday
		out = append(out, Button{ID: "day-" + strconv.Itoa(day), Label: t.pack.Days[day]})
	}
	return append(out, Button{ID: "first", Label: r["first"]}, Button{ID: "fifteenth", Label: r["fifteenth"]})
}

// valueOf is a rhythm as it is kept: "0 10 * * 5 every 2".
func valueOf(s understand.Schedule) string {
	if s.Every > 1 {
		return s.Spec + everyWeeksMark + strconv.Itoa(s.Every)
	}
	return s.Spec
}

// RhythmOf takes the answer to a schedule question apart: spec is cron with five fields, every is in how many weeks the
// rhythm is kept, 1 where nothing else is said.
func RhythmOf(value string) (spec string, every int) {
	spec, weeks, apart := strings.Cut(value, everyWeeksMark)
	every, err := strconv.Atoi(weeks)
	if !apart || err != nil || every < 1 {
		return spec, 1
	}
	return spec, every
}

// specText says a rhythm that is kept in words.
func (p *Pack) specText(value string) string {
	spec, every := RhythmOf(value)
	return p.rhythm(understand.Schedule{Spec: spec, Every: every})
}
