package bot

import (
	"fmt"
	"strings"
	"time"

	"tandem/dialog"
	"tandem/reminders"
)

// digestLate is how late a digest still comes; a week's news can wait for the next one after that.
const digestLate = 12 * time.Hour

// keepDigest keeps when the practitioner wants a digest, or says one at once.
func keepDigest(s *scene, r dialog.Record) error {
	if !s.practises() {
		return s.noRole("digest")
	}
	d := s.atDesk()
	switch r.Do {
	case "send":
		return s.sayDigest()
	case "choose":
		d.Rhythm, d.From = text(r, "rhythm"), s.now
	case "stop":
		d.Rhythm = ""
	default:
		return fmt.Errorf("a digest knows no %q", r.Do)
	}
	return s.planDigest()
}

// planDigest says when the digest is due next.
func (s *scene) planDigest() error {
	d := s.atDesk()
	d.Next = time.Time{}
	if d.Rhythm == "" {
		return nil
	}
	spec, every := splitRhythm(d.Rhythm)
	zone := s.now.Location()
	schedule, err := reminders.ParseIn(reminders.Rhythm{Spec: spec, Zone: zone.String(), Every: every, From: d.From}, zone)
	if err != nil {
		return fmt.Errorf("read when the digest is wanted: %w", err)
	}
	d.Next = schedule.Next(s.now)
	return nil
}

// splitRhythm reads a schedule's answer: "0 9 * * 5 every 2".
func splitRhythm(answer string) (spec string, every int) {
	spec, rest, found := strings.Cut(answer, " every ")
	if found {
		_, _ = fmt.Sscan(rest, &every) // 0: every week
	}
	return spec, every
}

// dueDigest says the digest whose time has come, or leaves one that comes too late to the next.
func (s *scene) dueDigest() error {
	d := s.atDesk()
	late := s.now.After(d.Next.Add(digestLate))
	if err := s.planDigest(); err != nil {
		return err
	}
	s.keepNeeds()
	if late || s.snap.Parked || s.state.Client.Stopped {
		return nil
	}
	return s.sayDigest()
}

// sayDigest says what is new since the last one, as far as each client has opened it.
func (s *scene) sayDigest() error {
	all, err := s.glanceAll()
	if err != nil {
		return err
	}
	d := s.atDesk()
	if err := s.shownOf("digest", all...); err != nil {
		return err
	}
	for _, m := range s.bot.desk.Digest(s.state.Client.Lang, all, d.Last, s.now).Messages {
		s.tell(dialog.Message{Text: m})
	}
	d.Before, d.Last = d.Last, s.now
	return nil
}
