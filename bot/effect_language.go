package bot

import (
	"fmt"

	"tandem/dialog"
)

// keepLanguage changes the language that Tandem speaks with the person, from the next message on.
func keepLanguage(s *scene, r dialog.Record) error {
	lang := s.bot.Library.Language(text(r, "language"))
	if lang == "" {
		return fmt.Errorf("there are no words in %q", text(r, "language"))
	}
	s.state.Client.Lang = lang
	if s.state.Session != nil {
		s.state.Session.Lang = lang
	}
	return nil
}
