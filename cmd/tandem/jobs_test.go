package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"tandem/adapters/redisstore"
	"tandem/bot"
	"tandem/bot/care"
)

// gauges reads the gauges of a registry by name.
func gauges(t *testing.T, r *prometheus.Registry) map[string]float64 {
	t.Helper()
	families, err := r.Gather()
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string]float64)
	for _, f := range families {
		if len(f.GetMetric()) == 1 && strings.HasPrefix(f.GetName(), "tandem_") {
			out[f.GetName()] = f.GetMetric()[0].GetGauge().GetValue()
		}
	}
	return out
}

// The jobs do their work when they are run by hand: the metrics count who waits, and the sweep leaves them as they are.
func TestJobs(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 3, 9, 18, 0, 0, 0, time.UTC)
	log := &buffer{}
	store, err := redisstore.OpenEmbedded(ctx, t.TempDir(), redisstore.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	s := &service{
		plan: &plan{log: slog.New(slog.NewJSONHandler(log, nil)), config: &config{KeepDays: 365}}, metrics: newMetrics(), store: store,
		app: bot.Beside(bot.Options{Store: store, Clock: func() time.Time { return now }}),
	}
	for name, wake := range map[string]time.Time{
		"telegram:1": now.Add(-90 * time.Second), "telegram:2": now, "telegram:3": now.Add(time.Hour), "telegram:4": {},
	} {
		if err := store.Commit(ctx, bot.Commit{Conversation: name, Wake: wake}); err != nil {
			t.Fatal(err)
		}
	}
	old := care.Client{Since: now.AddDate(-2, 0, 0)}
	if err := bot.Prepare(ctx, store, "telegram:5", old, 1, map[string]json.RawMessage{"goal/g1": json.RawMessage(`{}`)}); err != nil {
		t.Fatal(err)
	}
	names := ""
	for _, job := range s.jobs() {
		names += job.Name + " "
		if err := job.Run(ctx); err != nil {
			t.Errorf("the job %s: %v", job.Name, err)
		}
		ended, cancel := context.WithCancel(ctx)
		cancel()
		if err := job.Run(ended); err == nil {
			t.Errorf("the job %s does not hear that it is to stop", job.Name)
		}
	}
	if left, err := store.Records(ctx, "telegram:5", ""); err != nil || len(left) > 0 || !strings.Contains(log.String(), `"count":1`) {
		t.Errorf("who was kept for long enough still has %d records, %v; the log: %s", len(left), err, log.String())
	}
	if names != "sweep retention metrics " {
		t.Errorf("the jobs are: %s", names)
	}
	got := gauges(t, s.metrics.registry)
	for name, want := range map[string]float64{
		"tandem_due_conversations": 2, "tandem_due_oldest_seconds": 90, "tandem_sleeping_conversations": 1,
	} {
		if got[name] != want {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
	if strings.Count(log.String(), "\n") != 1 || strings.Contains(log.String(), "telegram:5") {
		t.Errorf("the log holds more than that somebody was erased: %s", log)
	}
}
