package dialog

import "tandem/dialog/understand"

const maxAsides = 3 // flows that global words opened on top of each other

// word does what a global word says, whatever is being asked.
func (t *turn) word(s *step, w understand.Word) error {
	switch w {
	case understand.Back:
		return t.back(s)
	case understand.Skip:
		return t.skip(s)
	case understand.Stop:
		if t.lib.Flow(StopFlow) == nil {
			t.leaveAll()
			return nil
		}
		return t.aside(s, StopFlow)
	}
	flows := map[understand.Word]string{
		understand.Help: HelpFlow, understand.Pause: PauseFlow, understand.Person: PersonFlow, understand.Restart: RestartFlow,
	}
	return t.aside(s, flows[w])
}

// command opens the flow of a command such as /goals on top of the open question.
func (t *turn) command(s *step) error {
	if id := t.lib.Command(t.in.Text); id != "" {
		return t.aside(s, id)
	}
	t.ask(s, t.pack.NoCmd)
	return nil
}

// aside opens a flow on top of the open question, which is asked again when it ends.
func (t *turn) aside(s *step, id string) error {
	asides := 0
	for _, f := range t.s.Frames {
		if f.Aside {
			asides++
		}
	}
	top := t.s.top()
	if t.lib.Flow(id) == nil || top.Flow == id || (asides >= maxAsides && id != StopFlow) {
		t.ask(s, t.pack.Retry["any"][0])
		return nil
	}
	t.s.closeQuestion()
	return t.open(id, top.Path+"~"+id+".", t.ctx.Inputs, true)
}

// open puts a flow on top and runs it. Inputs that it wants and was not handed are asked of the application.
func (t *turn) open(id, path string, with any, aside bool) error {
	f := t.lib.Flow(id)
	if f == nil {
		return &BrokenError{"there is no flow " + id}
	}
	given, err := t.inputs(f, with)
	if err != nil {
		return err
	}
	for n, v := range given {
		t.set(path+inputKey(n), &Answer{Value: v})
	}
	t.s.Frames = append(t.s.Frames, Frame{Flow: f.ID, Version: f.Version, Step: f.start, Path: path, Aside: aside, Last: t.s.Last})
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
	f := *t.s.top()
	t.s.Frames = t.s.Frames[:len(t.s.Frames)-1]
	if len(t.s.Frames) == 0 {
		return nil
	}
	t.speak()
	s, err := t.current()
	if err != nil {
		return err
	}
	if f.Aside {
		t.forget(f)
		t.s.Prompt = ""
		t.ask(s, "")
		return nil
	}
	if s, _, err = t.move(s, taken{}); err != nil {
		return err
	}
	return t.run(s.next.to.to)
}

// forget drops the answers of a flow that stood on top of a question: they belong to nothing any more.
func (t *turn) forget(f Frame) {
	for key := t.s.Last; key != f.Last && key != ""; {
		a, ok := t.stored(key)
		t.set(key, nil)
		if !ok {
			break
		}
		key = a.Prev
	}
	t.s.Last = f.Last
	if flow := t.lib.version(f.Flow, f.Version); flow != nil {
		for _, in := range flow.inputs {
			t.set(f.Path+inputKey(in.name), nil)
		}
	}
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
	given := make(map[string]Value)
	for key, a := range t.ctx.Answers {
		if name, isInput := cutInput(key); isInput {
			given[name] = a.Value
		}
		t.set(key, nil)
	}
	t.emit(Cancel{Flow: base.Flow})
	t.s.closeQuestion()
	t.s.Frames, t.s.Last, t.s.Fixing, t.kept = nil, "", false, nil
	return t.open(base.Flow, "", given, false)
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
	t.keep(s, taken{})
	t.s.closeQuestion()
	return t.run(s.skip.to)
}
