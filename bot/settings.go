package bot

import (
	"slices"
	"time"

	"tandem/reminders"
)

// Settings are the choices of whoever runs Tandem.
type Settings struct {
	Lang          string                   // for people whose platform does not tell a language that Tandem speaks
	Zone          *time.Location           // for people whose zone is not known
	Quiet         reminders.Quiet          // when nobody is written to who has not chosen other hours
	Week          int                      // nudges in seven days over all of a client's goals, unless one of them asks for more
	Holidays      []string                 // days on which nobody is reminded of anything: "2026-12-25"
	Invite        bool                     // only people with a code may start; else anybody
	Codes         map[string]string        // invite code -> the practitioner's conversation, "" without one
	Practitioners map[string]string        // conversation -> the name that clients read
	Answers       map[string]string        // conversation -> when they answer, as clients read it: "within two working days"
	Admins        map[string]bool          // practitioners who may add others
	InviteLink    func(code string) string // where an invite's code leads; nil: it is typed
	Resources     map[string]string        // language -> where to turn in an emergency
}

// Screen looks at every text before any flow does (invariant 8).
type Screen interface {
	// Screen tells whether a text may speak of danger, and of which kind; "" for none.
	Screen(text string) (tier string)
}

// Observer is told what happens, for metrics. It is never told a person's words.
type Observer interface {
	Received(now time.Time)
	Stepped(took time.Duration)
	Sent(code string) // "ok", or a SendError's code
}

type nobody struct{}

func (nobody) Received(time.Time)    {}
func (nobody) Stepped(time.Duration) {}
func (nobody) Sent(string)           {}

// practitionerOf is the practitioner who invited a client with a code.
func (s Settings) practitionerOf(code string) (conversation string, ok bool) {
	conversation, ok = s.Codes[code]
	return conversation, ok
}

// resource is where to turn in an emergency, in a language.
func (s Settings) resource(lang string) string {
	if r, ok := s.Resources[lang]; ok {
		return r
	}
	return s.Resources[""]
}

// holiday tells whether a day, on the clock of its location, is one of the holidays.
func (s Settings) holiday(t time.Time) bool {
	return slices.Contains(s.Holidays, t.Format(time.DateOnly))
}
