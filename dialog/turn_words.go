package dialog

import "tandem/dialog/understand"

const maxAsides = 3 // flows that global words opened on top of each other

// word does what a global word says, whatever is being asked. Where no flow is loaded for it, the engine has words of
// its own.
func (t *turn) word(s *step, w understand.Word) error {
	switch w {
	case understand.Back:
		return t.back(s)
	case understand.Skip:
		return t.skip(s)
	}
	id := wordFlows()[w]
	switch {
	case w == understand.Stop && (t.lib.Flow(id) == nil || t.s.top().Flow == id):
		t.tell(t.pack.Alone[StopFlow]) // also where the flow for it asks something: said twice, it is meant
		t.leaveAll()
		return nil
	case t.lib.Flow(id) != nil:
		return t.aside(s, id)
	case w == understand.Restart:
		t.tell(t.pack.Alone[id])
		return t.restart()
	}
	t.tell(t.pack.Alone[id])
	switch w {
	case understand.Help:
		t.ask(s, "")
	case understand.Pause:
		t.hold(s)
	}
	return nil
}

func wordFlows() map[understand.Word]string {
	return map[understand.Word]string{
		understand.Help: HelpFlow, understand.Pause: PauseFlow, understand.Stop: StopFlow,
		understand.Person: PersonFlow, understand.Restart: RestartFlow,
	}
}

// urgent tells whether a word counts even where an old message is changed to it.
func urgent(w understand.Word) bool { return wordFlows()[w] != "" && w != understand.Restart }

// command opens the flow of a command such as /goals on top of the open question.
func (t *turn) command(s *step) error {
	if id := t.lib.Command(t.in.Text); id != "" {
		return t.aside(s, id)
	}
	t.ask(s, t.pack.UnknownCommand)
	return nil
}

// aside opens a flow on top of the open question, which is asked again when it ends. Where it is open already, the
// person is led back to it.
func (t *turn) aside(s *step, id string) error {
	if t.s.top().Flow == id {
		t.ask(s, "")
		return nil
	}
	for i := range t.s.Frames {
		if f := t.s.Frames[i]; f.Aside && f.Flow == id {
			return t.dropTo(i)
		}
	}
	return t.onTop(id)
}

// dropTo takes away what stands on top of the aside i, and asks its question again.
func (t *turn) dropTo(i int) error {
	for at := t.s.aside(); at > i; at = t.s.aside() {
		t.s.Frames = t.s.Frames[:at+1]
		if err := t.drop(); err != nil {
			return err
		}
	}
	s, err := t.current()
	if err == nil {
		t.ask(s, "")
	}
	return err
}

// onTop opens a flow on top of the open question. Where many are open already, it takes the place of the innermost: a
// word that asks for a person is never refused.
func (t *turn) onTop(id string) error {
	if i := t.s.aside(); t.s.asides() >= maxAsides && !t.s.Frames[i].Urgent {
		t.s.Frames = t.s.Frames[:t.s.aside()+1]
		if err := t.drop(); err != nil {
			return err
		}
	}
	var half *Half
	if t.s.half() {
		held := t.s.Half
		half = &held
	}
	t.s.closeQuestion()
	return t.open(id, Frame{Path: t.s.top().Path + "~" + id + ".", Aside: true, Last: t.s.Last, Half: half}, t.ctx.Inputs)
}

// open puts a flow on top, in the frame given, and runs it. Inputs that it wants and was not handed are asked of the
// application.
func (t *turn) open(id string, frame Frame, with any) error {
	f := t.lib.Flow(id)
	if f == nil {
		return &BrokenError{"there is no flow " + id}
	}
	return t.enter(f, frame, with)
}

func (t *turn) enter(f *Flow, frame Frame, with any) error {
	given, err := t.inputs(f, with)
	if err != nil {
		return err
	}
	for n, v := range given {
		t.set(frame.Path+inputKey(n), &Answer{Value: v})
	}
	frame.Flow, frame.Version, frame.Step = f.ID, f.Version, f.start
	t.s.Frames = append(t.s.Frames, frame)
	t.speak()
	return t.run(f.start)
}

