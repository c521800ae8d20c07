package dialog

import (
	"slices"
	"strconv"
	"time"

	"tandem/dialog/understand"
)

// turn is one step under way.
type turn struct {
	lib   *Library
	s     *Session
	ctx   Context
	in    Input
	now   time.Time
	lang  string // the language that the flow on top has words in: the session's, or its own first
	pack  *Pack
	words *understand.Lexicon
	out   Result
	kept  map[string]Answer // while an answer is corrected: those that came after it
	mark  int               // the effects up to the last answer that still stands
	stood int               // how many answers still stood in this turn
	sent  bool              // the words came with something that cannot be read, such as a picture
	as    string            // the label that what was typed stands for; "" it stands for itself
	err   error

	reached map[stepOf]map[string]bool // the steps that may come up from each
}

const maxSteps = 2 * maxFlowSteps // in one go; a flow that was checked waits long before

// Begin opens a flow in a new session. The context's Inputs hand over what the flow wants.
func (l *Library) Begin(s *Session, flow string, ctx Context) (Result, error) {
	t := l.turn(s, ctx, Input{Kind: Begin})
	if err := t.open(flow, Frame{}, ctx.Inputs); err != nil {
		return Result{}, err
	}
	return t.finish()
}

// Step gives a session its next input. The session is changed in place, and is of no use after an error.
func (l *Library) Step(s *Session, ctx Context, in Input) (Result, error) {
	t, err := l.resume(s, ctx, in)
	if err != nil {
		return Result{}, err
	}
	if err := t.input(); err != nil {
		return Result{}, err
	}
	return t.finish()
}

// resume begins a turn of a session that is under way.
func (l *Library) resume(s *Session, ctx Context, in Input) (*turn, error) {
	if len(s.Frames) == 0 {
		return nil, &BrokenError{"the session has no flow"}
	}
	for _, f := range s.Frames {
		if l.version(f.Flow, f.Version) == nil {
			return nil, &NeedVersionError{f.Flow, f.Version}
		}
	}
	t := l.turn(s, ctx, in)
	return t, t.resumeKept()
}

func (l *Library) turn(s *Session, ctx Context, in Input) *turn {
	s.Turn++
	t := &turn{lib: l, s: s, ctx: ctx, in: in, now: ctx.Now}
	t.speak()
	return t
}

// speak settles the language of the flow on top.
func (t *turn) speak() {
	t.lang = t.s.Lang
	if len(t.s.Frames) > 0 {
		if f := t.flow(); f != nil && !slices.Contains(f.langs, t.lang) {
			t.lang = f.langs[0]
		}
	}
	t.pack = t.lib.Pack(t.lang)
	t.words = t.pack.lexicon
}

func (t *turn) finish() (Result, error) {
	if t.err != nil {
		return Result{}, t.err
	}
	t.out.Ended = len(t.s.Frames) == 0
	t.needs()
	t.out.Wake = t.s.Due
	return t.out, nil
}

// flow is the flow on top.
func (t *turn) flow() *Flow {
	f := t.s.top()
	return t.lib.version(f.Flow, f.Version)
}

// current is the step that the flow on top stands at.
func (t *turn) current() (*step, error) {
	s := t.flow().steps[t.s.top().Step]
	if s == nil {
		return nil, &BrokenError{"the step " + t.s.top().Step + " is not in its flow"}
	}
	return s, nil
}

// answer finds an answer of the flow on top by its key within the flow.
func (t *turn) answer(key string) (Answer, bool) {
	if path := t.s.top().Path; path != "" {
		key = path + key
	}
	return t.stored(key)
}

// stored finds an answer by its full key.
func (t *turn) stored(key string) (Answer, bool) {
	if a, ok := t.out.Answers[key]; ok {
		if a == nil {
			return Answer{}, false
		}
		return *a, true
	}
	if _, later := t.kept[key]; later {
		return Answer{}, false
	}
	a, ok := t.ctx.Answers[key]
	return a, ok
}

func (t *turn) set(key string, a *Answer) {
	if t.out.Answers == nil {
		t.out.Answers = make(map[string]*Answer, 1)
	}
	t.out.Answers[key] = a
}

