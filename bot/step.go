package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tandem/bot/desk"
	"tandem/dialog"
)

// scene is one step under way: what was read, and what is to be committed.
type scene struct {
	bot      *Bot
	warm     *decoded
	ctx      context.Context
	now      time.Time // in the person's zone
	snap     *Snapshot
	state    *state
	update   Update
	answers  map[string]dialog.Answer
	all      bool // answers are all there are
	records  map[string]json.RawMessage
	commit   Commit
	tier     string // what the screen found
	note     note
	begun    int                  // flows begun in this step
	planned  bool                 // the next reminder is to be computed
	looks    []look               // clients that are to know of a look
	rests    []Rest               // what is said rests on these
	readOf   map[string]bool      // cases whose clients know by this step that they were looked at
	usedCode bool                 // this update brought an invite's code, and is nothing else
	closed   []string             // goals of which this step has taken something back
	closedTo string               // the practitioner who is told of it
	hasLeft  bool                 // the client ends the work with their practitioner in this step
	glanced  map[string]desk.Case // clients whose grants this step has read
	fault    error                // of something that had no way to fail
}

// step makes the commit for the first thing that waits in a conversation: the oldest update of its inbox, or a timer
// that is due. Nil where nothing waits.
func (b *Bot) step(ctx context.Context, snap *Snapshot) (*scene, error) {
	began, warm := b.Clock(), b.warm.take(snap.Conversation)
	st, err := warm.readState(snap.State)
	if err != nil {
		return nil, err
	}
	s := &scene{bot: b, warm: warm, ctx: ctx, snap: snap, state: st, now: began.In(b.zone(st))}
	switch {
	case len(snap.Inbox) > 0:
		s.update = snap.Inbox[0].Update
		s.commit.Done = []string{snap.Inbox[0].ID}
	case due(st.Until, s.now):
		s.update = Update{Conversation: snap.Conversation, Event: arrived}
	case st.Desk != nil && due(st.Desk.Next, s.now):
		s.update = Update{Conversation: snap.Conversation, Event: digestDue}
	case due(st.Bonds.Next, s.now):
		s.update = Update{Conversation: snap.Conversation, Event: bondDue}
	case due(st.Nudges.at(), s.now): // before the open question's timer: after a nudge that waits for another day
		s.update = Update{Conversation: snap.Conversation, Event: Nudge}
	case due(s.timer(), s.now):
		s.update = Update{Conversation: snap.Conversation, Input: dialog.Input{Kind: dialog.Expire, Turn: st.Session.DueTurn}}
	default:
		return nil, nil
	}
	err = s.readAnswers(snap.Answers)
	if err == nil {
		err = cmp.Or(s.handle(), s.fault)
	}
	if err != nil && !isStoreError(err) {
		err = s.giveUp(err)
	}
	if err != nil {
		return nil, err
	}
	if err := s.seal(); err != nil {
		return nil, err
	}
	b.Observe.Stepped(b.Clock().Sub(began))
	return s, nil
}

func due(at, now time.Time) bool { return !at.IsZero() && !at.After(now) }

func (s *scene) readAnswers(raw map[string]json.RawMessage) error {
	s.answers = make(map[string]dialog.Answer, len(raw))
	for key, data := range raw {
		a, err := s.warm.readAnswer(key, data)
		if err != nil {
			return fmt.Errorf("read an answer: %w", err)
		}
		s.answers[key] = a
	}
	return nil
}

// seal completes the commit with the state as it is now.
func (s *scene) seal() error {
	if s.update.Event == "" || s.update.Event == Start {
		s.passOn(s.fits) // what waited for the end of a talk can be said
	}
	if s.planned {
		if err := s.plan(); err != nil {
			return err
		}
	} else {
		s.state.Nudges.passOver(s.now)
	}
	if len(s.closed) > 0 {
		s.relay(s.closedTo, withdrawn, map[string]any{"from": s.snap.Conversation, "client": s.state.Client.Alias, "goals": s.closed})
	}
	s.tellLooks()
	s.commit.Wake = s.wake()
	if n := &s.state.Nudges; len(n.Later) > 0 && s.commit.Wake.Equal(n.Next) {
		s.commit.Later, s.commit.Late = s.later(), n.Late
	}
	data, err := json.Marshal(s.state)
	if err != nil {
		return fmt.Errorf("write the state: %w", err)
	}
	s.commit.Conversation, s.commit.Revision, s.commit.State = s.snap.Conversation, s.snap.Revision, data
	entry, err := s.journal()
	s.commit.Journal = append(s.commit.Journal, entry)
	return err
}

// converse gives the session to the engine, and gives the engine what it asks for: an old version of a flow, every
// answer, the inputs of a flow. A session that cannot go on is ended kindly.
func (s *scene) converse(run func(*dialog.Session, dialog.Context) (dialog.Result, error)) error {
	inputs := map[string]dialog.Value(nil)
	for range maxTries {
		session := s.state.Session.Clone()
		result, err := run(session, dialog.Context{Now: s.now, Answers: s.answers, All: s.all, Inputs: inputs})
		var needVersion *dialog.NeedVersionError
		var needInputs *dialog.NeedInputsError
		var broken *dialog.BrokenError
		switch {
		case err == nil:
			s.state.Session = session
			return s.settle(result)
		case errors.Is(err, dialog.ErrNeedAll):
			err = s.loadAll()
		case errors.As(err, &needVersion):
			err = s.bot.fetch(s.ctx, needVersion)
		case errors.As(err, &needInputs):
			inputs, err = s.inputs(needInputs.Flow, s.update.With)
		}
		if errors.As(err, &broken) {
			return s.endBroken(broken)
		}
		if err != nil {
			return err
		}
	}
	return s.endBroken(&dialog.BrokenError{Reason: "the engine never had enough"})
}

