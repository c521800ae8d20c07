package main

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tandem/adapters/slack"
	"tandem/adapters/telegram"
	"tandem/bot"
)

// metrics counts what the service does, for Prometheus. It is a bot.Observer.
type metrics struct {
	registry *prometheus.Registry
	received prometheus.Counter
	steps    prometheus.Histogram
	sends    *prometheus.CounterVec
	calls    *prometheus.CounterVec // of the Bot API

	slackCalls *prometheus.CounterVec
	last       prometheus.Gauge
	refused    prometheus.Counter
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
		slackCalls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tandem_slack_calls_total", Help: "Calls of Slack's Web API by method and HTTP status; 0: nothing came back. Slack refuses with 200."},
			[]string{"method", "status"}),
		refused: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "tandem_webhook_stopping_total", Help: "Deliveries that were sent away because this process stops or begins."}),
	}
	m.registry.MustRegister(m.received, m.last, m.steps, m.sends, m.calls, m.slackCalls, m.refused,
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

// watch adds what others count. Of the platforms, those that are not used are nil.
func (m *metrics) watch(app *bot.Bot, t *telegram.Telegram, sl *slack.Slack, h *health) {
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
	if t != nil {
		m.watchTelegram(t.Counts)
	}
	if sl != nil {
		m.watchSlack(sl.Counts)
	}
}

func (m *metrics) watchTelegram(counts func() telegram.Counts) {
	const name, help = "tandem_telegram_updates_total", "Updates of Telegram by what became of them."
	m.count(name, help, "ingested", func() int64 { return counts().Ingested })
	m.count(name, help, "ignored", func() int64 { return counts().Ignored })
	m.count(name, help, "skipped", func() int64 { return counts().Skipped })
	m.count(name, help, "failed", func() int64 { return counts().Failed })
	m.count(name, help, "refused", func() int64 { return counts().Refused })
	m.count(name, help, "conflict", func() int64 { return counts().Conflicts })
}

func (m *metrics) watchSlack(counts func() slack.Counts) {
	const name, help = "tandem_slack_updates_total", "Updates of Slack by what became of them."
	m.count(name, help, "ingested", func() int64 { return counts().Ingested })
	m.count(name, help, "ignored", func() int64 { return counts().Ignored })
	m.count(name, help, "skipped", func() int64 { return counts().Skipped })
	m.count(name, help, "failed", func() int64 { return counts().Failed })
	m.count(name, help, "refused", func() int64 { return counts().Refused })
}

// count adds a counter that somebody else keeps.
func (m *metrics) count(name, help, outcome string, read func() int64) {
	m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
		Name: name, Help: help, ConstLabels: prometheus.Labels{"outcome": outcome},
	}, func() float64 { return float64(read()) }))
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
