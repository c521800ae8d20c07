package understand

import "slices"

// Choices reads any number of the options and gives their indexes in order: "health and money", "1, 3", "all of them",
// "everything except money". "None of them" is understood, as no choice. Everything that was said must be accounted for:
// "pizza and money" is refused.
func (l *Lexicon) Choices(text string, options []Option) ([]int, Why) {
	if i := exactLabel(text, options); i >= 0 {
		return []int{i}, ""
	}
	var space [48]token
	toks, why := l.open(space[:0], text)
	if why != "" {
		return nil, why
	}
	c := l.chooser(options)
	core := l.trimPolite(toks)
	if i := c.whole(core); i >= 0 {
		return []int{i}, ""
	}
	if l.choice.none.len(core, 0) == len(core) && len(core) > 0 {
		return []int{}, ""
	}
	if n := l.choice.every.len(core, 0); n > 0 {
		return c.all(core[n:])
	}
	if l.choice.both.len(core, 0) == len(core) && len(core) > 0 {
		if len(options) == 2 {
			return []int{0, 1}, ""
		}
		return nil, Ambiguous // both of which?
	}
	return c.many(core)
}

// all reads what follows "all": nothing, or exceptions.
func (c *chooser) all(rest []token) ([]int, Why) {
	for len(rest) > 0 && rest[0].kind == mark {
		rest = rest[1:]
	}
	every := make([]int, len(c.options))
	for i := range every {
		every[i] = i
	}
	if len(rest) == 0 {
		return every, ""
	}
	n := c.l.choice.except.len(rest, 0)
	if n == 0 {
		if words, _ := c.content(rest, false); len(words) == 0 {
			return every, ""
		}
		return nil, NotUnderstood
	}
	out, why := c.many(rest[n:])
	if why != "" {
		return nil, why
	}
	return slices.DeleteFunc(every, func(i int) bool { return slices.Contains(out, i) }), ""
}

// many reads a list: labels wherever they stand, and between them places, beginnings of labels, or slips.
func (c *chooser) many(toks []token) ([]int, Why) {
	if places, why := c.places(toks); why != "" || len(places) > 0 {
		return places, why
	}
	if c.l.unsure.cover(toks) {
		i, why := c.unsureOption()
		return []int{i}, why
	}
	var found []int
	start := 0
	for i := 0; i <= len(toks); {
		cut, n := c.cutAt(toks, i)
		if n == 0 && i < len(toks) {
			i++
			continue
		}
		more, why := c.segment(toks[start:i], len(found) > 0)
		if why != "" {
			return nil, why
		}
		found = append(found, more...)
		if cut.to > 0 {
			found = append(found, cut.option)
		}
		if i < len(toks) && n > 0 && cut.to == 0 && c.l.choice.or.len(toks, i) == n && c.l.choice.and.len(toks, i) == 0 && toks[i].kind == word {
			return nil, Ambiguous
		}
		i += max(n, 1)
		start = min(i, len(toks))
	}
	if c.l.choice.negators.has(toks) {
		return nil, Negated
	}
	if len(found) == 0 {
		return nil, NotUnderstood
	}
	slices.Sort(found)
	return slices.Compact(found), ""
}

// cutAt finds what ends a segment at i: a label, or a word or mark of a list.
func (c *chooser) cutAt(toks []token, i int) (naming, int) {
	if i >= len(toks) {
		return naming{}, 0
	}
	if m := c.labelAt(toks, i, slack); m.to > 0 {
		return m, m.to - i
	}
	if n := max(c.l.choice.and.len(toks, i), c.l.choice.or.len(toks, i)); n > 0 {
		return naming{}, n
	}
	if toks[i].kind == mark && !toks[i].is("#") {
		return naming{}, 1
	}
	return naming{}, 0
}

// segment reads what stands between the labels of a list. After a label, a reason may follow.
func (c *chooser) segment(toks []token, after bool) ([]int, Why) {
	if words, _ := c.content(toks, false); len(words) == 0 {
		places, why := c.places(toks)
		return places, why
	}
	if c.l.choice.both.cover(toks) && !c.l.choice.every.has(toks) {
		return nil, "" // "both health and money"
	}
	if after && c.l.choice.then.len(toks, 0) > 0 {
		return nil, ""
	}
	if c.l.choice.negators.has(toks) {
		return nil, Negated
	}
	i, why := c.one(toks)
	if why != "" {
		return nil, why
	}
	return []int{i}, ""
}
