package understand

type yesNoWords struct {
	set                                          phrases
	mayFollowNo, contrast, defer_, fill, negator phrases
}

// What a phrase says to a yes-or-no question.
const (
	saysYes = iota + 1
	saysWeakYes
	saysNo
	saysWeakNo
	saysUnsure
	saysOther
)

func newYesNoWords(d yesNoData, unsure []string) yesNoWords {
	var w yesNoWords
	// Earlier entries win between phrases of one length.
	w.set.add(saysOther, d.Other...)
	w.set.add(saysUnsure, unsure...)
	w.set.add(saysUnsure, d.Unsure...)
	w.set.add(saysYes, d.Yes...)
	w.set.add(saysNo, d.No...)
	w.set.add(saysWeakYes, d.WeakYes...)
	w.set.add(saysWeakNo, d.WeakNo...)
	w.mayFollowNo = phrasesOf(d.MayFollowNo)
	w.contrast = phrasesOf(d.Contrast)
	w.defer_ = phrasesOf(d.Defer)
	w.fill = phrasesOf(d.Fillers)
	w.negator = phrasesOf(d.Negators)
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
	return l.yesNoOf(toks)
}

func (l *Lexicon) yesNoOf(toks []token) (bool, Why) {
	s := l.yesNoSigns(toks)
	yes, no := s.yes+s.weakYes > 0, s.no+s.weakNo > 0
	switch {
	case s.unsure > 0 && s.first != saysNo && (s.unknown == 0 || s.first == saysUnsure || s.first == saysYes):
		return false, Unsure
	case s.first == saysOther:
		return false, NotUnderstood
	case yes && no && (s.unknown == 0 || s.first == saysYes || s.first == saysNo):
		return false, Ambiguous
	case s.unknown == 0 && yes && s.asks:
		return false, Unsure
	case s.unknown == 0 && yes && !s.negated && !(s.contrast && s.deferred):
		return true, ""
	case s.unknown == 0 && no && !s.contrast:
		return false, ""
	case s.first == saysYes:
		if s.negated || s.deferred && s.contrast || s.asks {
			return false, Ambiguous
		}
		return true, ""
	case s.first == saysNo:
		if s.asks || s.bareNo && !l.carriesNo(toks, s.afterFirst) {
			return false, NotUnderstood
		}
		return false, ""
	}
	return false, NotUnderstood
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
		if n > 0 && (tag >= saysOther || tag == saysUnsure || n >= fill) {
			s.count(tag, n, i)
			i += n
			continue
		}
		if s.first != 0 {
			s.contrast = s.contrast || w.contrast.len(toks, i) > 0
			s.deferred = s.deferred || w.defer_.len(toks, i) > 0
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
	case saysOther:
		s.unknown++
	}
	if s.first == 0 {
		s.first, s.afterFirst = tag, i+n
		s.bareNo = tag == saysNo && n == 1
	}
}
