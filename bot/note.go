package bot

import (
	"encoding/json"
	"fmt"
	"time"

	"tandem/dialog"
)

// note is what a step adds to the person's journal: what they gave, what was made of it, what they were told. The
// journal is only ever added to.
type note struct {
	At        time.Time       `json:"at"`
	Heard     dialog.Input    `json:"heard,omitzero"`
	Event     Event           `json:"event,omitempty"`
	Tier      string          `json:"tier,omitempty"` // what the safety screen found
	Answer    json.RawMessage `json:"-"`              // a dialog.Answer, with the question as it was asked: "answer"
	Records   []string        `json:"records,omitempty"`
	Nudges    []string        `json:"nudges,omitempty"`    // why what was due was sent, or was not
	Cancelled string          `json:"cancelled,omitempty"` // a flow that was left in the middle
	Told      []string        `json:"told,omitempty"`
}

// journal is the step's entry.
func (s *scene) journal() (json.RawMessage, error) {
	s.note.At, s.note.Heard, s.note.Event = s.now, s.update.Input, s.update.Event
	data, err := json.Marshal(s.note)
	if err != nil {
		return nil, fmt.Errorf("write the journal: %w", err)
	}
	if s.note.Answer != nil { // it is JSON already, and need not be read through again
		data = append(append(append(data[:len(data)-1], `,"answer":`...), s.note.Answer...), '}')
	}
	return data, nil
}
