package understand

// PlainYesNo reads a yes or a no from a message that is nothing but that: one of the language's clear words, more than
// once perhaps, and courtesies around it. Anything more, a question above all, is NotUnderstood. It is for questions
// where a wrong yes would be an agreement that nobody gave.
func (l *Lexicon) PlainYesNo(text string) (bool, Why) {
	var space [32]token
	toks, why := l.open(space[:0], text)
	if why != "" {
		return false, why
	}
	w := &l.yesNo
	said, some := false, false
	for i := 0; i < len(toks); {
		tag, n := w.clear.at(toks, i)
		around := max(w.clearAround.len(toks, i), l.polite.len(toks, i))
		switch {
		case n > 0 && n >= around:
			if yes := tag == saysYes; some && yes != said {
				return false, NotUnderstood
			}
			said, some = tag == saysYes, true
			i += n
		case around > 0:
			i += around
		case toks[i].kind == mark && !toks[i].is("?"):
			i++
		default:
			return false, NotUnderstood
		}
	}
	if !some {
		return false, NotUnderstood
	}
	return said, ""
}

// PlainChoice reads which option is meant where nothing but its label or its number was said, courtesies apart, or a
// plain yes or no that begins one label only.
func (l *Lexicon) PlainChoice(text string, options []Option) (int, Why) {
	if i := exactLabel(text, options); i >= 0 {
		return i, ""
	}
	var space [48]token
	toks, why := l.open(space[:0], text)
	if why != "" {
		return 0, why
	}
	if !asks(toks) {
		c := l.chooser(options)
		core := c.core(toks)
		if i := c.labelled(core); i >= 0 {
			return i, ""
		}
		if i, why := c.numbered(core); i >= 0 || why != "" {
			return i, why
		}
	}
	yes, why := l.PlainYesNo(text)
	if why != "" {
		return 0, why
	}
	return l.beginning(yes, options)
}

func asks(toks []token) bool {
	for _, t := range toks {
		if t.is("?") {
			return true
		}
	}
	return false
}

// labelled finds the option whose label is all that was said, -1 for none.
func (c *chooser) labelled(core []token) int {
	for i := range c.options {
		if n := c.options[i].match(c.l, core, 0, exactly); n > 0 && n == len(core) {
			return i
		}
	}
	return -1
}

// numbered finds the option whose number is all that was said: "2", "option 2".
func (c *chooser) numbered(core []token) (int, Why) {
	n := c.l.passOver(core, 0, &c.l.choice.index)
	if n >= len(core) || core[n].kind != digits || c.l.passOver(core, n+1) < len(core) {
		return -1, ""
	}
	places, why := c.places(core)
	if why != "" || len(places) != 1 {
		return -1, why
	}
	return places[0], ""
}

// beginning finds the one label that begins with a clear yes, or with a clear no.
func (l *Lexicon) beginning(yes bool, options []Option) (int, Why) {
	found := -1
	for i, o := range options {
		toks := l.tokens(nil, o.Label)
		tag, n := l.yesNo.clear.at(toks, l.passOver(toks, 0))
		if n == 0 || (tag == saysYes) != yes {
			continue
		}
		if found >= 0 {
			return 0, Ambiguous
		}
		found = i
	}
	if found < 0 {
		return 0, NotUnderstood
	}
	return found, ""
}

// Continues reports whether a message opens with the language's one-letter "and", and goes on: "y esto". In another
// language that letter may be a yes.
func (l *Lexicon) Continues(text string) bool {
	if tooLong(text) {
		return false
	}
	var space [32]token
	toks := l.tokens(space[:0], text)
	i := l.passOver(toks, 0)
	return l.continues(toks, i)
}

func (l *Lexicon) continues(toks []token, i int) bool {
	return i < len(toks) && len(toks[i].text) == 1 && l.choice.and.len(toks, i) == 1 && toks[i].kind == word && wordCount(toks[i:]) > 1
}

// InLabel reports whether the words of a text stand in a label one after the other, as whole words; accents, courtesies
// and marks do not count.
func (l *Lexicon) InLabel(text, label string) bool {
	if tooLong(text) {
		return false
	}
	said := onlyWords(l.trimPolite(scan(nil, fold(text))))
	in := onlyWords(scan(nil, fold(label)))
	for i := 0; len(said) > 0 && i+len(said) <= len(in); i++ {
		if sameWords(said, in[i:i+len(said)]) {
			return true
		}
	}
	return false
}

// SameLabel reports whether a text is a label, accents, courtesies and marks apart.
func (l *Lexicon) SameLabel(text, label string) bool {
	return l.InLabel(text, label) && len(onlyWords(l.trimPolite(scan(nil, fold(text))))) == len(onlyWords(scan(nil, fold(label))))
}

func onlyWords(toks []token) []token {
	var out []token
	for _, t := range toks {
		if t.kind != mark && t.kind != emoji {
			out = append(out, t)
		}
	}
	return out
}
