package bot

import (
	"tandem/bot/care"
	"tandem/dialog"
)

// keepConsent keeps a yes or a no to the consent text.
func keepConsent(s *scene, r dialog.Record) error {
	given := r.Do == "give"
	s.state.Client.Consent = 0
	if given {
		s.state.Client.Consent = care.ConsentVersion
	}
	if !given { // what others may see rests on it
		if err := keepSharing(s, dialog.Record{Do: "withdraw"}); err != nil {
			return err
		}
	}
	return s.putRecord("consent/"+s.newID("y"), care.Consent{
		Version: care.ConsentVersion, Lang: s.state.Client.Lang, Given: given, At: s.now,
	})
}
