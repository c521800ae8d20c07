package dialog

import (
	"slices"
	"strings"
)

// retract takes back the records that were made after an answer that was corrected since, and that cannot be made again:
// the way that led to them was left. Those that still may come up replace what was kept, once they do.
func (t *turn) retract() {
	t.s.Redo = slices.DeleteFunc(t.s.Redo, func(key string) bool {
		if t.mayRecord(key) {
			return false
		}
		if flow, s := t.recordAt(key); s != nil {
			if k, ok := s.kind.(*recordKind); ok {
				t.emit(Retract{Kind: k.record, Flow: flow.ID, Step: s.id})
			}
		}
		return true
	})
}

// mayRecord tells whether a record may be made from where the session stands, by the flow on top or one below it.
func (t *turn) mayRecord(key string) bool {
	for i := range t.s.Frames {
		f := &t.s.Frames[i]
		rest, within := strings.CutPrefix(key, f.Path)
		flow := t.lib.version(f.Flow, f.Version)
		if !within || flow == nil {
			continue
		}
		id, _, _ := strings.Cut(rest, ".")
		if slices.ContainsFunc(flow.ways[f.Step], func(next string) bool { return t.reach(flow, next)[id] }) {
			return true
		}
	}
	return false
}

// recordAt finds the step that made a record, from the innermost flow that it belongs to by way of the calls that led to
// it; nil where it is not in the version any more: what it kept stays.
func (t *turn) recordAt(key string) (*Flow, *step) {
	at := len(t.s.Frames) - 1
	for at > 0 && !strings.HasPrefix(key, t.s.Frames[at].Path) {
		at--
	}
	calls := strings.Split(strings.TrimPrefix(key, t.s.Frames[at].Path), ".")
	f := t.lib.version(t.s.Frames[at].Flow, t.s.Frames[at].Version)
	for ; f != nil && len(calls) > 1; calls = calls[1:] {
		f = f.called(calls[0])
	}
	if f == nil || f.steps[calls[0]] == nil {
		return nil, nil
	}
	return f, f.steps[calls[0]]
}

// called is the flow that a step calls, nil where it calls none.
func (f *Flow) called(id string) *Flow {
	s := f.steps[id]
	if s == nil {
		return nil
	}
	k, ok := s.kind.(*callKind)
	if !ok {
		return nil
	}
	return f.callees[k.flow.to]
}