// inputs gathers what a flow wants from what it was handed and from the context.
func (t *turn) inputs(f *Flow, with any) (map[string]Value, error) {
	given := make(map[string]Value, len(f.inputs))
	var missing []string
	for _, in := range f.inputs {
		v, ok := Value{}, false
		switch w := with.(type) {
		case map[string]Value:
			v, ok = w[in.name]
		case map[string]any:
			var raw any
			if raw, ok = w[in.name]; ok {
				var err error
				if v, err = ValueOf(raw); err != nil {
					return nil, &BrokenError{err.Error()}
				}
			}
		}
		if !ok {
			v, ok = t.ctx.Inputs[in.name]
		}
		if !ok {
			missing = append(missing, in.name)
			continue
		}
		given[in.name] = v
	}
	if len(missing) > 0 {
		return nil, &NeedInputsError{Flow: f.ID, Names: missing}
	}
	return given, nil
}

// leave ends the flow on top and goes on with the one below.
func (t *turn) leave() error {
	if t.s.top().Aside {
		if err := t.drop(); err != nil {
			return err
		}
		s, err := t.current()
		if err != nil {
			return err
		}
		t.s.Prompt = ""
		t.ask(s, "")
		return nil
	}
	t.s.Frames = t.s.Frames[:len(t.s.Frames)-1]
	if len(t.s.Frames) == 0 {
		return nil
	}
	t.speak()
	s, err := t.current()
	if err != nil {
		return err
	}
	to, anew, err := t.move(s, Value{})
	if err != nil {
		return err
	}
	if anew {
		return t.anew(to)
	}
	return t.run(to.next.to.to)
}

// drop takes away the flow on top, which a global word opened, and takes up what was half given below it.
func (t *turn) drop() error {
	f := *t.s.top()
	if err := t.forget(f); err != nil {
		return err
	}
	t.s.Frames = t.s.Frames[:len(t.s.Frames)-1]
	t.s.closeQuestion()
	if f.Half != nil {
		t.s.Half = *f.Half
	}
	t.speak()
	return nil
}

// leaveAll ends every flow.
func (t *turn) leaveAll() {
	if n := len(t.s.Frames); n > 1 || (n == 1 && t.s.Prompt != "") {
		t.emit(Cancel{Flow: t.s.Frames[0].Flow})
	}
	t.s.closeQuestion()
	t.s.Frames = nil
}

// restart begins the outermost flow anew, with what it was handed. What was said stays in the history.
func (t *turn) restart() error {
	if !t.ctx.All {
		return ErrNeedAll
	}
	base := t.s.Frames[0]
	f := t.lib.Flow(base.Flow)
	if f == nil { // out of service since: its last version is the one to begin again
		f = t.lib.version(base.Flow, base.Version)
	}
	given := make(map[string]Value)
	for key, a := range t.ctx.Answers {
		if name, isInput := cutInput(key); isInput {
			given[name] = a.Value
		}
		t.set(key, nil)
	}
	for key := range t.out.Answers { // what was answered in this very turn goes too
		t.out.Answers[key] = nil
	}
	t.s.Redo = nil
	t.emit(Cancel{Flow: base.Flow})
	t.s.closeQuestion()
	t.s.Frames, t.s.Last, t.s.Fixing, t.kept = nil, "", false, nil
	return t.enter(f, Frame{}, given)
}

func cutInput(key string) (string, bool) {
	if key == "" || key[0] != '=' {
		return "", false
	}
	return key[1:], true
}

// skip leaves the open question out, where the flow allows it.
func (t *turn) skip(s *step) error {
	if s.skip == nil {
		t.ask(s, t.pack.NoSkip)
		return nil
	}
	t.settle(t.pack.Labels.Skip)
	if err := t.keep(s, taken{}); err != nil {
		return err
	}
	t.s.closeQuestion()
	return t.run(s.skip.to)
}

// unanswerable tells whether a question has nothing to choose from: the list that was handed over is empty.
func (t *turn) unanswerable(s *step) bool {
	switch k := s.kind.(type) {
	case *choiceKind:
		return k.from != nil && !k.ownWords && len(k.list(t, s)) == 0
	case *choicesKind:
		return k.from != nil && len(k.list(t, s)) == 0
	}
	return false
}

// pass goes by a question that cannot be answered, as if it was skipped: nobody is asked to choose from nothing.
func (t *turn) pass(s *step) (string, error) {
	if s.skip != nil {
		return s.skip.to, nil
	}
	return "", &BrokenError{"the step " + s.id + " has nothing to choose from, and no skip"}
}
