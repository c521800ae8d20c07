package understand

import (
	"slices"
	"strings"
	"unicode/utf8"
)

type yesNoWords struct {
	set                                            phrases
	mayFollowNo, contrast, postpone, fill, negator phrases
	reasons, conditional, clear, clearAround       phrases
	accented                                       []string // normalized, with the accents that folding takes
	plainYes                                       string   // a yes that is no condition, to stand for an accented one
	slips                                          []string // the words that a lone misspelt word may be
}

// What a phrase says to a yes-or-no question.
const (
	saysYes = iota + 1
	saysWeakYes
	saysNo
	saysEchoYes
	saysEchoNo
	saysWeakNo
	saysUnsure
	saysDegree // "a little": no answer alone, and no doubt after a yes
	saysOther
)

func newYesNoWords(d yesNoData, unsure []string) yesNoWords {
	var w yesNoWords
	// Earlier entries win between phrases of one length.
	w.set.add(saysOther, d.Other...)
	w.set.add(saysUnsure, unsure...)
	w.set.add(saysDegree, d.Degree...)
	w.set.add(saysUnsure, d.Unsure...)
	w.set.add(saysYes, d.Yes...)
	w.set.add(saysNo, d.No...)
	w.set.add(saysEchoYes, d.EchoYes...)
	w.set.add(saysEchoNo, d.EchoNo...)
	w.set.add(saysWeakYes, d.WeakYes...)
	w.set.add(saysWeakNo, d.WeakNo...)
	w.clear.add(saysYes, d.ClearYes...)
	w.clear.add(saysNo, d.ClearNo...)
	w.clearAround = phrasesOf(d.ClearAround)
	w.mayFollowNo = phrasesOf(d.MayFollowNo)
	w.contrast = phrasesOf(d.Contrast)
	w.postpone = phrasesOf(d.Defer)
	w.fill = phrasesOf(d.Fillers)
	w.negator = phrasesOf(d.Negators)
	w.reasons, w.conditional = phrasesOf(d.Reasons), phrasesOf(d.Conditional)
	for _, text := range d.Accented {
		w.accented = append(w.accented, Normalize(text))
	}
	for _, text := range d.Yes {
		if s := fold(text); w.plainYes == "" && !strings.Contains(s, " ") && !slices.Contains(d.Conditional, s) {
			w.plainYes = s
		}
	}
	for _, text := range slices.Concat(d.Yes, d.No, d.EchoYes, d.EchoNo) {
		if s := fold(text); len(s) >= 5 && !strings.Contains(s, " ") {
			w.slips = append(w.slips, s)
		}
	}
	return w
}

// yesNoSigns is what the phrases of a message add up to.
type yesNoSigns struct {
	yes, no, weakYes, weakNo, unsure int
	first                            int  // the tag of the first phrase that says something, when nothing unknown came before
	bareNo                           bool // opens with a lone "no"
	unknown                          int  // words that say nothing known
	contrast, deferred, negated      bool // after the first phrase
	asks                             bool // ends in a question mark
	afterFirst                       int  // position after the first phrase
}

// YesNo reads yes or no. An opening yes or no carries what follows it ("no, I was too tired"), unless that takes it back
// ("sure, but not today" is Ambiguous). Hedges are Unsure. A word that agrees only in passing ("right", "good") counts
// only when it is all that was said.
func (l *Lexicon) YesNo(text string) (bool, Why) {
	var space [32]token
	toks, why := l.open(space[:0], text)
	if why != "" {
		return false, why
	}
	if l.accentedYes(text) {
		toks[0].text = l.yesNo.plainYes
	}
	answer, why := l.yesNoOf(toks)
	switch {
	case why == "" && l.isCondition(toks):
		return false, NotUnderstood
	case why == NotUnderstood && l.unslip(toks):
		return l.yesNoOf(toks)
	}
	return answer, why
}

// isCondition reports whether a message opens with an "if" that an unaccented yes looks like: "si llueve".
func (l *Lexicon) isCondition(toks []token) bool {
	n := l.yesNo.conditional.len(toks, 0)
	if n == 0 || n >= len(toks) || toks[n].kind != word || l.yesNo.reasons.len(toks, n) > 0 {
		return false
	}
	if _, isYes := l.yesNo.set.at(toks, 0); isYes == 0 {
		return true // an "if" that looks like nothing else
	}
	if _, k := l.yesNo.set.at(toks, 0); k > n {
		return false
	}
	_, k := l.yesNo.set.at(toks, n)
	return k == 0 && l.yesNo.fill.len(toks, n) == 0 && l.yesNo.contrast.len(toks, n) == 0
}

// accentedYes reports whether the message begins with a word that only its accent makes a yes.
func (l *Lexicon) accentedYes(text string) bool {
	if isASCII(text) {
		return false
	}
	said := Normalize(text)
	return slices.ContainsFunc(l.yesNo.accented, func(s string) bool {
		rest, ok := strings.CutPrefix(said, s)
		return ok && (rest == "" || rest[0] < utf8.RuneSelf && !asciiLetter(rest[0]))
	})
}

