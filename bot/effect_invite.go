package bot

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"strings"
	"unicode"

	"tandem/bot/care"
	"tandem/dialog"
)

// keepInvite makes a one-time invite, or takes one back.
func keepInvite(s *scene, r dialog.Record) error {
	if r.Do == "create" {
		return s.makeInvite(text(r, "name"))
	}
	return fmt.Errorf("an invite knows no %q", r.Do)
}

// makeInvite makes an invite for a client who is to appear under a name; without one, under one that is suggested.
func (s *scene) makeInvite(name string) error {
	if !s.practises() {
		return s.noRole("invite")
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) { // two names must not look alike
			return ' '
		}
		return r
	}, name)
	name, err := s.freeName(shorten(name, nameLength))
	if err != nil {
		return err
	}
	code := s.bot.NewCode()
	i := care.Invite{
		ID: s.newID("i"), Name: name, Practitioner: s.snap.Conversation, By: s.ownName(), Made: s.now, Until: s.now.Add(inviteLasts),
	}
	s.relay(inviteConversation(code), issued, map[string]any{"invite": i})
	i.Code = code
	return s.putRecord("invite/"+i.ID, i)
}

const nameLength = 40 // characters of a pseudonym

// noRole refuses what is not for who asks for it. Nothing is revealed by it, and the log holds no words.
func (s *scene) noRole(what string) error {
	s.logRefused(what)
	return &dialog.BrokenError{Reason: "it is not for who asked: " + what}
}

func (s *scene) logRefused(what string) {
	s.bot.Log.Warn("refused: it is not for who asked", "what", what)
}

// newCode is a code that nobody can guess.
func newCode() string {
	raw := make([]byte, codeLength)
	_, _ = rand.Read(raw) // never fails
	return strings.ToLower(base32.StdEncoding.EncodeToString(raw)[:codeLength])
}

// freeName is a name that none of this practitioner's clients has, so that nothing is ever sent to the wrong one: the name
// itself, the name with a number, or, for "", one that is suggested.
func (s *scene) freeName(name string) (string, error) {
	taken, err := s.takenNames()
	if err != nil || name == "" {
		return suggest(taken), err
	}
	for n, free := 2, name; ; n++ {
		if !taken[strings.ToLower(free)] {
			return free, nil
		}
		free = fmt.Sprintf("%s %d", name, n)
	}
}

// suggestedName is a pseudonym that is free.
func (s *scene) suggestedName() (string, error) { return s.freeName("") }

// takenNames are the names of clients, and of those who are invited, in small letters.
func (s *scene) takenNames() (map[string]bool, error) {
	cases, err := s.caseload()
	if err != nil {
		return nil, err
	}
	invites, err := s.invites()
	if err != nil {
		return nil, err
	}
	taken := make(map[string]bool)
	for _, c := range cases {
		taken[strings.ToLower(c.Name)] = true
	}
	for _, i := range invites {
		if i.Holds(s.now) {
			taken[strings.ToLower(i.Name)] = true
		}
	}
	return taken, nil
}

func suggest(taken map[string]bool) string {
	all := pseudonyms()
	for n := 0; ; n++ {
		name := all[(len(taken)+n)%len(all)]
		if n >= len(all) {
			name += fmt.Sprintf(" %d", n/len(all)+1)
		}
		if !taken[strings.ToLower(name)] {
			return name
		}
	}
}

// pseudonyms are names that say nothing of anybody, and are the same in every language: trees and stars.
func pseudonyms() []string {
	return strings.Fields("Vega Olmo Altair Alder Mira Cedro Rigel Hazel Lyra Sauce Atlas Rowan Deneb Laurel Sirio Acacia Spica Maple Castor Linden")
}

// invites are those that this practitioner has made, oldest first.
func (s *scene) invites() ([]*care.Invite, error) {
	return readRecords(s, "invite/", func(a, b *care.Invite) int { return compareIDs(a.ID, b.ID) })
}

// caseload are this practitioner's clients, in the order in which they came.
func (s *scene) caseload() ([]*care.Case, error) {
	return readRecords(s, "case/", func(a, b *care.Case) int { return compareIDs(a.ID, b.ID) })
}
