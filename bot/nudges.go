package bot

import (
	"fmt"
	"slices"
	"time"

	"tandem/bot/care"
	"tandem/reminders"
)

// nudges is what a conversation remembers of its reminders from turn to turn. The reminders themselves are records.
type nudges struct {
	Ledger reminders.Ledger `json:"ledger,omitzero"`
	Done   time.Time        `json:"done,omitzero"`   // what was due up to then is dealt with: it never comes again
	Next   time.Time        `json:"next,omitzero"`   // when a reminder is due next; zero: never
	Later  []time.Time      `json:"later,omitempty"` // the few times after it
	Late   time.Duration    `json:"late,omitzero"`   // how late after any of them something may still be sent
	Hold   time.Time        `json:"hold,omitzero"`   // what is due waits until then
	Follow time.Time        `json:"follow,omitzero"` // when a nudge that nobody answered is looked at again
	Open   []string         `json:"open,omitempty"`  // the goals of the last nudge, "" for none in particular
	Snooze *snooze          `json:"snooze,omitempty"`
	Count  int              `json:"count,omitempty"` // nudges so far: the wording varies with it
	Told   bool             `json:"told,omitempty"`  // the practitioner was told of this silence
}

// snooze is a nudge that the person asked to have later.
type snooze struct {
	At    time.Time `json:"at"`
	Goals []string  `json:"goals,omitempty"`
}

// wake is when the conversation needs a step by itself: the open question's timer or a nudge; zero: never.
func (s *scene) wake() time.Time {
	at := earliest(s.timer(), s.state.Nudges.at(), s.state.Until, s.state.Bonds.Next)
	if s.state.Desk != nil {
		at = earliest(at, s.state.Desk.Next)
	}
	return at
}

// at is when the nudges are to be looked at next.
func (n *nudges) at() time.Time {
	if !n.Hold.IsZero() {
		return n.Hold
	}
	at := earliest(n.Next, n.Follow)
	if n.Snooze != nil {
		at = earliest(at, n.Snooze.At)
	}
	return at
}

// later is when the conversation is to be looked at instead, where nobody was there at its wake to send a reminder in time
// (bot.Commit.Later): nothing else is to be done then, and whole crowds are passed over without a step each.
func (s *scene) later() []time.Time {
	n := &s.state.Nudges
	other := earliest(s.timer(), n.Follow, s.state.Until, s.state.Bonds.Next)
	if s.state.Desk != nil {
		other = earliest(other, s.state.Desk.Next)
	}
	if n.Snooze != nil {
		other = earliest(other, n.Snooze.At)
	}
	if !n.Hold.IsZero() || !other.IsZero() && !other.After(n.Next) {
		return nil // it is not the reminder that the conversation wakes for
	}
	for i, t := range n.Later {
		if !other.IsZero() && !t.Before(other) {
			return append(slices.Clone(n.Later[:i]), other)
		}
	}
	return n.Later
}

// passOver leaves behind what has become too late, as the store has by then.
func (n *nudges) passOver(now time.Time) {
	for len(n.Later) > 0 && now.After(n.Next.Add(n.Late)) {
		n.Next, n.Later = n.Later[0], n.Later[1:]
	}
}

// timer is when the open question's time is up. A flow's own timeout keeps to the quiet hours, but for those of the
// safety flow and of the nudge, which says nothing; on top of a talk that rests a nudge has none, for it would ask that
// talk's question again. Where it is only our patience that has run out, what is said then is one more message that
// nobody asked for: it counts as a nudge, and does not come to somebody who wants to be left alone.
func (s *scene) timer() time.Time {
	session, c := s.state.Session, s.state.Client
	if session == nil || session.Due.IsZero() {
		return time.Time{}
	}
	switch session.Frames[len(session.Frames)-1].Flow {
	case nudgeFlow:
		if s.busy() {
			return time.Time{}
		}
		return session.Due
	case safetyFlow:
		return session.Due
	}
	due, policy := session.Due.In(s.now.Location()), s.policy()
	switch {
	case !s.bot.Library.Patient(session):
		return policy.Quiet.After(due)
	case c.Stopped || s.resting() || s.state.Alarm != "" || !c.Consented():
		return time.Time{}
	}
	return policy.Earliest(due, s.state.Nudges.Ledger)
}

// resting tells whether the person has said pause, and it is not over yet.
func (s *scene) resting() bool {
	c := s.state.Client
	return c.Paused && (c.Until == "" || s.now.Format(time.DateOnly) < c.Until)
}

