package dialog

import (
	"strconv"
	"strings"

	"tandem/dialog/understand"
)

// scheduleKind asks for a rhythm, such as "Mondays and Thursdays at 8pm", and keeps it as a cron spec of five fields,
// with " every N" behind it where it is kept only in each Nth week. A rhythm without its time is asked for the time, one
// without its days for the days; nothing is assumed. It is read back with its next two dates before it is kept.
//
// A flow may suggest rhythms, as specs of that form; the engine words their buttons in each language:
//
//	rhythm: {kind: schedule, suggest: ["0 9 * * 1-5", "0 18 * * 0", "0 10 * * 5 every 2"], next: keep}
//
// Without, two worked examples can be pressed once an answer was not understood.
type scheduleKind struct{ suggest []named }

const (
	maxSuggested   = 6
	suggestedID    = "suggest-"
	partBreak      = "; " // between the two halves of a rhythm, so that neither runs into the other
	maxPart        = 200  // bytes of a half that is kept
	everyWeeksMark = " every "
)

func (k *scheduleKind) read(f field) bool {
	if f.key != "suggest" {
		return false
	}
	k.suggest = readNames(f.value)
	return true
}

func (k *scheduleKind) check(c *check, _ *step) needs {
	for i, s := range k.suggest {
		if i == maxSuggested {
			s.fail("at most %d rhythms can be suggested", maxSuggested)
		}
		for _, p := range c.packs {
			if spec, every := RhythmOf(s.name); p.rhythm(understand.Schedule{Spec: spec, Every: every}) == spec {
				s.fail("the rhythm %q cannot be said; write it as \"0 9 * * 1-5\", \"30 18 * * 1,4\", \"0 9 1 * *\" or \"0 10 * * 5 every 2\"", s.name)
				break
			}
		}
	}
	return needs{text: true}
}

func (*scheduleKind) valueType() valueType { return textType }

func (*scheduleKind) key(_ *turn, _ *step, v Value) (string, bool) { return "", v.Text != nil }

func (k *scheduleKind) buttons(t *turn, _ *step) []Button {
	switch {
	case t.s.Draft != nil:
		return t.draftButtons()
	case t.s.Part != "":
		return t.partButtons()
	}
	var out []Button
	for i, spec := range k.suggested(t) {
		out = append(out, Button{ID: suggestedID + strconv.Itoa(i), Label: t.pack.specText(spec)})
	}
	return out
}

// suggested are the flow's suggestions; after a miss there are always some.
func (k *scheduleKind) suggested(t *turn) []string {
	if len(k.suggest) == 0 && t.s.Misses > 0 {
		return []string{"0 9 * * 1-5", "0 18 * * 0"}
	}
	var out []string
	for _, s := range k.suggest {
		out = append(out, s.name)
	}
	return out
}

// onTheWay asks for what is missing, or whether it was read right.
func (*scheduleKind) onTheWay(t *turn) string {
	if t.s.Draft == nil {
		if t.lacks() == understand.NoTime {
			return t.pack.Rhythm["ask-time"]
		}
		return t.pack.Rhythm["ask-days"]
	}
	shown := t.s.Draft.Shown
	spec, every := RhythmOf(*t.s.Draft.Value.Text)
	if first, second, ok := t.nextDays(spec, every); ok {
		shown = strings.NewReplacer("{}", shown, "{first}", t.pack.day(first, t.now), "{second}", t.pack.day(second, t.now)).Replace(t.pack.Rhythm["dates"])
	}
	return t.pack.fill(t.pack.ReadBack, shown)
}

func (k *scheduleKind) take(t *turn, _ *step, in Input) taken {
	pressed := ""
	if in.Kind == Press && t.s.Draft == nil {
		if pressed = k.pressed(t, in.Choice); pressed == "" {
			return taken{why: understand.NotUnderstood}
		}
		if t.s.Part == "" {
			return t.takeSuggested(pressed)
		}
		in = Input{Kind: Text, Text: pressed}
	}
	said := in.Text
	got := t.takeDraft(in, func(text string) (Value, string, understand.Why) {
		sched, words, why := t.rhythm(text)
		if said = words; why != "" {
			return Value{}, "", why
		}
		return TextValue(valueOf(sched)), t.pack.rhythm(sched), ""
	})
	switch {
	case (got.why == understand.NoTime || got.why == understand.NoDay) && len(said) <= maxPart:
		t.s.Draft, t.s.Part = nil, said
		got = taken{more: true}
	case got.more:
		t.s.Draft.Said, t.s.Part = strings.ReplaceAll(said, partBreak, ", "), ""
	}
	if pressed != "" {
		got.shown = pressed
	}
	return got
}

// pressed finds what a button stands for: the spec of a suggestion, or the words of a missing half.
func (k *scheduleKind) pressed(t *turn, choice string) string {
	if t.s.Part != "" {
		for _, b := range t.partButtons() {
			if b.ID == choice {
				return b.Label
			}
		}
		return ""
	}
	specs := k.suggested(t)
	at, err := strconv.Atoi(strings.TrimPrefix(choice, suggestedID))
	if err != nil || at < 0 || at >= len(specs) {
		return ""
	}
	return specs[at]
}

// takeSuggested reads a suggestion back, as if it had been typed.
func (t *turn) takeSuggested(spec string) taken {
	shown := t.pack.specText(spec)
	t.s.Draft = &Draft{Value: TextValue(spec), Shown: shown}
	return taken{more: true, shown: shown}
}
