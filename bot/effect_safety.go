package bot

import (
	"cmp"

	"tandem/bot/care"
	"tandem/dialog"
)

// keepSafety keeps what the person answered in the safety flow. "lift" is their word that they are safe: until then
// nothing else is talked about.
func keepSafety(s *scene, r dialog.Record) error {
	if r.Do == "lift" {
		s.state.Alarm = ""
	}
	c := care.Concern{ID: s.newID("k"), At: s.now, Tier: cmp.Or(s.tier, text(r, "tier")), Answer: text(r, "answer")}
	return s.putRecord("concern/"+c.ID, c)
}