func earliest(times ...time.Time) (first time.Time) {
	for _, t := range times {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}

// policy is what this person may be sent unasked.
func (s *scene) policy() reminders.Policy {
	set := s.bot.Settings
	p := reminders.Policy{Quiet: set.Quiet, Week: set.Week, Holiday: set.holiday}
	if q := s.state.Client.Quiet; q != nil {
		p.Quiet = reminders.Quiet{From: q.From, To: q.To}
	}
	return p
}

// hear notes that the person did something: whatever they were sent is answered, and nobody chases them.
func (s *scene) hear() {
	n := &s.state.Nudges
	n.Ledger.Hear(s.now)
	n.Follow, n.Told = time.Time{}, false
}

// mayNudge tells whether the person may be written to unasked at all. A pause whose day has come is over.
func (s *scene) mayNudge() bool {
	c := &s.state.Client
	if c.Paused && !s.resting() {
		if n := &s.state.Nudges; s.pauseEnd().After(n.Done) {
			n.Done = s.pauseEnd() // what was due in the pause never comes
		}
		c.Paused, c.Until = false, ""
	}
	return c.Consented() && !c.Stopped && !c.Paused && s.state.Alarm == "" && !s.snap.Parked
}

// plan says anew when the next reminder is due, after something has changed that it rests on.
func (s *scene) plan() error {
	n, c := &s.state.Nudges, s.state.Client
	n.Next, n.Later, n.Late = time.Time{}, nil, 0
	all, err := s.reminders()
	if err != nil || len(all) == 0 || c.Stopped || (c.Paused && c.Until == "") {
		return err
	}
	goals, err := s.goals()
	if err != nil {
		return err
	}
	after := n.Done
	if c.Paused && s.pauseEnd().After(after) {
		after = s.pauseEnd()
	}
	for _, r := range all {
		from := after
		if g := goals.find(r.Goal); g != nil && !goals.nudged(r.Goal) {
			day, ok := s.restsUntil(g)
			if !ok {
				continue
			}
			from = day.Add(-time.Second)
		}
		schedule, err := s.schedule(r)
		if err != nil {
			return err
		}
		if past := s.now.Add(-window(r) - time.Second); past.After(from) {
			from = past // what is older comes too late whatever happens
		}
		for range 1 + laterWakes {
			if from = schedule.Next(from); from.IsZero() {
				break
			}
			n.Later = append(n.Later, from)
		}
		n.Late = max(n.Late, window(r))
	}
	slices.SortFunc(n.Later, time.Time.Compare)
	n.Later = slices.CompactFunc(n.Later, time.Time.Equal)
	if len(n.Later) > 0 {
		n.Next, n.Later = n.Later[0], n.Later[1:min(len(n.Later), 1+laterWakes)]
	}
	return nil
}

const laterWakes = 3 // times of reminders that are known beside the next

// pauseEnd is the last moment before the day that ends the pause; zero where the pause has no such day.
func (s *scene) pauseEnd() time.Time {
	day, err := time.ParseInLocation(time.DateOnly, s.state.Client.Until, s.now.Location())
	if err != nil {
		return time.Time{}
	}
	return day.Add(-time.Second)
}

// replan has the next reminder computed at the end of the step. Fresh leaves what was due before now: the person has
// just chosen anew, and is not to be surprised with what would have been.
func (s *scene) replan(fresh bool) {
	s.planned = true
	if n := &s.state.Nudges; fresh { // also where a clock that was wrong for a while has put the mark into the future
		n.Done, n.Hold = s.now, time.Time{}
	}
}

// schedule is a reminder on the clock of the person's zone.
func (s *scene) schedule(r *care.Reminder) (*reminders.Schedule, error) {
	zone := s.now.Location()
	schedule, err := reminders.ParseIn(reminders.Rhythm{Spec: r.Spec, Zone: zone.String(), Every: r.Every, From: r.From, Until: r.Until}, zone)
	if err != nil {
		return nil, fmt.Errorf("read the reminder %s: %w", r.ID, err)
	}
	return schedule, nil
}

// openReminders are the reminders that run: those that were not ended, and whose goal is being worked on.
func (s *scene) openReminders() ([]*care.Reminder, error) {
	all, err := s.reminders()
	if err != nil {
		return nil, err
	}
	goals, err := s.goals()
	if err != nil {
		return nil, err
	}
	var out []*care.Reminder
	for _, r := range all {
		if goals.nudged(r.Goal) {
			out = append(out, r)
		}
	}
	return out, nil
}

// nudged tells whether a goal is being worked on; "" is no goal in particular, and always is.
func (l goalList) nudged(id string) bool {
	g := l.find(id)
	return id == "" || (g != nil && g.Status.Open() && g.Status != care.Paused)
}

// movedAt is when a goal was last taken up, or put away: what was due before that never comes. Zero: never.
func (l goalList) movedAt(id string) time.Time {
	if g := l.find(id); g != nil {
		return lastMove(g).At
	}
	return time.Time{}
}

// reminders are the reminders that the client has not ended, in the order in which they chose them.
func (s *scene) reminders() ([]*care.Reminder, error) {
	all, err := readRecords(s, "reminder/", func(a, b *care.Reminder) int { return compareIDs(a.ID, b.ID) })
	if err != nil {
		return nil, err
	}
	var out []*care.Reminder
	for _, r := range all {
		if r.Open() {
			out = append(out, r)
		}
	}
	return out, nil
}

// week is how many nudges a person may be sent in seven days: as many as set, or on as many of the coming seven days as
// the fullest of their own rhythms asks for, if that is more.
func (s *scene) week(most int) (int, error) {
	all, err := s.openReminders()
	if err != nil || most <= 0 {
		return most, err
	}
	for _, r := range all {
		schedule, err := s.schedule(r)
		if err != nil {
			return 0, err
		}
		days, today, end := map[string]bool{}, s.now.Format(time.DateOnly), s.now.AddDate(0, 0, 7).Format(time.DateOnly)
		for t := schedule.Next(s.now); !t.IsZero() && t.Format(time.DateOnly) <= end && len(days) < 7; t = schedule.Next(t) {
			if day := t.Format(time.DateOnly); day != today {
				days[day] = true
			}
		}
		most = max(most, len(days))
	}
	return most, nil
}