func (t *turn) emit(e Effect) {
	if t.out.Effects == nil {
		t.out.Effects = make([]Effect, 0, usualEffects)
	}
	t.out.Effects = append(t.out.Effects, e)
}

const usualEffects = 4 // of one turn: a word on the answer, something kept, the next question

func (t *turn) tell(text string) {
	if text != "" {
		t.emit(Tell{Message{Text: text}})
	}
}

// sayAndGo is what the steps do that say something and go on.
func (t *turn) sayAndGo(s *step) (string, error) {
	t.tell(t.say(s.words[t.lang].text))
	return s.next.to.to, nil
}

// run goes from step to step until one waits, or the flow ends.
func (t *turn) run(id string) (err error) {
	for n := 0; id != ""; n++ {
		s := t.flow().steps[id]
		if s == nil || n > maxSteps {
			return &BrokenError{"the step " + id + " cannot be reached"}
		}
		t.s.top().Step = id
		switch k := s.kind.(type) {
		case question:
			next, stands := t.stands(s, k)
			if !stands && !t.unanswerable(s) {
				t.prune()
				t.retract()
				t.s.Prompt = ""
				t.ask(s, "")
				return nil
			}
			if id = next; stands {
				t.hush()
			} else if id, err = t.pass(s); err != nil {
				return err
			}
		case action:
			if id, err = k.run(t, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// ask asks a step's question. A lead goes before it where it is asked again.
func (t *turn) ask(s *step, lead string) {
	q, ok := s.kind.(question)
	if !ok {
		return
	}
	text := t.openText(s, lead != "")
	if lead != "" {
		text = lead + "\n\n" + text
	}
	t.pose(s, Message{Text: text, Buttons: q.buttons(t, s)})
}

// askAgain asks a question that was asked before, in its words for that.
func (t *turn) askAgain(s *step, q question) {
	t.pose(s, Message{Text: t.openText(s, true), Buttons: q.buttons(t, s)})
}

// openText is what is asked now: the question, or what is missing of an answer that was half given.
func (t *turn) openText(s *step, again bool) string {
	switch k := s.kind.(type) {
	case *summaryKind:
		if t.s.Change {
			return k.which(t, s)
		}
	case *choicesKind:
		if len(t.s.Picked) > 0 {
			return k.sofar(t, s)
		}
	}
	if k, ok := s.kind.(asksOnTheWay); ok && t.s.half() {
		return k.onTheWay(t)
	}
	if t.s.Draft != nil {
		return t.pack.fill(t.pack.ReadBack, t.s.Draft.Shown)
	}
	if v := s.words[t.lang].again; again && len(v) > 0 {
		return t.say(v)
	}
	return t.questionText(s)
}

func (t *turn) questionText(s *step) string { return t.say(s.words[t.lang].text) }

// pose opens a question: the prompt's id is new unless the same question is still open, and its time starts to run.
func (t *turn) pose(s *step, m Message) {
	t.asked(t.s.Prompt == "")
	if t.s.Prompt == "" {
		var id [64]byte
		t.s.Prompt = string(strconv.AppendUint(append(append(id[:0], t.s.ID...), '.'), t.s.Turn, 36))
	}
	m.Prompt = t.s.Prompt
	if t.s.Misses >= 3 {
		m.Buttons = append(m.Buttons, t.wayOut(s)...)
	}
	t.wind(s)
	t.emit(Tell{m})
}

// wayOut are the buttons offered to someone who is stuck.
func (t *turn) wayOut(s *step) []Button {
	var out []Button
	if s.skip != nil {
		out = append(out, Button{ID: wordButton + string(understand.Skip), Label: t.pack.Labels.Skip})
	}
	return append(out, Button{ID: wordButton + string(understand.Help), Label: t.pack.Labels.Help},
		Button{ID: wordButton + string(understand.Person), Label: t.pack.Labels.Person})
}

// wordButton begins the ids of the engine's own buttons; no option of a flow may begin so.
const wordButton = "word-"
