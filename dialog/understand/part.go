package understand

// part is a part of the day, which settles what a bare hour means.
type part int

const (
	noPart part = iota
	dawn
	morning
	afternoon
	evening
	night
)

func partNamed(name string) part {
	return map[string]part{"dawn": dawn, "morning": morning, "afternoon": afternoon, "evening": evening, "night": night}[name]
}

// in settles a bare hour by the part of the day: "8" in the evening is 20. An hour that this part does not have is
// Ambiguous.
func (c clock) in(p part) (clock, Why) {
	if p == noPart {
		return c, ""
	}
	hours := map[part][2]int{dawn: {0, 7}, morning: {0, 12}, afternoon: {12, 21}, evening: {16, 23}, night: {18, 29}}[p]
	fits := func(h int) bool { return h >= hours[0] && h <= hours[1] || h+24 <= hours[1] }
	if !c.bare {
		if !fits(c.hour) {
			return c, Ambiguous
		}
		return c, ""
	}
	am, pm := c.hour%12, c.hour%12+12
	switch {
	case p == morning && c.hour == 12:
		return c, Ambiguous // noon, and midnight
	case p == afternoon && c.hour == 12:
		c.hour = 12
	case p == night && c.hour == 12:
		c.hour = 0
	case fits(pm) && (p != morning):
		c.hour = pm
	case fits(am):
		c.hour = am
	default:
		return c, Ambiguous
	}
	c.bare = false
	return c, ""
}
