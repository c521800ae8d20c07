package dialog

import (
	"strconv"
	"strings"

	"tandem/dialog/understand"
)

// rhythm says a schedule in words, so that it can be read back. It knows the shapes that the lexicon makes; any other
// spec is said as it is.
func (p *Pack) rhythm(s understand.Schedule) string {
	f := strings.Fields(s.Spec)
	if len(f) != 5 {
		return s.Spec
	}
	clock, ok := p.clocks(f[0], f[1])
	if !ok || f[3] != "*" || !starOr(f[2], 31) || !starOr(f[4], 7) || f[2] != "*" && f[4] != "*" {
		return s.Spec
	}
	var out string
	switch {
	case f[2] == "*" && f[4] == "*":
		out = p.fill(p.Rhythm["daily"], clock)
	case f[2] == "*" && f[4] == "1-5":
		out = p.fill(p.Rhythm["weekdays"], clock)
	case f[2] == "*":
		out = p.fill(strings.Replace(p.Rhythm["weekly"], "{days}", p.dayNames(f[4]), 1), clock)
	case f[4] == "*":
		out = p.fill(strings.Replace(p.Rhythm["monthly"], "{day}", p.row(strings.Split(f[2], ",")), 1), clock)
	default:
		return s.Spec
	}
	if s.Every > 1 {
		out = strings.Replace(p.fill(p.Rhythm["every"], out), "{n}", strconv.Itoa(s.Every), 1)
	}
	return out
}

// dayNames says a list of cron's days of the week, where 0 and 7 are Sunday.
func (p *Pack) dayNames(spec string) string {
	days, ok := numbersOf(spec, 7)
	if !ok {
		return spec
	}
	names := make([]string, len(days))
	for i, d := range days {
		names[i] = p.Days[d%7]
	}
	return p.row(names)
}

// starOr tells whether a field of cron is a star, or numbers none above most.
func starOr(spec string, most int) bool {
	_, ok := numbersOf(spec, most)
	return ok || spec == "*"
}

// clocks says a list of hours that share their minute: "9:00 and 17:00".
func (p *Pack) clocks(minute, hours string) (string, bool) {
	minutes, one := numbersOf(minute, 59)
	each, ok := numbersOf(hours, 23)
	if !ok || !one || len(minutes) != 1 {
		return "", false
	}
	out := make([]string, len(each))
	for i, hour := range each {
		out[i] = strconv.Itoa(hour) + ":" + strconv.Itoa(100 + minutes[0])[1:]
	}
	return p.row(out), true
}

// row puts words in a row, with the language's "and" before the last.
func (p *Pack) row(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " " + p.Labels.And + " " + words[last]
}

// numbersOf reads a field of cron that is a list of numbers and ranges, none above most.
func numbersOf(spec string, most int) ([]int, bool) {
	var out []int
	for part := range strings.SplitSeq(spec, ",") {
		from, to, isRange := strings.Cut(part, "-")
		a, err := strconv.Atoi(from)
		b := a
		if isRange && err == nil {
			b, err = strconv.Atoi(to)
		}
		if err != nil || a < 0 || b < a || b > most {
			return nil, false
		}
		for n := a; n <= b; n++ {
			out = append(out, n)
		}
	}
	return out, true
}
