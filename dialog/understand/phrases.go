package understand

import "slices"

// phrases finds the phrases of a language in a row of tokens. Each carries a tag that says what it stands for.
type phrases struct {
	byFirst map[string][]phrase // longest first
}

type phrase struct {
	rest []string
	tag  int
}

// add makes every text a phrase with the tag. Texts without words are left out.
func (p *phrases) add(tag int, texts ...string) {
	if p.byFirst == nil {
		p.byFirst = make(map[string][]phrase)
	}
	for _, text := range texts {
		toks := scan(nil, fold(text))
		if len(toks) == 0 {
			continue
		}
		rest := make([]string, 0, len(toks)-1)
		for _, t := range toks[1:] {
			rest = append(rest, t.text)
		}
		first := toks[0].text
		p.byFirst[first] = append(p.byFirst[first], phrase{rest, tag})
		slices.SortStableFunc(p.byFirst[first], func(a, b phrase) int { return len(b.rest) - len(a.rest) })
	}
}

func phrasesOf(texts []string) phrases {
	var p phrases
	p.add(1, texts...)
	return p
}

// at gives the tag and the length in tokens of the longest phrase at position i; length 0 is none.
func (p phrases) at(toks []token, i int) (tag, n int) {
	if i < 0 || i >= len(toks) {
		return 0, 0
	}
	for _, ph := range p.byFirst[toks[i].text] {
		if ph.follows(toks[i+1:]) {
			return ph.tag, 1 + len(ph.rest)
		}
	}
	return 0, 0
}

func (ph phrase) follows(toks []token) bool {
	if len(toks) < len(ph.rest) {
		return false
	}
	for k, t := range toks[:len(ph.rest)] {
		if t.text != ph.rest[k] {
			return false
		}
	}
	return true
}

// len is the length in tokens of the phrase at i, 0 for none.
func (p phrases) len(toks []token, i int) int {
	_, n := p.at(toks, i)
	return n
}

// before is the length in tokens of the longest phrase that ends right before position i.
func (p phrases) before(toks []token, i int) int {
	for n := min(i, 4); n > 0; n-- {
		if p.len(toks[:i], i-n) == n {
			return n
		}
	}
	return 0
}

// has reports whether any phrase stands anywhere in the tokens.
func (p phrases) has(toks []token) bool {
	for i := range toks {
		if p.len(toks, i) > 0 {
			return true
		}
	}
	return false
}

// cover reports whether phrases of the set, and the marks between them, are all that the tokens hold.
func (p phrases) cover(toks []token) bool {
	some := false
	for i := 0; i < len(toks); {
		n := p.len(toks, i)
		switch {
		case n > 0:
			some = true
			i += n
		case toks[i].kind == mark:
			i++
		default:
			return false
		}
	}
	return some
}
