package bot

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"tandem/bot/care"
)

// An invite is a conversation of its own, named after its code, so that of two people who use it at once one is first, as
// with everything else. Nobody who guesses leaves a trace in the store: a code is looked up before anything is written.
const (
	invitePlace = "invite:"
	inviteKey   = "invite/own"
	inviteLasts = 7 * 24 * time.Hour
	codeLength  = 20 // base32 characters: 100 bits
)

// inviteConversation names an invite's conversation. The code itself is not in it.
func inviteConversation(code string) string {
	sum := sha256.Sum256([]byte("tandem invite " + normalCode(code)))
	return invitePlace + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:])[:32])
}

// normalCode is a code as it was made, however it was typed.
func normalCode(code string) string {
	return strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(code))
}

// looksLikeCode tells whether a text can be a code at all: nothing else is looked up.
func looksLikeCode(text string) bool {
	if len(text) < codeLength || len(text) > 2*codeLength {
		return false // nearly every message
	}
	code := normalCode(text)
	return len(code) == codeLength && strings.Trim(code, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// invite looks up the invite of a code; nil where there is none.
func (b *Bot) invite(ctx context.Context, code string) (*care.Invite, error) {
	if !looksLikeCode(code) {
		return nil, nil //nolint:nilnil // no such invite is an answer
	}
	records, err := b.Store.Records(ctx, inviteConversation(code), inviteKey)
	if err != nil {
		return nil, fmt.Errorf("look up an invite: %w", &storeError{err})
	}
	data, ok := records[inviteKey]
	if !ok {
		return nil, nil //nolint:nilnil // no such invite is an answer
	}
	var i care.Invite
	if err := json.Unmarshal(data, &i); err != nil {
		return nil, fmt.Errorf("read an invite: %w", err)
	}
	return &i, nil
}

// invitation is a step of an invite's own conversation: it is laid down, or used. Who comes second is told, and so is the
// practitioner.
func (s *scene) invitation() error {
	invites, err := readRecords(s, inviteKey, func(_, _ *care.Invite) int { return 0 })
	if err != nil {
		return err
	}
	from, _ := s.update.With["client"].(string)
	switch {
	case s.update.Event == issued && len(invites) == 0:
		data, err := json.Marshal(s.update.With["invite"])
		var i care.Invite
		if err == nil {
			err = json.Unmarshal(data, &i)
		}
		if err != nil {
			return fmt.Errorf("read an invite: %w", err)
		}
		return s.putRecord(inviteKey, i)
	case s.update.Event != redeemed || len(invites) == 0:
		return nil
	}
	i := invites[0]
	switch {
	case i.Client == from:
		return nil
	case !i.Holds(s.now):
		s.relay(from, uninvited, nil)
		s.relay(i.Practitioner, Notify, map[string]any{"about": "invite-used", "client": i.Name})
		return nil
	}
	i.Used, i.Client = s.now, from
	s.relay(i.Practitioner, joined, map[string]any{"client": from, "name": i.Name, "invite": i.ID})
	return s.putRecord(inviteKey, i)
}

// relay has another conversation of ours told something: exactly once, and after the commit.
func (s *scene) relay(to string, event Event, with map[string]any) {
	if to == "" {
		return // nobody is there to be told
	}
	s.commit.Outbox = append(s.commit.Outbox, Outgoing{Kind: Relay, Update: &Update{
		Delivery: s.derived(string(event), s.newID("n")), Conversation: to, At: s.now, Event: event, With: with,
	}})
}

// useInvite takes the person in who brings a code. Refused tells that the code is known, and does not hold any more.
func (s *scene) useInvite(code string) (in, refused bool, err error) {
	i, err := s.bot.invite(s.ctx, code)
	c := &s.state.Client
	switch {
	case err != nil || i == nil:
		return false, false, err
	case i.Client == s.snap.Conversation, c.Practitioner == i.Practitioner:
		return true, false, nil
	case !i.Holds(s.now):
		about := "invite-used"
		if i.Used.IsZero() {
			about = "invite-over"
		}
		s.relay(i.Practitioner, Notify, map[string]any{"about": about, "client": i.Name})
		return false, true, nil
	case c.Practitioner != "":
		return false, true, nil // who works with somebody already leaves them first
	}
	c.Practitioner, c.With, c.Alias = i.Practitioner, i.By, i.Name
	if c.Consented() { // what they agreed to is other than who reads what from now on: they are asked anew
		c.Consent, s.state.Session = 0, nil
		s.clearAnswers()
	}
	s.relay(inviteConversation(code), redeemed, map[string]any{"client": s.snap.Conversation})
	return true, false, nil
}

// turnedAway undoes what a code seemed to open: somebody else was quicker.
func (s *scene) turnedAway() error {
	c := &s.state.Client
	c.Practitioner, c.With, c.Alias = "", "", ""
	if !s.bot.Settings.Invite {
		return s.say(arrival{Flow: invitedFlow})
	}
	s.state.Admitted, s.state.Session = false, nil
	s.clearAnswers()
	return s.begin(invitedFlow, nil)
}
