package understand

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestAnswers reads every row of testdata/answers/*.tsv, through Answer and its JSON as `tandem understand` prints it.
// The tables were written by someone who had not seen the lexicons, and hold what is right, not what was found.
func TestAnswers(t *testing.T) {
	files, err := filepath.Glob("testdata/answers/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("find tables: %v, %v", files, err)
	}
	for _, file := range files {
		l := load(t, strings.Split(filepath.Base(file), ".")[1])
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]string{}
		for line := range strings.Lines(string(source)) {
			line = strings.TrimSuffix(line, "\n")
			if name, value, ok := strings.Cut(line, " "); ok && strings.HasPrefix(name, "@") {
				names[name[1:]] = value
				continue
			}
			row := strings.Split(line, "|")
			if strings.HasPrefix(line, "//") || len(row) != 3 {
				continue
			}
			t.Run(filepath.Base(file)+"/"+row[0]+"/"+row[1], func(t *testing.T) {
				got := answerRow(t, l, row[0], row[1], names)
				for _, want := range strings.Split(row[2], " / ") {
					if got == want || want == "!" && strings.HasPrefix(got, "!") {
						return
					}
				}
				t.Errorf("%s|%s|%s|got %s", row[0], row[1], row[2], got)
			})
		}
	}
}

// TestHugeTexts holds every reader to refuse a text of 100 kB before it does any work that grows with it: no more is
// allocated than for one that is just too long, whatever it is made of.
func TestHugeTexts(t *testing.T) {
	l := load(t, "en")
	options := optionSets()["life"]
	for name, piece := range map[string]string{"digits": "7", "words": "yes ", "accents": "sí é", "space": " ", "emoji": "👍🏽"} {
		text := strings.Repeat(piece, 100_000/len(piece))
		for _, kind := range Kinds() {
			ask := Ask{Kind: kind, Options: options, Now: testNow}
			answer, err := l.Answer(text, ask)
			if err != nil || answer.Why != TooLong {
				t.Errorf("%s of %s: Answer gives %+v, %v; want %s", kind, name, answer, err, TooLong)
			}
		}
		allocs := func(text string) float64 {
			return testing.AllocsPerRun(5, func() {
				l.Ruler(text, 0, 10)
				l.YesNo(text)
				l.Choice(text, options)
				l.Date(text, testNow, Future)
				l.Word(text)
			})
		}
		if few, many := allocs(text[:5*MaxRunes]), allocs(text); many > few {
			t.Errorf("%s: reading a huge text allocates %v times, one just too long %v times", name, many, few)
		}
	}
}

// TestAnswerJSON holds the printed forms: false and 0 are values, and a refusal has no value.
func TestAnswerJSON(t *testing.T) {
	l := load(t, "en")
	for _, c := range []struct{ kind, text, want string }{
		{"yes-no", "no", `{"ok":true,"value":false}`},
		{"ruler", "0", `{"ok":true,"value":0}`},
		{"number", "-0", `{"ok":true,"value":0}`},
		{"number", "1.5", `{"ok":true,"value":1.5}`},
		{"yes-no", "hmm", `{"ok":false,"why":"not-understood"}`},
		{"ruler", "", `{"ok":false,"why":"empty"}`},
	} {
		answer, err := l.Answer(c.text, Ask{Kind: c.kind})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := json.Marshal(answer); err != nil || string(got) != c.want {
			t.Errorf("%s %q prints %s, %v; want %s", c.kind, c.text, got, err, c.want)
		}
	}
}

// answerRow asks the question of a row and writes the result down as the table does.
func answerRow(t *testing.T, l *Lexicon, question, text string, names map[string]string) string {
	t.Helper()
	fields := strings.Fields(question)
	if fields[0] == "word" {
		if w, ok := l.Word(text); ok {
			return string(w)
		}
		return "!"
	}
	answer, err := l.Answer(text, askOf(t, fields, names))
	if err != nil {
		t.Fatal(err)
	}
	printed, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		OK         bool
		Value      any
		Why        string
		Date, Time string
	}
	if err := json.Unmarshal(printed, &read); err != nil {
		t.Fatal(err)
	}
	switch {
	case !read.OK && read.Value == nil && read.Why != "":
		return "!" + read.Why
	case !read.OK || read.Value == nil || read.Why != "":
		t.Fatalf("Answer prints %s, which says neither yes nor no", printed)
	}
	value := read.Value
	if v, ok := value.(float64); ok {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	if v, ok := value.(bool); ok {
		return strconv.FormatBool(v)
	}
	return strings.TrimSpace(read.Date + " " + value.(string) + " " + read.Time)
}

func askOf(t *testing.T, fields []string, names map[string]string) Ask {
	t.Helper()
	ask := Ask{Kind: fields[0], Now: testNow}
	for _, field := range fields[1:] {
		value := names[field]
		low, high, bounded := strings.Cut(value, "..")
		switch {
		case field == "halves":
			ask.Halves = true
		case slices.Contains([]string{"future", "past", "either"}, field):
			ask.Want = map[string]Want{"future": Future, "past": Past, "either": Either}[field]
		case bounded:
			ask.Min, ask.Max = number(t, low), number(t, high)
		case ask.Kind == "choice":
			for label := range strings.SplitSeq(value, ";") {
				ask.Options = append(ask.Options, Option{ID: label, Label: label})
			}
		default:
			now, err := time.Parse("2006-01-02T15:04", value)
			if err != nil {
				t.Fatalf("question %q: %v", fields, err)
			}
			ask.Now = now
		}
	}
	return ask
}

func number(t *testing.T, text string) *float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return &v
}
