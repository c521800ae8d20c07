package desk_test

import (
	"strings"
	"testing"

	"tandem/bot/desk"
)

func BenchmarkDigest1000(b *testing.B) {
	w, cases := words(b), many(1000)
	var d desk.Digest
	for b.Loop() {
		d = w.Digest("en", cases, ago(7), now())
	}
	checkDigest1000(b, d)
}

func BenchmarkOverview200(b *testing.B) {
	w, cases := words(b), many(200)
	var o desk.Overview
	for b.Loop() {
		o = w.Overview("en", cases, desk.All, 0, now())
	}
	checkOverview200(b, o)
}

// What the benchmarks build is what it should be: see also the tests, which look at it on every run.
func TestBenchmarked(t *testing.T) {
	checkDigest1000(t, words(t).Digest("en", many(1000), ago(7), now()))
	checkOverview200(t, words(t).Overview("en", many(200), desk.All, 0, now()))
}

func checkDigest1000(t testing.TB, d desk.Digest) {
	t.Helper()
	if len(d.Messages) != 2 {
		t.Fatalf("%d messages, want 2", len(d.Messages))
	}
	if want := "\n\n200 others: nothing new shared."; !strings.HasSuffix(d.Messages[1], want) {
		t.Fatalf("it ends with %q, want %q", d.Messages[1][max(0, len(d.Messages[1])-80):], want)
	}
}

func checkOverview200(t testing.TB, o desk.Overview) {
	t.Helper()
	if len(o.Rows) != 20 || o.More != 180 {
		t.Fatalf("%d rows and %d more, want 20 and 180", len(o.Rows), o.More)
	}
	want := "Falling ratings · did not work out this time, 2 days ago · next reminder tomorrow"
	if got := o.Rows[19].Status; got != want {
		t.Fatalf("the last row says %q, want %q", got, want)
	}
}
