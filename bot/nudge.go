package bot

import (
	"slices"
	"time"

	"tandem/bot/care"
	"tandem/dialog"
	"tandem/reminders"
)

const nudgeFlow = "nudge"

// busyFor is how long after the person's last word a conversation counts as under way: a nudge waits.
const busyFor = time.Hour

// item is something that is due.
type item struct {
	goal  string
	at    time.Time
	late  time.Duration
	asked bool // the person asked for it by name: "in an hour"
}

// nudge does what is due: one message for everything that may be sent now, or none. It is a step like any other, under
// the same lease and revision as a message, so that the two never race.
func (s *scene) nudge() error {
	n := &s.state.Nudges
	n.Hold = time.Time{}
	s.planned = true
	s.keepNeeds()
	if !s.mayNudge() {
		n.dealtWith(s.now)
		return nil
	}
	s.tellSilence()
	items, err := s.dueItems()
	if err != nil {
		return err
	}
	if hold := n.Ledger.Heard.Add(busyFor); s.state.Session != nil && hold.After(s.now) {
		if slices.ContainsFunc(items, inWindow(hold)) {
			n.Hold = hold
			return nil
		}
		items = nil // the talk has outlasted them
	}
	policy := s.policy()
	if policy.Week, err = s.week(policy.Week); err != nil {
		return err
	}
	var send []item
	for _, i := range items {
		policy.Late = i.late
		verdict, until, why := policy.Decide(s.now, i.at, n.Ledger, i.asked)
		s.note.Nudges = append(s.note.Nudges, string(why))
		switch verdict {
		case reminders.SendNow:
			send = append(send, i)
		case reminders.Wait:
			n.Hold = earliest(n.Hold, until)
			if i.asked {
				n.Snooze.At = until // what they asked for is not late for having waited out the night
			}
		case reminders.Skip:
		}
	}
	if len(send) > 0 {
		return s.sendNudge(send)
	}
	if n.Hold.IsZero() {
		n.dealtWith(s.now)
	}
	return nil
}

// inWindow finds what may still be sent at a time.
func inWindow(at time.Time) func(item) bool {
	return func(i item) bool { return !at.After(i.at.Add(i.late)) }
}

// dealtWith notes that nothing which is due by a time is to come any more.
func (n *nudges) dealtWith(by time.Time) {
	if by.After(n.Done) {
		n.Done = by
	}
	if !n.Follow.After(by) {
		n.Follow = time.Time{}
	}
	if n.Snooze != nil && !n.Snooze.At.After(by) {
		n.Snooze = nil
	}
}

// dueItems is everything that is due now: each reminder once, however often it was due since the last time.
func (s *scene) dueItems() ([]item, error) {
	n := &s.state.Nudges
	goals, err := s.goals()
	if err != nil {
		return nil, err
	}
	out, err := s.dueReminders(goals)
	if err != nil {
		return nil, err
	}
	if due(n.Follow, s.now) && n.Ledger.Silent == 1 {
		for _, goal := range n.Open {
			if goals.nudged(goal) {
				out = append(out, item{goal: goal, at: n.Follow, late: reminders.LateDefault})
			}
		}
	}
	if n.Snooze != nil && due(n.Snooze.At, s.now) {
		for _, goal := range n.Snooze.Goals {
			if goals.nudged(goal) {
				out = append(out, item{goal: goal, at: n.Snooze.At, late: reminders.LateDefault, asked: true})
			}
		}
	}
	return out, nil
}

// dueReminders are the reminders that came round since they were last dealt with, each at the last of its times.
func (s *scene) dueReminders(goals goalList) (out []item, err error) {
	all, err := s.openReminders()
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		late := window(r)
		schedule, err := s.schedule(r)
		if err != nil {
			return nil, err
		}
		after := s.now.Add(-late - time.Second) // what is older comes too late whatever happens
		for _, bound := range []time.Time{s.state.Nudges.Done, goals.movedAt(r.Goal)} {
			if bound.After(after) {
				after = bound
			}
		}
		last := time.Time{}
		for t := schedule.Next(after); due(t, s.now); t = schedule.Next(t) {
			last = t
		}
		if !last.IsZero() {
			out = append(out, item{goal: r.Goal, at: last, late: late})
		}
	}
	return out, nil
}

// window is how long after its time a reminder may still be sent.
func window(r *care.Reminder) time.Duration {
	if r.Late > 0 {
		return r.Late
	}
	return reminders.LateDefault
}

// sendNudge begins the nudge's flow for everything that may be sent now.
func (s *scene) sendNudge(send []item) error {
	n := &s.state.Nudges
	goals, err := s.goals()
	if err != nil {
		return err
	}
	n.Open = nil
	var options []dialog.Option
	for _, i := range send {
		if slices.Contains(n.Open, i.goal) {
			continue
		}
		n.Open = append(n.Open, i.goal)
		if g := goals.find(i.goal); g != nil {
			options = append(options, goalOptions([]*care.Goal{g})...)
		}
	}
	followUp := n.Ledger.Silent == 1 // after that it is the next one that they chose
	n.dealtWith(s.now)
	n.Snooze = nil
	n.Ledger.Send(s.now)
	n.Count++
	n.Follow = time.Time{}
	if n.Ledger.Silent <= 2 {
		n.Follow = reminders.Tomorrow(s.now)
	}
	with := map[string]any{
		"due_goals": options, "due_count": len(options), "follow_up": followUp, "nudge_number": n.Count, "busy": s.busy(),
	}
	if len(options) == 1 {
		with["goal"] = options[0].ID
	}
	return s.openNudge(with)
}

// busy tells whether another talk is open than a nudge that nobody answered.
func (s *scene) busy() bool {
	return s.state.Session != nil && s.state.Session.Frames[0].Flow != nudgeFlow
}

// openNudge says the nudge: by itself, in place of one that nobody answered, or on top of a talk that rests.
func (s *scene) openNudge(with map[string]any) error {
	if !s.busy() {
		if s.state.Session != nil {
			s.state.Session = nil
			s.clearAnswers()
		}
		return s.begin(nudgeFlow, with)
	}
	s.update.With = with
	frames := s.state.Session.Frames
	again := frames[len(frames)-1].Flow == nudgeFlow
	return s.converse(func(session *dialog.Session, c dialog.Context) (dialog.Result, error) {
		if again {
			return s.bot.Library.Step(session, c, dialog.Input{Kind: dialog.Again})
		}
		return s.bot.Library.Interrupt(session, nudgeFlow, c)
	})
}

// tellSilence tells the practitioner, once, that a nudge and its follow-up stayed unanswered, where the client agreed.
func (s *scene) tellSilence() {
	n := &s.state.Nudges
	if !due(n.Follow, s.now) || n.Ledger.Silent < 2 || n.Told {
		return
	}
	n.Follow, n.Told = time.Time{}, true
	if s.state.Client.TellSilence {
		s.notify("silence", map[string]any{"days": int(s.now.Sub(n.Ledger.Heard) / (24 * time.Hour))})
	}
}
