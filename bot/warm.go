package bot

import (
	"bytes"
	"container/list"
	"encoding/json"
	"sync"

	"tandem/dialog"
)

// warmMost is how many conversations a process remembers decoded: a few kB each.
const warmMost = 4096

// warm remembers what the stored bytes of the conversations that were handled last decode to, so that a turn need not
// decode again what this process itself wrote a moment ago. It vouches for nothing but that: where the store's bytes are
// others by now, they are decoded. What is taken is forgotten, so that nobody else changes it meanwhile.
type warm struct {
	mu    sync.Mutex
	byKey map[string]*list.Element // conversation to *decoded
	order *list.List               // the last used first
}

// decoded is a conversation as it was written, and what that means.
type decoded struct {
	conversation string
	raw          json.RawMessage
	state        *state
	answers      map[string]decodedAnswer
}

type decodedAnswer struct {
	raw    json.RawMessage
	answer dialog.Answer
}

func newWarm() *warm { return &warm{byKey: make(map[string]*list.Element), order: list.New()} }

// take gives what is remembered of a conversation, and forgets it. It is never nil.
func (w *warm) take(conversation string) *decoded {
	w.mu.Lock()
	defer w.mu.Unlock()
	e := w.byKey[conversation]
	if e == nil {
		return &decoded{}
	}
	w.order.Remove(e)
	delete(w.byKey, conversation)
	return e.Value.(*decoded)
}

// put remembers a conversation.
func (w *warm) put(d *decoded) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if e := w.byKey[d.conversation]; e != nil {
		w.order.Remove(e)
	}
	w.byKey[d.conversation] = w.order.PushFront(d)
	if w.order.Len() > warmMost {
		last := w.order.Back()
		w.order.Remove(last)
		delete(w.byKey, last.Value.(*decoded).conversation)
	}
}

// readState is the state that raw holds.
func (d *decoded) readState(raw json.RawMessage) (*state, error) {
	if d.state != nil && bytes.Equal(d.raw, raw) {
		return d.state, nil
	}
	return readState(raw)
}

// readAnswer is the answer that raw holds.
func (d *decoded) readAnswer(key string, raw json.RawMessage) (a dialog.Answer, err error) {
	if known, ok := d.answers[key]; ok && bytes.Equal(known.raw, raw) {
		return known.answer, nil
	}
	err = json.Unmarshal(raw, &a)
	return a, err
}

// written is what a step leaves behind, once its commit is made.
func (s *scene) written() *decoded {
	d := &decoded{conversation: s.snap.Conversation, raw: s.commit.State, state: s.state, answers: make(map[string]decodedAnswer, len(s.answers))}
	for key, a := range s.answers {
		raw, ok := s.commit.Answers[key]
		if !ok {
			raw, ok = s.snap.Answers[key]
		}
		if ok {
			d.answers[key] = decodedAnswer{raw, a}
		}
	}
	return d
}
