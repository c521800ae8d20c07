package bot

import (
	"strconv"
	"strings"

	"tandem/dialog"
	"tandem/dialog/understand"
)

// The flows that the application itself starts. They are flows like any other; their words are in bot/flows.
const (
	welcomeFlow = "welcome"
	homeFlow    = "home"
	safetyFlow  = "safety"
	groupFlow   = "group"
	invitedFlow = "invited"
	zoneFlow    = "zone"
)

func sessionID(n uint64) string { return "s" + strconv.FormatUint(n, 36) }

// handle decides what an update means for the conversation.
func (s *scene) handle() error {
	if strings.HasPrefix(s.snap.Conversation, invitePlace) {
		return s.invitation()
	}
	if s.isNobody() {
		return nil
	}
	s.meet()
	if handled, err := s.between(); handled || err != nil {
		return err
	}
	switch {
	case s.update.Event == Blocked:
		return s.park(true)
	case s.update.Event == Unblocked:
		return s.park(false)
	case s.update.Event == Nudge:
		return s.nudge()
	case s.update.Event == Unsent:
		s.unsent()
		return nil
	case s.update.Group:
		return s.greetGroup()
	}
	if at := s.update.Spot; at != nil {
		s.update.Input.Zone, _ = s.bot.Library.Near(at.Latitude, at.Longitude, s.now)
	}
	if s.update.Input.Kind != dialog.Expire && s.update.Event != Begin {
		s.hear()
	}
	if s.snap.Parked {
		s.lift()
	}
	if handled, err := s.screen(); handled || err != nil {
		return err
	}
	admitted, err := s.admit()
	if err != nil {
		return err
	}
	if !admitted && s.state.Session == nil && s.state.Alarm == "" {
		return s.begin(invitedFlow, nil)
	}
	if s.begun > 0 || s.update.Event == "" && s.usedCode && s.opens(invitedFlow) {
		return nil // it was answered already
	}
	switch {
	case s.update.Event == Begin && s.state.Session == nil && s.update.Code != "":
		return s.begin(s.update.Code, s.update.With)
	case s.update.Event == Begin:
		s.keepNeeds()
		return nil
	case s.state.Session != nil:
		return s.goOn()
	}
	return s.open()
}

// meet takes down who this is, at the first update and where the platform tells something new.
func (s *scene) meet() {
	c := &s.state.Client
	if c.Since.IsZero() {
		c.Since = s.now
		c.Lang = s.bot.Library.Language(s.update.From.Language)
		if c.Lang == "" {
			c.Lang = s.bot.Settings.Lang
		}
		if s.bot.Library.Language(c.Lang) == "" {
			c.Lang = s.bot.Library.Languages()[0]
		}
	}
	if s.update.From.Name != "" {
		c.Name = s.update.From.Name
	}
	if zone := s.update.From.Zone; c.Zone == "" && zone != "" && s.bot.zones.find(zone) != nil {
		c.Zone = zone // what they said themselves stays
	}
}

// screen looks at every text before any flow does (invariant 8). What may speak of danger opens the safety flow on top
// of whatever is under way; inside it, answers are taken by it.
func (s *scene) screen() (handled bool, err error) {
	text := s.update.Input.Text
	if _, known := s.bot.Settings.practitionerOf(s.update.Code); !known && s.update.Event == Start && (!looksLikeCode(s.update.Code) || strings.ContainsAny(s.update.Code, "-_")) {
		text += " " + strings.NewReplacer("-", " ", "_", " ").Replace(s.update.Code) // words, not an invitation
	}
	if strings.TrimSpace(text) == "" || s.bot.Screen == nil {
		return false, nil
	}
	if s.tier = s.bot.Screen.Screen(text); s.tier == "" {
		return false, nil
	}
	if s.practises() { // it may be a letter to a client, or about one: it is not taken out of their hands
		s.note.Tier = s.tier
		s.tell(dialog.Message{Text: strings.TrimSpace(strings.ReplaceAll(s.pack().Colleague, "{}", s.bot.Settings.resource(s.state.Client.Lang)))})
		return false, nil
	}
	before := s.state.Alarm
	s.raise()
	if s.state.Session != nil && aboutSelf(s.tier) && before != "" && !aboutSelf(before) {
		s.state.Session = nil // they were asked about somebody else, and it is they who may be in danger
		s.clearAnswers()
	}
	if s.state.Session == nil {
		return true, s.begin(safetyFlow, nil)
	}
	if frames := s.state.Session.Frames; frames[len(frames)-1].Flow == safetyFlow {
		return false, nil
	}
	return true, s.converse(func(session *dialog.Session, c dialog.Context) (dialog.Result, error) {
		return s.bot.Library.Interrupt(session, safetyFlow, c)
	})
}

// aboutSelf tells whether what the screen found is that the writer may end their own life.
func aboutSelf(tier string) bool { return tier == "explicit-self" || tier == "veiled-self" }

// raise remembers what the screen found until the person says that they are safe, and tells their practitioner.
func (s *scene) raise() {
	s.note.Tier, s.state.Alarm = s.tier, s.tier
	s.notify("safety", map[string]any{"tier": s.tier})
}

