package reminders_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tandem/reminders"
)

// shift is jobs that run on a clock of the test's own: it begins at midnight, 1 January 2000, UTC.
type shift struct {
	*testing.T
	jobs *reminders.Jobs
	mu   sync.Mutex
	log  bytes.Buffer
	ran  []string
}

// note writes down that something happened, and when.
func (s *shift) note(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ran = append(s.ran, time.Now().UTC().Format("15:04:05 ")+what)
}

// Write implements io.Writer for the log.
func (s *shift) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Write(p)
}

// expect compares what happened so far.
func (s *shift) expect(want ...string) {
	s.Helper()
	synctest.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	if got := strings.Join(s.ran, ", "); got != strings.Join(want, ", ") {
		s.Errorf("ran: %s\nwant: %s", got, strings.Join(want, ", "))
	}
}

// logged expects a word in the log, so many times.
func (s *shift) logged(word string, times int) {
	s.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if got := strings.Count(s.log.String(), word); got != times {
		s.Errorf("the log has %q %d times, want %d:\n%s", word, got, times, &s.log)
	}
}

// work runs jobs on a clock of their own.
func work(t *testing.T, jobs func(s *shift) []reminders.Job, test func(s *shift)) {
	synctest.Test(t, func(t *testing.T) {
		s := &shift{T: t}
		var err error
		if s.jobs, err = reminders.NewJobs(t.Context(), slog.New(slog.NewTextHandler(s, nil)), jobs(s)...); err != nil {
			t.Fatal(err)
		}
		s.jobs.Start()
		test(s)
		if err := s.jobs.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func TestJobsRunWhenTheyAreDue(t *testing.T) {
	work(t, func(s *shift) []reminders.Job {
		note := func(what string) func(context.Context) error {
			return func(context.Context) error { s.note(what); return nil }
		}
		return []reminders.Job{{Name: "five", Spec: "*/5 * * * *", Run: note("five")}, {Name: "noon", Spec: "0 12 * * *", Run: note("noon")}}
	}, func(s *shift) {
		s.expect()
		time.Sleep(11 * time.Minute)
		s.expect("00:05:00 five", "00:10:00 five")
		time.Sleep(4*time.Minute - time.Second)
		s.expect("00:05:00 five", "00:10:00 five")
		s.mu.Lock()
		s.ran = nil
		s.mu.Unlock()
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		noon := 0
		for _, what := range s.ran {
			if what == "12:00:00 noon" {
				noon++
			}
		}
		if len(s.ran) != 24*12+1 || noon != 1 {
			s.Errorf("%d runs in a day, %d of them at noon; want 289 and 1", len(s.ran), noon)
		}
		s.logged("level", 0)
	})
}

func TestJobsNeverOverlapThemselves(t *testing.T) {
	work(t, func(s *shift) []reminders.Job {
		return []reminders.Job{
			{Name: "slow", Spec: "* * * * *", Run: func(context.Context) error {
				s.note("begins")
				time.Sleep(150 * time.Second)
				s.note("ends")
				return nil
			}},
			{Name: "quick", Spec: "2 * * * *", Run: func(context.Context) error { s.note("quick"); return nil }},
		}
	}, func(s *shift) {
		time.Sleep(4*time.Minute + time.Second)
		s.expect("00:01:00 begins", "00:02:00 quick", "00:03:30 ends", "00:04:00 begins")
		s.logged("left out", 2)
		s.logged("job=slow", 2)
	})
}

func TestJobsGoOnAfterAFailure(t *testing.T) {
	work(t, func(s *shift) []reminders.Job {
		return []reminders.Job{
			{Name: "panics", Spec: "*/2 * * * *", Run: func(context.Context) error { s.note("panics"); panic("the index is upside down") }},
			{Name: "fails", Spec: "*/2 * * * *", Run: func(context.Context) error {
				time.Sleep(time.Second)
				s.note("fails")
				return errors.New("the shelf is empty")
			}},
			{Name: "works", Spec: "1-59/2 * * * *", Run: func(context.Context) error { s.note("works"); return nil }},
		}
	}, func(s *shift) {
		time.Sleep(4*time.Minute + 2*time.Second)
		s.expect("00:01:00 works", "00:02:00 panics", "00:02:01 fails", "00:03:00 works", "00:04:00 panics", "00:04:01 fails")
		s.logged("the index is upside down", 2)
		s.logged("the shelf is empty", 2)
		s.logged("level=ERROR", 4)
		s.logged("left out", 0)
	})
}

func TestJobsStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &shift{T: t}
		jobs, err := reminders.NewJobs(t.Context(), slog.New(slog.NewTextHandler(s, nil)),
			reminders.Job{Name: "obeys", Spec: "1 * * * *", Run: func(ctx context.Context) error {
				<-ctx.Done()
				s.note("obeyed")
				return ctx.Err()
			}},
			reminders.Job{Name: "stubborn", Spec: "1 * * * *", Run: func(context.Context) error {
				time.Sleep(3 * time.Minute)
				s.note("came round")
				return nil
			}})
		if err != nil {
			t.Fatal(err)
		}
		jobs.Start()
		time.Sleep(2 * time.Minute)
		short, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := jobs.Stop(short); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("while one is stubborn: %v", err)
		}
		s.expect("00:02:00 obeyed")
		if err := jobs.Stop(context.Background()); err != nil {
			t.Error(err)
		}
		s.expect("00:02:00 obeyed", "00:04:00 came round")
		time.Sleep(24 * time.Hour)
		s.expect("00:02:00 obeyed", "00:04:00 came round")
		s.logged("level", 0)
	})
}

func TestJobsRefuseWhatNeverRuns(t *testing.T) {
	for _, c := range []struct {
		spec string
		want error
	}{
		{"@every 0s", reminders.ErrSpec}, {"TZ=0 0 9 * * *", reminders.ErrSpec}, {"", reminders.ErrSpec}, {"0 0 30,31 2 *", reminders.ErrNever},
	} {
		_, err := reminders.NewJobs(t.Context(), slog.New(slog.DiscardHandler), reminders.Job{Name: "sweep", Spec: c.spec})
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), `"sweep"`) {
			t.Errorf("%q: %v", c.spec, err)
		}
	}
}
