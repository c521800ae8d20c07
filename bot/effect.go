package bot

import (
	"fmt"
	"strconv"

	"tandem/dialog"
	"tandem/reminders"
)

// apply does what the engine asked for. What a record means stands in the table below; each kind has its own file.
func (s *scene) apply(e dialog.Effect) error {
	switch e := e.(type) {
	case dialog.Tell:
		s.tell(e.Message)
	case dialog.Settle:
		s.settleQuestion(e)
	case dialog.Cancel:
		s.note.Cancelled = e.Flow
	case dialog.Share:
		return s.share(e)
	case dialog.Retract:
		return s.retract(e)
	case dialog.Unshare:
		return s.unshare(e)
	case dialog.Record:
		effect, ok := recordEffects()[e.Kind]
		if !ok {
			return &dialog.BrokenError{Reason: "nothing keeps records of the kind " + e.Kind}
		}
		s.note.Records = append(s.note.Records, e.Kind+" "+e.Do)
		if err := effect.keep(s, e); err != nil {
			return fmt.Errorf("keep what the step %s of the flow %s found: %w", e.Step, e.Flow, err)
		}
	}
	return nil
}

// recordEffect is a kind of record that flows may keep: what can be done with it, and how it is done.
type recordEffect struct {
	does []string
	keep func(*scene, dialog.Record) error
}

// recordEffects are the kinds of records. Adding one is a file and a line here.
func recordEffects() map[string]recordEffect {
	return map[string]recordEffect{
		"consent":   {[]string{"give", "withdraw"}, keepConsent},
		"goal":      {[]string{"create", "change", "pause", "resume", "let-go", "achieve", "rank", "offer"}, keepGoal},
		"check-in":  {[]string{"add"}, keepCheckIn},
		"language":  {[]string{"set"}, keepLanguage},
		"reminder":  {[]string{"create", "change", "end"}, keepReminder},
		"reminders": {[]string{"pause", "stop", "resume", "snooze", "skip", "choose"}, keepReminders},
		"quiet":     {[]string{"set", "clear"}, keepQuiet},
		"zone":      {[]string{"set"}, keepZone},
		"person":    {[]string{"ask"}, keepPerson},
		"safety":    {[]string{"note", "lift"}, keepSafety},
		"sharing":   {[]string{"withdraw", "leave"}, keepSharing},
		"invite":    {[]string{"create"}, keepInvite},
		"proposal":  {[]string{"send", "agree", "decline", "accept", "refuse", "counter"}, keepProposal},
		"letter":    {[]string{"send"}, keepLetter},
		"digest":    {[]string{"send", "choose", "stop"}, keepDigest},
		"bond":      {[]string{"add", "every"}, keepBond},
		"matter":    {[]string{"done"}, keepMatterDone},
	}
}

// Records lists what flows may keep and what can become of it, for the flows to be checked against.
func Records() map[string][]string {
	out := make(map[string][]string)
	for kind, effect := range recordEffects() {
		out[kind] = effect.does
	}
	return out
}

// made is the id of what the same step made earlier in this session, where an answer was corrected since; else a new
// one, with the letter of its kind.
func (s *scene) made(r dialog.Record, letter string) string {
	step := r.Flow + "/" + r.Step
	if id, ok := s.state.Made[step]; ok && r.Again {
		return id
	}
	id := s.newID(letter)
	if s.state.Made == nil {
		s.state.Made = make(map[string]string)
	}
	s.state.Made[step] = id
	return id
}

// newID gives the next id of this conversation.
func (s *scene) newID(letter string) string {
	s.state.Given++
	return letter + strconv.FormatUint(s.state.Given, 36)
}

func (s *scene) pack() *dialog.Pack { return s.bot.Library.Pack(s.state.Client.Lang) }

// tell puts a message into the outbox, in pieces that the platform takes.
func (s *scene) tell(m dialog.Message) {
	o := Outgoing{Kind: Say, Message: m}
	if (s.update.Event == Nudge || s.update.Event == bondDue || s.update.Input.Kind == dialog.Expire) && s.state.Alarm == "" {
		o.Unasked = s.now.Add(reminders.LateDefault)
	}
	s.restOnTalk()
	o.Rests = s.rests
	pieces := []Outgoing{o}
	if p := s.bot.platform(s.snap.Conversation); p != nil {
		pieces = p.Split(o)
	}
	s.commit.Outbox = append(s.commit.Outbox, pieces...)
	s.note.Told = append(s.note.Told, m.Text)
}

// settleQuestion shows the pressed button as the answer, where the platform told which message it stood under.
func (s *scene) settleQuestion(e dialog.Settle) {
	if p := s.update.Pressed; p != nil && p.Ref != "" {
		s.commit.Outbox = append(s.commit.Outbox, Outgoing{Kind: Settle, Ref: p.Ref, Text: p.Text, Label: e.Label})
	}
}
