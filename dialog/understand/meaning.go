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
	if !said && !c.l.shortNo(core) {
		return 0, otherwise // "no me griten" is no "No, nothing today"
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

// shortNo reports whether a message leads with a no that stands by itself: one that begins no denial ("nah"), at the end,
// before a pause, or with nothing after it that is not small change.
func (l *Lexicon) shortNo(toks []token) bool {
	w := &l.yesNo
	at := l.passOver(toks, 0, &l.polite)
	tag, n := w.set.at(toks, at)
	if n == 0 || tag != saysNo && tag != saysEchoNo && tag != saysWeakNo {
		return l.yesNoSigns(toks).unknown == 0
	}
	rest := toks[at+n:]
	if tag == saysNo && n == 1 && w.negator.len(toks, at) == 0 {
		return true
	}
	return len(rest) == 0 || rest[0].ends() || w.reasons.len(rest, 0) > 0 || l.yesNoSigns(toks).unknown == 0
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
