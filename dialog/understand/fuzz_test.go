package understand

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzReaders holds every reader to its promises on any text: no panic, and a value only within what was asked.
func FuzzReaders(f *testing.F) {
	for _, seed := range []string{
		"about a 7", "7/10", "siete y medio", "7️⃣", "6 or 7", "yes but no", "the second one", "1, 3", "tomorrow at half past 8",
		"el lunes que viene a las 9", "31 feb", "99999999999999999999", "\xff\xfe", "a.m.", "-", "((((", "/help@", "½⅓²",
		"in 999 years", "every 52 weeks on monday at 9", "'''", "y y y y", "menos menos", "9:", "9:9", "12/12/12/12", "a-b-c",
		"I'm in Madrid now", "UTC+2", "it's 3pm here", "estoy en la paz", "every day not on sundays, at 9", "Europe/Madrid", "a/../b", "/", "L.A.",
		"7'5", "half a dozen", "two hours and a half", "jajajaja", "4ish out of 10", "the day after the day after tomorrow", "15 min",
	} {
		f.Add(seed)
	}
	langs := []*Lexicon{load(f, "en"), load(f, "es")}
	sets := optionSets()
	options := sets["long"]
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range langs {
			if v, why := l.Ruler(text, 0, 10); why == "" && (v < 0 || v > 10) {
				t.Errorf("ruler reads %q as %d", text, v)
			}
			for name, set := range map[string][]Option{"long": options, "days": sets["days"], "mira": sets["mira"]} {
				if i, why := l.Choice(text, set); why == "" && (i < 0 || i >= len(set)) {
					t.Errorf("choice among %s reads %q as %d", name, text, i)
				}
			}
			picked, why := l.Choices(text, options)
			for _, i := range picked {
				if why == "" && (i < 0 || i >= len(options)) {
					t.Errorf("choices reads %q as %v", text, picked)
				}
			}
			if m, why := l.Date(text, testNow, Future); why == "" {
				if d, ok := civil(m.Year, m.Month, m.Day); !ok || d.Before(dayOf(testNow)) || m.Hour > 23 || m.Minute > 59 {
					t.Errorf("date reads %q as %+v", text, m)
				}
			}
			if m, why := l.Time(text, testNow); why == "" && (!m.HasTime || m.Hour < 0 || m.Hour > 23 || m.Minute < 0 || m.Minute > 59) {
				t.Errorf("time reads %q as %+v", text, m)
			}
			if s, why := l.Schedule(text); why == "" && (s.Every < 1 || strings.Count(s.Spec, " ") != 4) {
				t.Errorf("schedule reads %q as %+v", text, s)
			}
			if w, why := l.Zone(text, testNow); (why == "") != (w.Zone != "") || (why == Several) != (len(w.Candidates) > 0) {
				t.Errorf("zone reads %q as %+v, %s", text, w, why)
			}
			if zone, candidates, ok := l.Moved(text, testNow); ok != (zone != "" || len(candidates) > 0) {
				t.Errorf("moved reads %q as %q, %v, %v", text, zone, candidates, ok)
			}
			l.YesNo(text)
			l.Number(text, Bounds{})
			l.Word(text)
		}
	})
}

// FuzzNormalize holds Normalize to be idempotent and to give valid, trimmed text.
func FuzzNormalize(f *testing.F) {
	for _, seed := range []string{"Sí", "７", "7️⃣", "🔟", "7½", "“Don’t”", "a\u200bb", " a  b ", "ΐ", "İ", "ﬀ", "\xff", "ꮮ", "ᏸ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := Normalize(text)
		if twice := Normalize(once); utf8.ValidString(text) && twice != once {
			t.Errorf("Normalize(%q) = %q, and again %q", text, once, twice)
		}
		if strings.TrimSpace(once) != once {
			t.Errorf("Normalize(%q) = %q is not trimmed", text, once)
		}
	})
}