func (s *scene) loadAll() error {
	raw, err := s.bot.Store.AllAnswers(s.ctx, s.snap.Conversation)
	if err != nil {
		return fmt.Errorf("read all answers: %w", &storeError{err})
	}
	s.all = true
	return s.readAnswers(raw)
}

// giveUp ends a session whose step fails for a reason that would come again, and drops what the step has done so far.
// What the person said is in the journal; what the safety screen found is not dropped.
func (s *scene) giveUp(err error) error {
	before, errState := readState(s.snap.State)
	if errState != nil {
		return errState
	}
	s.state, s.commit, s.records, s.note = before, Commit{Done: s.commit.Done}, nil, note{}
	s.answers, s.all = make(map[string]dialog.Answer), false
	s.looks, s.rests, s.readOf, s.glanced, s.closed, s.fault, s.planned, s.usedCode = nil, nil, nil, nil, nil, nil, false, false
	s.meet()
	if s.tier != "" {
		s.raise()
	}
	return s.endBroken(&dialog.BrokenError{Reason: err.Error()})
}

// endBroken ends a session that cannot go on. What was said is in the journal; the person is told.
func (s *scene) endBroken(broken *dialog.BrokenError) error {
	s.bot.Log.Error("session ended: it was broken", "reason", broken.Reason)
	s.tell(dialog.Message{Text: s.pack().Broken})
	s.state.Session = nil
	s.clearAnswers()
	return nil
}

// settle takes over what a step of the engine did.
func (s *scene) settle(r dialog.Result) error {
	for key, a := range r.Answers {
		if err := s.putAnswer(key, a); err != nil {
			return err
		}
		if a == r.Given && a != nil {
			s.note.Answer = s.commit.Answers[key]
		}
	}
	if r.Given != nil && s.note.Answer == nil {
		data, err := r.Given.AppendJSON(nil)
		if err != nil {
			return fmt.Errorf("write an answer: %w", err)
		}
		s.note.Answer = data
	}
	s.commit.Needs = r.Needs
	if r.Reminded {
		s.state.Nudges.Ledger.Send(s.now) // nobody asked for it: it counts like any nudge
	}
	if r.All {
		s.commit.Needs = []string{AllAnswers}
	}
	var next *dialog.Start
	for _, e := range r.Effects {
		if start, ok := e.(dialog.Start); ok {
			next = &start
			continue
		}
		if err := s.apply(e); err != nil {
			return err
		}
	}
	s.endTheirs()
	if !r.Ended {
		return nil
	}
	if next == nil && len(s.note.Told) == 0 && s.update.Input.Kind != dialog.Expire {
		s.tell(dialog.Message{Text: s.pack().Closed}) // nobody is left without a word
	}
	s.state.Session = nil
	if in := s.update.Input; in.Kind == dialog.Press {
		s.state.Tapped = in.Prompt
	}
	s.clearAnswers()
	if next != nil {
		return s.begin(next.Flow, next.With)
	}
	return nil
}

func (s *scene) putAnswer(key string, a *dialog.Answer) error {
	if s.commit.Answers == nil {
		s.commit.Answers = make(map[string]json.RawMessage)
	}
	if a == nil {
		delete(s.answers, key)
		s.commit.Answers[key] = nil
		return nil
	}
	data, err := a.AppendJSON(make([]byte, 0, 320))
	if err != nil {
		return fmt.Errorf("write an answer: %w", err)
	}
	s.answers[key] = *a
	s.commit.Answers[key] = data
	return nil
}

// clearAnswers takes the answers of a session that is over out of the hot state. They stay in the journal.
func (s *scene) clearAnswers() {
	s.commit.Clear, s.commit.Answers = true, nil
	s.answers, s.all = make(map[string]dialog.Answer), true
	s.commit.Needs = nil
}

// begin starts a flow in a new session.
func (s *scene) begin(flow string, with map[string]any) error {
	if s.begun++; s.begun > maxBegun || s.bot.Library.Flow(flow) == nil {
		return s.endBroken(&dialog.BrokenError{Reason: "the flow " + flow + " cannot be started"})
	}
	inputs, err := s.inputs(flow, with)
	if err != nil {
		return err
	}
	s.state.Sessions++
	s.state.Made = nil
	if s.state.Desk != nil {
		s.state.Desk.Shown = nil
	}
	s.state.Session = &dialog.Session{ID: sessionID(s.state.Sessions), Lang: s.state.Client.Lang}
	return s.converse(func(session *dialog.Session, c dialog.Context) (dialog.Result, error) {
		if c.Inputs == nil {
			c.Inputs = inputs
		}
		return s.bot.Library.Begin(session, flow, c)
	})
}

const maxBegun = 5 // flows that start each other in one step
