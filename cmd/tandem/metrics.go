package main

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tandem/adapters/telegram"
	"tandem/bot"
)

// metrics counts what the service does, for Prometheus. It is a bot.Observer.
type metrics struct {
	registry *prometheus.Registry
	received prometheus.Counter
	steps    prometheus.Histogram
	sends    *prometheus.CounterVec
	calls    *prometheus.CounterVec
	last     prometheus.Gauge
	refused  prometheus.Counter
}

var _ bot.Observer = (*metrics)(nil)

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		received: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "tandem_updates_received_total", Help: "Updates that were stored, repeated deliveries included."}),
		last: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "tandem_last_update_timestamp_seconds", Help: "When the last update was stored."}),
		steps: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "tandem_step_seconds", Help: "How long steps of conversations took, without their commit.",
			Buckets: prometheus.ExponentialBuckets(0.0001, 2.5, 12)}),
		sends: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tandem_sends_total", Help: "Sends by what became of them: ok, or why not."}, []string{"code"}),
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tandem_telegram_calls_total", Help: "Calls of the Bot API by method and HTTP status; 0: nothing came back."},
			[]string{"method", "status"}),
		refused: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "tandem_webhook_stopping_total", Help: "Deliveries that were sent away because this process stops or begins."}),
	}
	m.registry.MustRegister(m.received, m.last, m.steps, m.sends, m.calls, m.refused,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Received implements bot.Observer.
func (m *metrics) Received(now time.Time) {
	m.received.Inc()
	m.last.Set(float64(now.UnixMilli()) / 1000)
}

// Stepped implements bot.Observer.
func (m *metrics) Stepped(took time.Duration) { m.steps.Observe(took.Seconds()) }

// Sent implements bot.Observer.
func (m *metrics) Sent(code string) { m.sends.WithLabelValues(code).Inc() }

// watch adds what others count.
func (m *metrics) watch(app *bot.Bot, t *telegram.Telegram, h *health) {
	gauge := func(name, help string, f func() float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, f))
	}
	gauge("tandem_conversations_in_hand", "Conversations that this process is at.", func() float64 { return float64(app.InHand()) })
	gauge("tandem_ready", "1 where /readyz says ready.", func() float64 {
		if len(h.troubles()) == 0 {
			return 1
		}
		return 0
	})
	count := func(what string, f func(telegram.Counts) int64) {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "tandem_telegram_updates_total", Help: "Updates of Telegram by what became of them.",
			ConstLabels: prometheus.Labels{"outcome": what},
		}, func() float64 { return float64(f(t.Counts())) }))
	}
	count("ingested", func(c telegram.Counts) int64 { return c.Ingested })
	count("ignored", func(c telegram.Counts) int64 { return c.Ignored })
	count("skipped", func(c telegram.Counts) int64 { return c.Skipped })
	count("failed", func(c telegram.Counts) int64 { return c.Failed })
	count("refused", func(c telegram.Counts) int64 { return c.Refused })
	count("conflict", func(c telegram.Counts) int64 { return c.Conflicts })
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
