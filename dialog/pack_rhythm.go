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
	minute, err1 := strconv.Atoi(f[0])
	hour, err2 := strconv.Atoi(f[1])
	if err1 != nil || err2 != nil {
		return s.Spec
	}
	clock := strconv.Itoa(hour) + ":" + strconv.Itoa(100 + minute)[1:]
	var out string
	switch {
	case f[2] == "*" && f[4] == "*":
		out = p.fill(p.Rhythm["daily"], clock)
	case f[2] == "*" && f[4] == "1-5":
		out = p.fill(p.Rhythm["weekdays"], clock)
	case f[2] == "*":
		out = p.fill(strings.Replace(p.Rhythm["weekly"], "{days}", p.dayNames(f[4]), 1), clock)
	case f[4] == "*":
		out = p.fill(strings.Replace(p.Rhythm["monthly"], "{day}", f[2], 1), clock)
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
	var names []string
	for _, part := range strings.Split(spec, ",") {
		from, to, isRange := strings.Cut(part, "-")
		a, err := strconv.Atoi(from)
		b := a
		if isRange && err == nil {
			b, err = strconv.Atoi(to)
		}
		if err != nil || a < 0 || b > 7 {
			return spec
		}
		for d := a; d <= b; d++ {
			names = append(names, p.Days[d%7])
		}
	}
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " " + p.Labels.And + " " + names[last]
}