// unslip corrects the one misspelt word of a very short message, in place, and reports whether it did.
func (l *Lexicon) unslip(toks []token) bool {
	if wordCount(toks) > 2 {
		return false
	}
	for i, t := range toks {
		if t.kind != word || len(t.text) < 5 || l.knows(t.text) {
			continue
		}
		for _, s := range l.yesNo.slips {
			if l.near(t.text, s, slips(s)) {
				toks[i].text = s
				return true
			}
		}
	}
	return false
}

func (l *Lexicon) yesNoOf(toks []token) (bool, Why) {
	s := l.yesNoSigns(toks)
	yes, no := s.yes+s.weakYes > 0, s.no+s.weakNo > 0
	switch {
	case s.unsure > 0 && s.unknown == 0 && l.unsure.has(toks):
		return false, Unsure
	case s.unsure > 0 && s.first != saysNo && (s.unknown == 0 || s.first == saysUnsure || s.first == saysYes):
		return false, Unsure
	case s.first == saysOther:
		return false, NotUnderstood
	case s.first == saysNo && s.yes == 0 && s.weakYes > 0 && !s.contrast && !s.asks && !s.bareNoun(l, toks):
		return false, "" // "nah, i'm good"
	case yes && no && (s.unknown == 0 || s.first == saysYes || s.first == saysNo):
		return false, Ambiguous
	case s.unknown == 0 && (yes || no) && s.asks:
		return false, Unsure
	case s.unknown == 0 && yes && !s.negated && (!s.contrast || !s.deferred):
		return true, ""
	case s.unknown == 0 && no && !s.contrast:
		return false, ""
	case s.first == saysYes:
		if s.negated || s.deferred && s.contrast || s.asks {
			return false, Ambiguous
		}
		return true, ""
	case s.first == saysNo:
		if s.asks || s.bareNoun(l, toks) {
			return false, NotUnderstood
		}
		return false, ""
	}
	return false, NotUnderstood
}

// bareNoun reports whether the opening no only belongs to the word after it: "no sleep".
func (s yesNoSigns) bareNoun(l *Lexicon, toks []token) bool {
	return s.bareNo && !l.carriesNo(toks, s.afterFirst)
}

// carriesNo reports whether what follows a lone "no" leaves it an answer: "no, ...", "no i can't", but not "no sleep".
func (l *Lexicon) carriesNo(toks []token, i int) bool {
	return i >= len(toks) || toks[i].kind != word || l.yesNo.mayFollowNo.len(toks, i) > 0
}

func (l *Lexicon) yesNoSigns(toks []token) yesNoSigns {
	var s yesNoSigns
	w := &l.yesNo
	s.asks = toks[len(toks)-1].is("?")
	for i := 0; i < len(toks); {
		tag, n := w.set.at(toks, i)
		fill := w.fill.len(toks, i)
		if n == 1 && l.continues(toks, i) {
			n, fill, tag = 0, 0, 0 // "and", not a letter for yes
		}
		if tag == saysEchoYes || tag == saysEchoNo {
			tag = l.echo(toks, i+n, tag)
		}
		if n > 0 && (tag == saysOther || tag == saysUnsure || tag == saysDegree || n >= fill) {
			s.count(tag, n, i)
			i += n
			continue
		}
		if s.first != 0 {
			s.contrast = s.contrast || w.contrast.len(toks, i) > 0
			s.deferred = s.deferred || w.postpone.len(toks, i) > 0
			s.negated = s.negated || w.negator.len(toks, i) > 0
		}
		switch {
		case w.contrast.len(toks, i) > 0:
			i += w.contrast.len(toks, i)
		case fill > 0:
			i += fill
		case w.negator.len(toks, i) > 0:
			s.negated = true
			s.unknown++
			i++
		default:
			if toks[i].kind == word || toks[i].kind == digits {
				s.unknown++
				if s.first == 0 {
					s.first = -1
				}
			}
			i++
		}
	}
	return s
}

// echo settles what "I do" and the like say: an answer where the clause ends, and otherwise one only if nothing else is
// said.
func (l *Lexicon) echo(toks []token, after, tag int) int {
	w := &l.yesNo
	ends := after >= len(toks) || toks[after].ends() || w.reasons.len(toks, after) > 0 || w.contrast.len(toks, after) > 0
	switch {
	case tag == saysEchoYes && ends:
		return saysYes
	case tag == saysEchoYes:
		return saysWeakYes
	case ends:
		return saysNo
	}
	return saysWeakNo
}

// count notes a phrase with its tag, n tokens long, at position i.
func (s *yesNoSigns) count(tag, n, i int) {
	switch tag {
	case saysYes:
		s.yes++
	case saysWeakYes:
		s.weakYes++
	case saysNo:
		s.no++
	case saysWeakNo:
		s.weakNo++
	case saysUnsure:
		s.unsure++
	case saysDegree:
		if s.first != saysYes {
			s.unsure++
			tag = saysUnsure
		}
	case saysOther:
		s.unknown++
	}
	if s.first == 0 {
		s.first, s.afterFirst = tag, i+n
		s.bareNo = tag == saysNo && n == 1
	}
}
