package bot

import (
	"strconv"

	"tandem/dialog"
)

// concern is what came of a message that the safety screen stopped.
type concern struct {
	At     string `json:"at"`
	Tier   string `json:"tier,omitempty"`
	Answer string `json:"answer,omitempty"`
}

// keepSafety keeps what the person answered in the safety flow. "lift" is their word that they are safe: until then
// nothing else is talked about.
func keepSafety(s *scene, r dialog.Record) error {
	if r.Do == "lift" {
		s.state.Alarm = ""
	}
	return s.putRecord("concern/"+strconv.FormatInt(s.now.UnixMilli(), 10), concern{
		At: s.now.Format(timeFormat), Tier: or(s.tier, text(r, "tier")), Answer: text(r, "answer"),
	})
}