// admit tells whether this person may use Tandem. Where a code is needed, the right one lets them in for good; it is
// looked at also where none is needed, for who works with a practitioner.
func (s *scene) admit() (bool, error) {
	if s.update.Event == Begin || s.practises() {
		return true, nil
	}
	c, code := &s.state.Client, s.update.Code
	if code == "" && s.update.Input.Kind == dialog.Text && (s.bot.Settings.Invite || looksLikeCode(s.update.Input.Text)) {
		code = strings.TrimSpace(s.update.Input.Text) // where there are no links, a code is typed
	}
	if practitioner, known := s.bot.Settings.practitionerOf(code); known && code != "" && !s.state.Admitted {
		s.state.Admitted, c.Practitioner = true, practitioner
		s.relay(practitioner, joined, map[string]any{"client": s.snap.Conversation})
		return true, nil
	}
	if code == "" || !looksLikeCode(code) {
		s.state.Admitted = s.state.Admitted || !s.bot.Settings.Invite
		return s.state.Admitted, nil
	}
	in, refused, err := s.useInvite(code)
	switch {
	case err != nil:
		return false, err
	case in:
		s.state.Admitted, s.usedCode = true, true
	case refused && !s.state.Admitted:
		return s.state.Session != nil, nil
	case refused: // it is no answer to what was asked
		s.usedCode = true
		return true, s.say(arrival{Flow: invitedFlow})
	}
	s.state.Admitted = s.state.Admitted || !s.bot.Settings.Invite
	return s.state.Admitted, nil
}

// goOn hands the input to the session.
func (s *scene) goOn() error {
	in := s.update.Input
	if s.update.Event == Start || s.usedCode || s.early(in.Text) || s.evades(in.Text) {
		in = dialog.Input{Kind: dialog.Again}
	}
	return s.converse(func(session *dialog.Session, c dialog.Context) (dialog.Result, error) {
		return s.bot.Library.Step(session, c, in)
	})
}

// evades tells whether a text would open other talk, or begin anew, while the safety flow is open.
func (s *scene) evades(text string) bool {
	open := false
	for _, f := range s.state.Session.Frames {
		open = open || f.Flow == safetyFlow
	}
	if !open {
		return false
	}
	if w, ok := s.bot.Library.Word(text); ok {
		return w == understand.Restart
	}
	f := s.bot.Library.Flow(s.bot.Library.Command(text))
	return f != nil && !f.BeforeConsent
}

// early tells whether a text is a command for a flow that must wait for consent, or that is not for this person.
func (s *scene) early(text string) bool {
	command := s.bot.Library.Command(text)
	if command == "" {
		return false
	}
	f := s.bot.Library.Flow(command)
	return f != nil && !s.mayOpen(f)
}

// open begins the flow that fits where no conversation is under way. Before consent that is the welcome, whatever was
// said; only what may run before it does (stop, help, about, a person).
func (s *scene) open() error {
	in := s.update.Input
	flow, with := homeFlow, map[string]any(nil)
	if s.practises() {
		flow = deskFlow
	}
	switch {
	case in.Kind == dialog.Expire || (in.Kind == "" && s.update.Event == ""):
		return nil
	case in.Kind == dialog.Press && in.Prompt == s.state.Tapped && in.Prompt != "":
		return nil
	case in.Edited:
		s.tell(dialog.Message{Text: s.pack().Edited})
		return nil
	case in.Kind == dialog.Press:
		s.tell(dialog.Message{Text: s.pack().OldIdle})
	case in.Kind == dialog.Text && s.update.Event != Start && !s.usedCode:
		if asked := s.asked(in.Text); asked != "" {
			flow = asked
		} else if zone, ok := s.bot.Library.Moved(in.Text, s.now); ok {
			flow, with = zoneFlow, map[string]any{"moved_to": zone, "moved_place": s.place(zone), "moved_clock": s.clockIn(zone)}
		}
	}
	if s.state.Alarm != "" && flow != dialog.StopFlow {
		flow = safetyFlow // no way back to other talk before they say so
	}
	if !s.mayOpen(s.bot.Library.Flow(flow)) {
		if flow = welcomeFlow; s.practises() {
			flow = deskFlow
		} else if s.state.Client.Consented() {
			flow = homeFlow
		}
	}
	return s.begin(flow, with)
}

// asked is the flow that a command or a global word asks for.
func (s *scene) asked(text string) string {
	if flow := s.bot.Library.Command(text); flow != "" {
		return flow
	}
	w, ok := s.bot.Library.Word(text)
	if !ok {
		return ""
	}
	switch flow := string(w); flow {
	case dialog.HelpFlow, dialog.StopFlow, dialog.PersonFlow, dialog.PauseFlow:
		return flow
	}
	return ""
}

// park notes that nothing can be sent here any more, or that it can again. Then the open question is asked anew.
func (s *scene) park(parked bool) error {
	s.commit.Park = &parked
	s.keepNeeds()
	if !parked {
		s.passOn(everything)
	}
	if parked {
		return nil
	}
	if s.state.Session == nil {
		all, err := s.matters()
		if err != nil || len(all) == 0 || !s.practises() || s.bot.Library.Flow(deskFlow) == nil {
			return err
		}
		return s.begin(deskFlow, nil) // what could not be said meanwhile stands on their list
	}
	return s.converse(func(session *dialog.Session, c dialog.Context) (dialog.Result, error) {
		return s.bot.Library.Step(session, c, dialog.Input{Kind: dialog.Again})
	})
}

// lift takes a conversation in again whose person has just written.
func (s *scene) lift() {
	free := false
	s.commit.Park = &free
	s.passOn(everything)
}

// keepNeeds has the next step of an open talk read every answer: which of them it needs is the engine's to say, and it
// has no part in this step.
func (s *scene) keepNeeds() {
	if s.state.Session != nil {
		s.commit.Needs = []string{AllAnswers}
	}
}

// greetGroup says once that Tandem talks with people in private, and again, with where to turn, where somebody may be in
// danger: what it saw is not talked about in front of others.
func (s *scene) greetGroup() error {
	if s.bot.Screen != nil {
		s.tier = s.bot.Screen.Screen(s.update.Input.Text)
		s.note.Tier = s.tier
	}
	if s.state.Greeted && s.tier == "" {
		return nil
	}
	s.state.Greeted = true
	return s.begin(groupFlow, nil)
}
