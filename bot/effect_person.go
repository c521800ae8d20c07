package bot

import (
	"strconv"

	"tandem/dialog"
)

// wish is a client's wish to talk to a human being.
type wish struct {
	At   string `json:"at"`
	Said string `json:"said,omitempty"`
}

// keepPerson keeps the wish to talk to a human being, and tells their practitioner, where they have one.
func keepPerson(s *scene, r dialog.Record) error {
	s.notify("person", map[string]any{"said": text(r, "said")})
	return s.putRecord("wish/"+strconv.FormatInt(s.now.UnixMilli(), 10), wish{At: s.now.Format(timeFormat), Said: text(r, "said")})
}

const timeFormat = "2006-01-02T15:04:05Z07:00"
