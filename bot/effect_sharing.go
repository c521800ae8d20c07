package bot

import (
	"fmt"

	"tandem/dialog"
)

// keepSharing takes back what was opened to others, from this moment: for one goal, or for all where none is named.
// What was seen already cannot be taken back, and the flow says so.
func keepSharing(s *scene, r dialog.Record) error {
	if r.Do != "withdraw" {
		return fmt.Errorf("sharing knows no %q", r.Do)
	}
	grants, err := s.grants()
	if err != nil {
		return err
	}
	goal := text(r, "goal")
	for _, g := range grants {
		about, _ := g.Fields["goal"].(string)
		if !g.Open() || (goal != "" && about != goal) {
			continue
		}
		g.Withdrawn = s.now
		if err := s.putRecord(grantKey(g.ID), g); err != nil {
			return err
		}
	}
	return nil
}

// shared tells whether something of a goal is open to others now.
func (s *scene) shared(goal string) (bool, error) {
	grants, err := s.grants()
	for _, g := range grants {
		if about, _ := g.Fields["goal"].(string); about == goal && g.Open() {
			return true, err
		}
	}
	return false, err
}
