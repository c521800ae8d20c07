package dialog

import "testing"

func TestSpan(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     float64
	}{
		{"21:00", "08:00", 660}, {"08:00", "21:00", 780}, {"9:00", "09:30", 30}, {"00:00", "23:59", 1439},
		{"21:00", "21:00", 0}, {"", "08:00", 0}, {"21:00", "", 0}, {"", "", 0}, {"25:00", "08:00", 0},
	} {
		if got := span(c.from, c.to); got != c.want {
			t.Errorf("span(%q, %q) = %v, want %v", c.from, c.to, got, c.want)
		}
	}
}

func TestBetween(t *testing.T) {
	for _, c := range []struct {
		at, from, to string
		want         bool
	}{
		{"22:00", "21:00", "08:00", true}, {"21:00", "21:00", "08:00", true}, {"08:00", "21:00", "08:00", false},
		{"00:00", "21:00", "08:00", true}, {"12:00", "21:00", "08:00", false}, {"12:00", "09:00", "18:00", true},
		{"18:00", "09:00", "18:00", false}, {"08:59", "09:00", "18:00", false}, {"21:00", "21:00", "21:00", false},
		{"", "21:00", "08:00", false}, {"22:00", "", "08:00", false}, {"22:00", "21:00", "", false}, {"noon", "21:00", "08:00", false},
	} {
		if got := between(c.at, c.from, c.to); got != c.want {
			t.Errorf("between(%q, %q, %q) = %v, want %v", c.at, c.from, c.to, got, c.want)
		}
	}
}

func TestFallsIn(t *testing.T) {
	for _, c := range []struct {
		rhythm, from, to string
		want             bool
	}{
		{"0 22 * * 1-5", "21:00", "08:00", true}, {"0 9 * * 1-5", "21:00", "08:00", false}, {"30 7 1 * *", "21:00", "08:00", true},
		{"0 9,22 * * *", "21:00", "08:00", true}, {"0 9,20 * * *", "21:00", "08:00", false}, {"0 22 * * 5 every 2", "21:00", "08:00", true},
		{"0 8 * * *", "21:00", "08:00", false}, {"0 22 * * *", "21:00", "21:00", false}, {"", "21:00", "08:00", false},
		{"0 22 * * *", "", "08:00", false}, {"* * * * *", "21:00", "08:00", false},
	} {
		if got := fallsIn(c.rhythm, c.from, c.to); got != c.want {
			t.Errorf("fallsIn(%q, %q, %q) = %v, want %v", c.rhythm, c.from, c.to, got, c.want)
		}
	}
}
