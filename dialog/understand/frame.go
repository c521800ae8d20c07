package understand

import "slices"

// answers reports whether the words around a number on a ruler are ones that people answer with. Three shapes do:
// nothing but such words ("i'd say about a 7 today"); the number first, then a pause or a reason ("7 because ..."); and an
// article right before it, a pause or the end after it ("the whole week felt like a 6").
func (l *Lexicon) answers(toks []token, m mention) bool {
	before, after := l.strangers(toks[:m.from], 0), l.strangers(toks, m.to)
	if before == 0 && after == 0 {
		return true
	}
	if m.slip || m.word && m.n == 1 && l.numbers.pronoun.len(toks, m.from) > 0 {
		return false
	}
	closed := after == 0 || l.closes(toks, m.to)
	if before == 0 && closed {
		return true
	}
	article := l.articles.before(toks, m.from) > 0
	return article && closed && wordCount(toks) <= maxWords && m.form != asUnit
}

// closes reports whether the clause ends at i, or a reason or comment begins there.
func (l *Lexicon) closes(toks []token, i int) bool {
	return i >= len(toks) || toks[i].ends() || toks[i].is("-") || l.numbers.then.len(toks, i) > 0
}

// strangers counts the words from i on that people do not put around a number.
func (l *Lexicon) strangers(toks []token, i int) int {
	n := 0
	for i < len(toks) {
		if k := l.numbers.around.len(toks, i); k > 0 {
			i += k
			continue
		}
		if k := max(l.unsure.len(toks, i), l.polite.len(toks, i)); k > 0 {
			i += k
			continue
		}
		if num := l.numeralAt(toks, i); num.n > 0 && !l.isPronoun(toks, mention{numeral: num, from: i, to: i + num.n}) {
			i += num.n // every number of the message was weighed already
			continue
		}
		if k := l.numbers.negators.len(toks, i); k > 0 && pauses(toks[i+k:]) {
			i += k // "no, 7", "not very, 3"
			continue
		}
		if toks[i].kind == word || toks[i].kind == digits || toks[i].is("/") {
			n++
		}
		i++
	}
	return n
}

// counts reports whether a number outside a ruler is an answer: in a short message, and a lone "one" or a slip of
// spelling only among words that people answer with.
func (l *Lexicon) counts(toks []token, m mention) bool {
	strange := l.strangers(toks[:m.from], 0) + l.strangers(toks, m.to)
	if strange == 0 {
		return true
	}
	if m.slip || m.word && m.n == 1 && l.numbers.pronoun.len(toks, m.from) > 0 && m.form != asUnit {
		return false
	}
	return wordCount(toks) <= maxWords
}

func pauses(toks []token) bool {
	return slices.ContainsFunc(toks, token.ends)
}
