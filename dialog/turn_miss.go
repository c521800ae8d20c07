package dialog

import (
	"slices"
	"strconv"
	"strings"

	"tandem/dialog/understand"
)

// missed asks again, kindly. After two misses the wording changes, after three help is offered.
func (t *turn) missed(s *step, why understand.Why) error {
	t.s.Misses++
	t.s.Missed = t.in.Ref
	t.ask(s, t.missText(s, why))
	return nil
}

func (t *turn) missText(s *step, why understand.Why) string {
	media := ""
	if t.in.Media != "" {
		if media = t.pack.Media[t.in.Media]; media == "" {
			media = t.pack.Media["other"]
		}
		if s.kindName == zoneKindName && t.in.Media == "location" {
			media = t.pack.Zone["no-place"]
		}
	}
	own := s.words[t.lang].retry
	if t.s.half() {
		own = nil // the step's words are about the question, not about what is asked on the way
	}
	switch {
	case t.s.Misses > 3:
		return t.pack.Still
	case t.s.Misses == 3 && s.skip != nil:
		return t.pack.Stuck
	case t.s.Misses == 3:
		return t.pack.StuckHere
	case media == "" && telling(why) && t.pack.Why[string(why)] != "":
		return t.whyText(s, why)
	case t.s.Misses == 2 && len(own) >= 2:
		return t.render(own[1])
	case t.s.Misses == 2 && media != "":
		return media + " " + t.retry(s, 1)
	case t.s.Misses == 2:
		return t.retry(s, 1)
	case media != "":
		return media
	case why != understand.NotUnderstood && t.pack.Why[string(why)] != "":
		return t.pack.Why[string(why)]
	case len(own) > 0:
		return t.render(own[0])
	}
	return t.retry(s, 0)
}

// whyText is a reason in words; one of its own says how many there may be.
func (t *turn) whyText(s *step, why understand.Why) string {
	text := t.pack.Why[string(why)]
	if _, ok := s.kind.(*rulerKind); ok && why == understand.OutOfRange {
		return strings.NewReplacer("{from}", "0", "{to}", strconv.Itoa(rulerMost)).Replace(t.pack.Why[whyOffRuler])
	}
	if k, ok := s.kind.(*choicesKind); ok && why == whyFew {
		return t.pack.fill(text, strconv.Itoa(k.atLeast))
	} else if ok && why == whyMany {
		return t.pack.fill(text, strconv.Itoa(k.atMost))
	}
	return text
}

// whyOffRuler is a number that a ruler does not have: the reason says which it has.
const whyOffRuler = "off-ruler"

// telling reports whether a reason says something of its own about an answer, worth saying however often.
func telling(why understand.Why) bool {
	switch why {
	case understand.NotUnderstood, understand.Unsure, understand.Empty, understand.TooLong, understand.Ambiguous:
		return false
	}
	return true
}

// retry is the engine's own wording for a kind of question, or for what is asked on the way to its answer.
func (t *turn) retry(s *step, n int) string {
	name := s.kindName
	switch {
	case t.s.Draft != nil, name == "permission", name == "share":
		name = "yes-no"
	case t.s.Part != "" && t.lacks() == understand.NoTime:
		name = "time"
	case len(t.s.Offered) > 0, t.s.Change, name == "choices":
		name = "choice"
	}
	list := t.pack.Retry[name]
	if len(list) == 0 {
		list = t.pack.Retry["any"]
	}
	return list[min(n, len(list)-1)]
}

// isDone tells whether a typed text closes a question that takes several answers.
func (t *turn) isDone(text string) bool {
	parts := strings.FieldsFunc(understand.Normalize(text), func(r rune) bool { return strings.ContainsRune(".,;!", r) })
	for _, part := range parts {
		part = strings.TrimSpace(part)
		yes, why := t.words.YesNo(part)
		if part != understand.Normalize(t.pack.Labels.Done) && !slices.Contains(t.pack.Enough, part) &&
			(why != "" || yes || len(t.s.Picked) == 0) {
			return false
		}
	}
	return len(parts) > 0
}
