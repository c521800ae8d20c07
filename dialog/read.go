package dialog

import (
	"cmp"
	"time"
)

// rawFlow is a flow as read, before anything that it names is looked up.
type rawFlow struct {
	flow  *Flow
	words map[string]map[string]*rawWords // by language, by step
	place
}

const (
	defaultTimeoutFloor = time.Minute
	maxFlowSteps        = 2000 // ours have less than a hundred
)

// readFlow reads flow.yaml.
func readFlow(root node, id string) *rawFlow {
	f := &Flow{ID: id, For: "client", steps: make(map[string]*step)}
	raw := &rawFlow{flow: f, place: root.place}
	for _, fd := range root.fields() {
		f.readKey(fd, id)
	}
	for _, must := range []struct{ key, got, why string }{
		{"target_change", f.TargetChange, "what behaviour or decision is it about?"},
		{"stance", f.Stance, "evoke draws out the person's own reasons, neutral takes no side"},
		{"start", f.start, "which step comes first?"},
	} {
		if must.got == "" {
			root.fail("the flow has no %s: %s", must.key, must.why)
		}
	}
	if len(f.order) == 0 && !f.partial {
		root.fail("the flow has no steps")
	}
	return raw
}

func (f *Flow) readKey(fd field, id string) {
	switch fd.key {
	case "flow":
		if got := fd.value.str(); got != id {
			fd.value.fail("the flow is called %q, but its folder %q; make them the same", got, id)
		}
	case "target_change":
		f.TargetChange = fd.value.str()
	case "stance":
		f.Stance = fd.value.oneOf("evoke", "neutral")
	case "on_change":
		f.Move = fd.value.oneOf("pin", "move") == "move"
	case "command":
		if f.Command = fd.value.str(); len(f.Command) > 32 || !commandPattern.MatchString(f.Command) {
			fd.value.fail("a command is lower-case letters and digits, at most 32")
			f.Command = ""
		}
		f.commandAt = fd.value.place
	case "before_consent":
		f.BeforeConsent = fd.value.boolean()
	case "for":
		f.For = fd.value.oneOf("client", "practitioner", "anyone")
	case "start":
		f.start, f.startAt = fd.value.str(), fd.value.place
	case "inputs":
		f.readInputs(fd.value)
	case "timeout":
		f.limit = readTimeout(fd.value)
	case "steps":
		f.readSteps(fd)
	default:
		keys := []string{"flow", "target_change", "stance", "start", "steps", "inputs", "on_change", "command", "before_consent", "for", "timeout"}
		fd.at.fail("a flow has no key %q%s", fd.key, cmp.Or(nearest(fd.key, keys), "; it has: "+listOf(keys)))
	}
}

func (f *Flow) readSteps(fd field) {
	steps := fd.value.fields()
	if len(steps) > maxFlowSteps {
		fd.at.fail("the flow has %d steps; at most %d are read: make several flows of it, and call them", len(steps), maxFlowSteps)
		f.partial = true
		return
	}
	for _, sf := range steps {
		f.readStep(sf)
	}
}

func (f *Flow) readInputs(n node) {
	for _, fd := range n.fields() {
		if !validInput(fd.key) {
			fd.at.fail("the input %q: names of inputs are lower-case letters, digits and _, at most 40", fd.key)
		}
		typ := valueType(fd.value.oneOf(string(textType), string(numberType), string(yesNoType), string(listType)))
		f.inputs = append(f.inputs, input{name: fd.key, typ: typ, at: fd.at})
	}
}

func (f *Flow) readStep(sf field) {
	s := &step{id: sf.key, place: sf.at, words: make(map[string]*stepWords)}
	if !validID(s.id) {
		s.fail("the step %q: ids are lower-case letters, digits and -, at most 40", s.id)
	}
	fields := sf.value.fields()
	for _, fd := range fields {
		if fd.key == "kind" {
			s.kindName = fd.value.str()
			if make := kinds()[s.kindName]; make != nil {
				s.kind = make()
			} else {
				fd.value.fail("there is no kind of step called %q%s", s.kindName, cmp.Or(nearest(s.kindName, KindNames()), "; there are: "+listOf(KindNames())))
			}
		}
	}
	if s.kind == nil {
		if s.kindName == "" && sf.value.isMap() {
			s.fail("step %q has no kind; say what it does, as in kind: text", s.id)
		}
		f.partial = true
		return
	}
	for _, fd := range fields {
		if fd.key != "kind" && !s.readKey(fd) && !s.kind.read(fd) {
			fd.at.fail("a step of kind %s has no key %q", s.kindName, fd.key)
		}
	}
	f.steps[s.id] = s
	f.order = append(f.order, s)
}

// readKey reads the keys that all steps, or all questions, have.
func (s *step) readKey(fd field) bool {
	_, asks := s.kind.(question)
	switch {
	case fd.key == "next":
		s.next = readRoute(fd)
	case fd.key == "skip" && asks:
		s.skip = &target{fd.value.str(), fd.value.place}
	case fd.key == "timeout" && asks:
		s.timeout = readTimeout(fd.value)
	case fd.key == "depends_on" && asks:
		s.dependsOn = readNames(fd.value)
	default:
		return false
	}
	return true
}

func readRoute(fd field) route {
	r := route{given: true, place: fd.value.place}
	if !fd.value.isMap() {
		r.to = target{fd.value.str(), fd.value.place}
		return r
	}
	r.by = make(map[string]target)
	for _, way := range fd.value.fields() {
		t := target{way.value.str(), way.value.place}
		if way.key == "else" {
			r.rest = t
			continue
		}
		r.by[way.key] = t
	}
	return r
}

func readTimeout(n node) *timeout {
	if n.isText() && n.str() == "none" {
		return &timeout{none: true}
	}
	t := &timeout{}
	for _, fd := range n.fields() {
		switch fd.key {
		case "after":
			t.after = fd.value.duration()
		case "next":
			t.next = target{fd.value.str(), fd.value.place}
		default:
			fd.at.fail("a timeout has the keys after and next, not %q", fd.key)
		}
	}
	if t.after < defaultTimeoutFloor || t.next.to == "" {
		n.fail("a timeout says after how long (after: 48h) and where to go (next: step), or none")
	}
	return t
}

func readNames(n node) []named {
	var out []named
	seen := make(map[string]bool)
	for _, item := range n.items() {
		s := item.str()
		if seen[s] {
			item.fail("%q stands here twice", s)
			continue
		}
		seen[s] = true
		out = append(out, named{s, item.place})
	}
	return out
}

// fieldExpr is a value that a flow hands on: an expression, compiled when the flow is checked.
type fieldExpr struct {
	text string
	expr *expression
	place
}

func readExprs(n node) map[string]fieldExpr {
	out := make(map[string]fieldExpr)
	for _, fd := range n.fields() {
		out[fd.key] = fieldExpr{text: fd.value.str(), place: fd.value.place}
	}
	return out
}
