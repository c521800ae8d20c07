package main

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"tandem/bot"
	"tandem/reminders"
)

// sweepPause is between two steps of the sweep, so that it is never in anybody's way: a walk through a hundred thousand
// conversations takes some seconds.
const sweepPause = 2 * time.Millisecond

// jobs are what each process does from time to time for everybody. That several processes do the same does no harm.
func (s *service) jobs() []reminders.Job {
	waiting := newWaiting(s.metrics.registry, s.store, s.app.Clock)
	return []reminders.Job{
		{Name: "sweep", Spec: "*/5 * * * *", Run: s.sweep},
		{Name: "retention", Spec: "23 3 * * *", Run: s.expire},
		{Name: "metrics", Spec: "* * * * *", Run: waiting.count},
	}
}

// runJobs runs the jobs until ctx ends and what is under way has ended.
func (s *service) runJobs(ctx context.Context) {
	jobs, err := reminders.NewJobs(ctx, s.plan.log, s.jobs()...)
	if err != nil {
		s.plan.log.Error("the jobs of this process cannot run", "error", err)
		return
	}
	jobs.Start()
	<-ctx.Done()
	_ = jobs.Stop(context.WithoutCancel(ctx)) // it cannot fail: nothing bounds it but the caller's patience
}

// sweep walks once through all conversations, and sees that nobody is forgotten.
func (s *service) sweep(ctx context.Context) error {
	forgotten := 0
	for cursor := ""; ; {
		next, mended, err := s.store.Sweep(ctx, cursor, s.app.Clock())
		if err != nil {
			return fmt.Errorf("see that nobody is forgotten: %w", err)
		}
		forgotten += mended
		if cursor = next; cursor == "" {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(sweepPause):
		}
	}
	if forgotten > 0 {
		s.plan.log.Warn("conversations stood wrong in the wake index and were put right", "count", forgotten)
	}
	return nil
}

// expire erases what was kept for long enough.
func (s *service) expire(ctx context.Context) error {
	keep, erased := time.Duration(s.plan.config.KeepDays)*24*time.Hour, 0
	for conversation, err := range s.store.Conversations(ctx) {
		if err != nil {
			return fmt.Errorf("erase what was kept for long enough: %w", err)
		}
		done, err := s.app.Expire(ctx, conversation, keep, s.store.Erase)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			s.plan.log.Error("a conversation that may be kept for too long was left; the next night tries again", "error", err)
		case done:
			erased++
		}
	}
	if erased > 0 {
		s.plan.log.Info("conversations were erased that had been kept for long enough", "count", erased)
	}
	return nil
}

// waiting is how many conversations wait, for Prometheus.
type waiting struct {
	wakes                 bot.Wakes
	clock                 func() time.Time
	due, oldest, sleeping prometheus.Gauge
}

func newWaiting(registry prometheus.Registerer, wakes bot.Wakes, clock func() time.Time) *waiting {
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
	}
	w := &waiting{
		wakes: wakes, clock: clock,
		due:      gauge("tandem_due_conversations", "Conversations that need attention and that nobody has picked up, counted once a minute."),
		oldest:   gauge("tandem_due_oldest_seconds", "For how long the longest of them has been waiting; 0: none is."),
		sleeping: gauge("tandem_sleeping_conversations", "Conversations that need attention later, those in hand among them."),
	}
	registry.MustRegister(w.due, w.oldest, w.sleeping)
	return w
}

// count looks at the index and sets the gauges.
func (w *waiting) count(ctx context.Context) error {
	now := w.clock()
	found, err := w.wakes.Standing(ctx, now)
	if err != nil {
		return fmt.Errorf("count the conversations that wait: %w", err)
	}
	age := time.Duration(0)
	if !found.Oldest.IsZero() {
		age = now.Sub(found.Oldest)
	}
	w.due.Set(float64(found.Due))
	w.oldest.Set(age.Seconds())
	w.sleeping.Set(float64(found.Sleeping))
	return nil
}
