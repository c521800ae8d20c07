package reminders_test

import (
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"tandem/reminders"
)

// BenchmarkNext goes through the due times of schedules as people have them, and the cron library through the same
// ones. Each run asserts where it arrives; nothing is due in an hour that a jump touches, so that both arrive there.
func BenchmarkNext(b *testing.B) {
	cases := []struct{ name, spec, zone, arrives string }{
		{"weekly", "0 9 * * 1", "Europe/Madrid", "2026-11-23T08:00:00Z"},
		{"daily", "30 20 * * *", "America/New_York", "2026-06-02T00:30:00Z"},
		{"workdays", "15 7 * * 1-5", "Asia/Kathmandu", "2026-06-12T01:30:00Z"},
		{"monthly", "0 9 1 * *", "Africa/Nairobi", "2028-11-01T06:00:00Z"},
		{"quarter-hours", "*/15 * * * *", "America/Santiago", "2026-05-04T07:30:00Z"},
	}
	const steps = 30
	from := time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	run := func(b *testing.B, next func(time.Time) time.Time, arrives string) {
		b.ReportAllocs()
		for b.Loop() {
			at := from
			for range steps {
				at = next(at)
			}
			if got := at.UTC().Format(time.RFC3339); got != arrives {
				b.Fatalf("arrived at %s, want %s", got, arrives)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/steps, "ns/next")
	}
	for _, c := range cases {
		s := parse(b, reminders.Rhythm{Spec: c.spec, Zone: c.zone})
		b.Run(c.name+"/tandem", func(b *testing.B) { run(b, s.Next, c.arrives) })
		other, err := cron.ParseStandard("TZ=" + c.zone + " " + c.spec)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.name+"/cron", func(b *testing.B) { run(b, other.Next, c.arrives) })
	}
}
