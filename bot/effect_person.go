package bot

import (
	"tandem/bot/care"
	"tandem/dialog"
)

// keepPerson keeps the wish to talk to a human being, and tells their practitioner, where they have one.
func keepPerson(s *scene, r dialog.Record) error {
	s.notify("person", map[string]any{"said": text(r, "said")})
	w := care.Wish{ID: s.newID("h"), At: s.now, Said: text(r, "said")}
	return s.putRecord("wish/"+w.ID, w)
}
