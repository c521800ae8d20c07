package dialog_test

import (
	"testing"
	"time"

	"tandem/dialog"
)

func TestPackSays(t *testing.T) {
	lib, err := dialog.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	for _, test := range []struct{ lang, date, want string }{
		{"en", "2026-11-23", "Monday 23 November"},
		{"en", "2027-01-04", "Monday 4 January 2027"},
		{"en", "2025-12-31", "Wednesday 31 December 2025"},
		{"es", "2026-11-23", "lunes 23 de noviembre"},
		{"es", "2027-01-04", "lunes 4 de enero de 2027"},
		{"es", "2025-12-31", "miércoles 31 de diciembre de 2025"},
	} {
		date, err := time.Parse(time.DateOnly, test.date)
		if err != nil {
			t.Fatal(err)
		}
		if got := lib.Pack(test.lang).SayDay(date, now); got != test.want {
			t.Errorf("%s in %s: got %q, want %q", test.date, test.lang, got, test.want)
		}
	}
	for _, test := range []struct {
		lang, spec string
		every      int
		want       string
	}{
		{"en", "0 9 * * 1", 1, "every Monday at 9:00"},
		{"en", "30 18 * * 1-5", 0, "every weekday at 18:30"},
		{"en", "0 10 * * 5", 2, "every Friday at 10:00 (every 2 weeks)"},
		{"es", "0 9 * * 1", 1, "cada lunes a las 9:00"},
		{"es", "0 10 * * 5", 2, "cada viernes a las 10:00 (cada 2 semanas)"},
		{"es", "0 9 13 5 *", 1, "0 9 13 5 *"},
	} {
		if got := lib.Pack(test.lang).SayRhythm(test.spec, test.every); got != test.want {
			t.Errorf("%q in %s: got %q, want %q", test.spec, test.lang, got, test.want)
		}
	}
}
