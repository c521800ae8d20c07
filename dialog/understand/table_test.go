package understand

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// now is a Wednesday.
var testNow = time.Date(2026, 11, 18, 10, 20, 0, 0, time.UTC)

// optionSets are the questions that the tables ask.
func optionSets() map[string][]Option {
	set := func(labels ...string) []Option {
		out := make([]Option, len(labels))
		for i, s := range labels {
			out[i] = Option{ID: fmt.Sprintf("opt_%c", 'a'+i), Label: s}
		}
		return out
	}
	return map[string][]Option{
		"life":   set("Health", "Money", "Family", "Friends"),
		"vida":   set("Salud", "Dinero", "Familia", "Amigos"),
		"check":  set("Yes", "Not quite"),
		"mira":   set("Sí", "No del todo"),
		"days":   set("1-2 days", "3-4 days", "Every day"),
		"nums":   set("5", "2", "10"),
		"when":   set("Tomorrow", "Another day", "Not sure yet"),
		"plan":   set("Keep it", "Make it smaller", "Change it", "Leave it for now"),
		"long":   set("🏃 Moving more", "😴 Sleeping better", "Time with the kids", "Time for me", "Friends and family", "Something else"),
		"cuando": set("Mañana", "Otro día", "No lo sé todavía"),
		"larga":  set("🏃 Moverme más", "😴 Dormir mejor", "Tiempo con los niños", "Tiempo para mí", "Otra cosa"),
	}
}

// readAs runs the reader that a row names and writes down what it gives: the value, or "!" and the Why.
func readAs(l *Lexicon, reader, text string) string {
	name, arg, _ := strings.Cut(reader, ":")
	refuse := func(w Why, value any) string {
		if w != "" {
			return "!" + string(w)
		}
		return fmt.Sprint(value)
	}
	switch name {
	case "ruler":
		v, why := l.Ruler(text, 0, 10)
		return refuse(why, v)
	case "number":
		v, why := l.Number(text, Bounds{})
		return refuse(why, strconv.FormatFloat(v, 'f', -1, 64))
	case "yesno":
		v, why := l.YesNo(text)
		return refuse(why, v)
	case "choice":
		v, why := l.Choice(text, optionSets()[arg])
		return refuse(why, v)
	case "choices":
		v, why := l.Choices(text, optionSets()[arg])
		return refuse(why, strings.Trim(strings.ReplaceAll(fmt.Sprint(v), " ", ","), "[]"))
	case "date":
		m, why := l.Date(text, testNow, map[string]Want{"future": Future, "past": Past, "either": Either}[arg])
		return refuse(why, momentText(m))
	case "time":
		m, why := l.Time(text, testNow)
		return refuse(why, momentText(m))
	case "schedule":
		s, why := l.Schedule(text)
		return refuse(why, fmt.Sprintf("%s /%d", s.Spec, s.Every))
	case "zone":
		w, why := l.Zone(text, testNow)
		if why == Several {
			return "!several " + strings.Join(l.Places().Labels(w.Candidates, l.lang), "; ")
		}
		return refuse(why, w.Zone)
	case "moved":
		zone, candidates, ok := l.Moved(text, testNow)
		if !ok {
			return "!stays"
		}
		return strings.TrimSpace(zone + " " + strings.Join(l.Places().Labels(candidates, l.lang), "; "))
	case "word":
		if w, ok := l.Word(text); ok {
			return string(w)
		}
		return "!no-word"
	}
	return "unknown reader " + reader
}

func momentText(m Moment) string {
	var parts []string
	if m.HasDate {
		parts = append(parts, fmt.Sprintf("%04d-%02d-%02d", m.Year, m.Month, m.Day))
	}
	if m.HasTime {
		parts = append(parts, fmt.Sprintf("%02d:%02d", m.Hour, m.Minute))
	}
	return strings.Join(parts, " ")
}

// TestTables reads every row of testdata/*.tsv: reader|text|wanted, where wanted is a value, "!" for any refusal, or
// "!why" for a refusal that says why.
func TestTables(t *testing.T) {
	files, err := filepath.Glob("testdata/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("find tables: %v, %v", files, err)
	}
	for _, file := range files {
		lang := strings.Split(filepath.Base(file), ".")[1]
		l := load(t, lang)
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(strings.TrimSpace(string(source)), "\n") {
			if line == "" || strings.HasPrefix(line, "//") {
				continue
			}
			row := strings.SplitN(line, "|", 3)
			if len(row) != 3 {
				t.Fatalf("%s: row %q does not have three columns", file, line)
			}
			t.Run(filepath.Base(file)+"/"+row[0]+"/"+row[1], func(t *testing.T) {
				got := readAs(l, row[0], row[1])
				if got != row[2] && (row[2] != "!" || !strings.HasPrefix(got, "!")) {
					t.Errorf("%s reads %q as %s, want %s", row[0], row[1], got, row[2])
				}
			})
		}
	}
}

func load(tb testing.TB, lang string) *Lexicon {
	tb.Helper()
	l, err := Load(lang)
	if err != nil {
		tb.Fatal(err)
	}
	return l
}
