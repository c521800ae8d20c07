package understand

// unsureOption is the one option that says "I don't know", for someone who says it in other words.
func (c *chooser) unsureOption() (int, Why) {
	found := -1
	for i := range c.options {
		if c.l.unsure.cover(c.options[i].words) {
			if found >= 0 {
				return 0, Ambiguous
			}
			found = i
		}
	}
	if found < 0 {
		return 0, Unsure
	}
	return found, ""
}

// answering takes a yes or a no for the one option that says yes or no.
func (c *chooser) answering(core []token, otherwise Why) (int, Why) {
	if len(core) == 0 {
		return 0, otherwise
	}
	if c.l.yesNo.contrast.has(core) || c.turned(core) {
		return 0, otherwise // "yes but change something"
	}
	said, why := c.l.yesNoOf(core)
	if why != "" {
		if why == Unsure || why == Ambiguous {
			return 0, why
		}
		return 0, otherwise
	}
	found, weak := -1, -1
	for i := range c.options {
		means, strong := c.meaning(i)
		switch {
		case means != meansYes && means != meansNo || (means == meansYes) != said:
		case !strong:
			weak = i
		case found >= 0:
			return 0, Ambiguous
		default:
			found = i
		}
	}
	if found < 0 && weak >= 0 && len(c.options) == 2 {
		if means, strong := c.meaning(1 - weak); strong && (means == meansYes) != said {
			return weak, "" // "yes" to "Done" or "Not yet"
		}
	}
	if found < 0 {
		return 0, otherwise
	}
	return found, ""
}

// What an option says to a yes-or-no question.
type meaning int

const (
	meansNeither meaning = iota
	meansYes
	meansNo
)

// meaning tells what an option says. Only a strong one stands for any yes or no: "Not quite" does, and "Good", "A lot"
// and "A little" are answers of another kind.
func (c *chooser) meaning(option int) (says meaning, strong bool) {
	words := c.options[option].said
	if len(words) == 0 {
		return meansNeither, false
	}
	yes, why := c.l.yesNoOf(words)
	if why != "" {
		return meansNeither, false
	}
	first := c.l.yesNoSigns(words).first
	if yes {
		return meansYes, first == saysYes
	}
	return meansNo, first == saysNo
}
