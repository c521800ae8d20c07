package bot

import "tandem/dialog"

// keepReminders keeps the person's wish to be left alone, or to be reminded again. It holds from this message on.
func keepReminders(s *scene, r dialog.Record) error {
	c := &s.state.Client
	switch r.Do {
	case "stop":
		c.Stopped = true
	case "pause":
		c.Paused = true
	case "resume":
		c.Stopped, c.Paused = false, false
	}
	return nil
}
