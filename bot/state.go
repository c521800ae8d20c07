package bot

import (
	"encoding/json"
	"fmt"
	"time"

	"tandem/bot/care"
	"tandem/dialog"
)

// state is what is read and written at every turn of a conversation. It stays small: answers, records and history are
// kept beside it.
type state struct {
	Format   int             `json:"format"`
	Client   care.Client     `json:"client"`
	Session  *dialog.Session `json:"session,omitempty"`
	Sessions uint64          `json:"sessions"` // begun so far: the next one's id
	Given    uint64          `json:"given"`    // ids given to goals, check-ins, ...
	// Made are the records that steps of the session made, so that a correction replaces them: "flow/step" -> id.
	Made     map[string]string `json:"made,omitempty"`
	Alarm    string            `json:"alarm,omitempty"`  // what the safety screen found, until the person says that they are safe
	Tapped   string            `json:"tapped,omitempty"` // the prompt whose button ended the last session: a second tap is no news
	Nudges   nudges            `json:"nudges,omitzero"`
	Admitted bool              `json:"admitted"`          // may use Tandem
	Greeted  bool              `json:"greeted"`           // a group: was told that Tandem talks in private
	Waiting  []arrival         `json:"waiting,omitempty"` // what came for them while it could not be said
	Until    time.Time         `json:"until,omitzero"`    // when what waits is looked at again; zero: when they write
	Bonds    bondRhythm        `json:"bonds,omitzero"`    // when a client is asked how it is to work together
	Desk     *practice         `json:"desk,omitempty"`    // of a practitioner's conversation
}

// stateFormat is the version of state that this program writes. A newer one is refused: an older program must not
// write over what it does not know.
const stateFormat = 1

func readState(data json.RawMessage) (*state, error) {
	s := &state{Format: stateFormat}
	if len(data) == 0 {
		return s, nil
	}
	if err := json.Unmarshal(data, s); err != nil {
		return nil, fmt.Errorf("read the state of a conversation: %w", err)
	}
	if s.Format > stateFormat {
		return nil, fmt.Errorf("the conversation was written by a newer version of Tandem (format %d, this one knows %d); update this program", s.Format, stateFormat)
	}
	return s, nil
}
