package understand

// stoppingWords say in a sentence that the messages are to end: "stop reminding me", "no more of these". A pattern is
// what ends them and what is ended, so that "stop smoking" is none.
type stoppingWords struct {
	alone, told, tail, lead, around phrases
	patterns                        []stoppingPattern
}

type stoppingPattern struct{ say, about phrases }

func newStoppingWords(d stoppingData) stoppingWords {
	w := stoppingWords{
		alone: phrasesOf(d.Alone), told: phrasesOf(d.Told), tail: phrasesOf(d.Tail),
		lead: phrasesOf(d.Lead), around: phrasesOf(d.Around),
	}
	for _, p := range d.Patterns {
		w.patterns = append(w.patterns, stoppingPattern{phrasesOf(p.Say), phrasesOf(p.About)})
	}
	return w
}

// stops reports whether the whole message is a wish for no more messages.
func (l *Lexicon) stops(toks []token) bool {
	if l.stopsAlone(toks) {
		return true
	}
	for start := range toks {
		if start > 0 && !l.leads(toks[:start]) {
			continue
		}
		for i := range l.stopping.patterns {
			p := &l.stopping.patterns[i]
			if n := p.say.len(toks, start); n > 0 && l.coveredAbout(toks[start+n:], &p.about) {
				return true
			}
		}
	}
	return false
}

// leads reports whether the tokens only lead up to a request.
func (l *Lexicon) leads(toks []token) bool {
	return l.passOver(toks, 0, &l.stopping.lead, &l.polite) == len(toks)
}

// stopsAlone reads "stop stop stop", "I want you to stop" and "stop, please, it is too much": the word that ends things
// needs no object there.
func (l *Lexicon) stopsAlone(toks []token) bool {
	w := &l.stopping
	i := l.passOver(toks, 0, &w.told, &l.polite)
	n := w.alone.len(toks, i)
	return n > 0 && l.passOver(toks, i+n, &w.alone, &w.tail, &l.polite) == len(toks)
}

// coveredAbout reports whether something that can be ended is named, and nothing else is said besides small change.
func (l *Lexicon) coveredAbout(toks []token, about *phrases) bool {
	named := false
	for i := 0; i < len(toks); {
		n := about.len(toks, i)
		named = named || n > 0
		if n == 0 {
			n = max(l.stopping.around.len(toks, i), l.stopping.tail.len(toks, i), l.polite.len(toks, i))
		}
		if n == 0 && toks[i].kind != mark {
			return false
		}
		i += max(n, 1)
	}
	return named
}

// passOver gives the position after the marks and phrases of the sets that stand from i on.
func (l *Lexicon) passOver(toks []token, i int, sets ...*phrases) int {
	for i < len(toks) {
		n := 0
		for _, set := range sets {
			n = max(n, set.len(toks, i))
		}
		if n == 0 && toks[i].kind != mark {
			return i
		}
		i += max(n, 1)
	}
	return i
}
