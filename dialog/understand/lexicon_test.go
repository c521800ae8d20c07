package understand

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestLanguagesAreComplete(t *testing.T) {
	if diff := cmp.Diff([]string{"en", "es"}, Languages()); diff != "" {
		t.Errorf("languages (-want +got):\n%s", diff)
	}
	for _, code := range languageCodes() {
		load(t, code)
	}
}

func TestLoadRefuses(t *testing.T) {
	if _, err := Load("fr"); !errors.Is(err, ErrUnknownLanguage) || !strings.Contains(err.Error(), "en, es") {
		t.Errorf("an unknown language gives %v", err)
	}
	source, err := languageFiles.ReadFile("lang/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct{ old, now, want string }{
		"missing section":          {"  to: [to, or,", "  too: [to, or,", "to"},
		"empty section":            {"articles: [the, a, an, my, our]", "articles: []", "articles"},
		"unknown word":             {"  back: [back,", "  rewind: [back,", "rewind"},
		"word of two":              {"  skip: [skip,", "  skip: [skip, back,", "both"},
		"missing weekday":          {"    0: [sunday,", "    9: [sunday,", "weekdays"},
		"holiday off the calendar": {"    12-25: [", "    13-25: [", "holidays"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(string(source), c.old) {
				t.Fatalf("the data no longer holds %q", c.old)
			}
			_, err := parseLexicon("en", []byte(strings.Replace(string(source), c.old, c.now, 1)))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "lang/en.yaml") {
				t.Errorf("gives %v, want an error that names lang/en.yaml and %q", err, c.want)
			}
		})
	}
}

func TestTooLongIsSeenFirst(t *testing.T) {
	l := load(t, "en")
	for name, text := range map[string]string{
		"spaces and a number": strings.Repeat(" ", 1000) + "7",
		"a hundred kilobytes": strings.Repeat("yes 7 monday at 9 ", 6000),
		"one word":            strings.Repeat("a", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			for _, kind := range Kinds() {
				got, err := l.Answer(text, Ask{Kind: kind, Options: optionSets()["life"], Now: testNow})
				if diff := cmp.Diff(Answer{Why: TooLong}, got); err != nil || diff != "" {
					t.Errorf("%s: %v (-want +got):\n%s", kind, err, diff)
				}
			}
			if w, ok := l.Word(text); ok {
				t.Errorf("word reads %s", w)
			}
		})
	}
}

func TestAnswerInJSON(t *testing.T) {
	l := load(t, "en")
	cases := map[string]struct {
		text string
		ask  Ask
		want string
	}{
		"ruler":             {"about a 7", Ask{Kind: "ruler"}, `{"ok":true,"value":7}`},
		"ruler zero":        {"zero", Ask{Kind: "ruler"}, `{"ok":true,"value":0}`},
		"ruler with halves": {"7.5", Ask{Kind: "ruler", Halves: true}, `{"ok":true,"value":7.5}`},
		"ruler refused":     {"6 or 7", Ask{Kind: "ruler"}, `{"ok":false,"why":"range"}`},
		"number":            {"-2.25", Ask{Kind: "number"}, `{"ok":true,"value":-2.25}`},
		"yes-no false":      {"nope", Ask{Kind: "yes-no"}, `{"ok":true,"value":false}`},
		"choice":            {"mon", Ask{Kind: "choice", Options: optionSets()["life"]}, `{"ok":true,"value":"Money"}`},
		"choices none":      {"none of them", Ask{Kind: "choices", Options: optionSets()["life"]}, `{"ok":true,"value":[]}`},
		"date":              {"next monday", Ask{Kind: "date", Now: testNow}, `{"ok":true,"value":"2026-11-23"}`},
		"date with time":    {"tomorrow at 9", Ask{Kind: "date", Now: testNow}, `{"ok":true,"value":"2026-11-19","time":"09:00"}`},
		"time with date":    {"tomorrow at 9", Ask{Kind: "time", Now: testNow}, `{"ok":true,"value":"09:00","date":"2026-11-19"}`},
		"schedule":          {"weekdays at 9", Ask{Kind: "schedule"}, `{"ok":true,"value":{"spec":"0 9 * * 1-5","every":1}}`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := l.Answer(c.text, c.ask)
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(got)
			if err != nil || string(text) != c.want {
				t.Errorf("%q gives %s, %v, want %s", c.text, text, err, c.want)
			}
		})
	}
}

func TestAnswerRefusesBadQuestions(t *testing.T) {
	l := load(t, "en")
	high, low := 5.0, 1.0
	for name, ask := range map[string]Ask{
		"unknown kind":         {Kind: "colour"},
		"no options":           {Kind: "choice"},
		"no present":           {Kind: "date"},
		"bounds the wrong way": {Kind: "number", Min: &high, Max: &low},
	} {
		if _, err := l.Answer("7", ask); !errors.Is(err, ErrBadAsk) {
			t.Errorf("%s gives %v", name, err)
		}
	}
}

// TestMonthsAndYearsTurn checks the edges of the calendar from days other than the tables'.
func TestMonthsAndYearsTurn(t *testing.T) {
	l := load(t, "en")
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 23, 59, 0, 0, time.UTC) }
	cases := map[string]struct {
		now  time.Time
		text string
		want Want
		date string
	}{
		"a month from 31 January":    {day(2027, 1, 31), "in a month", Future, "2027-02-28"},
		"leap day years away":        {day(2027, 3, 1), "29 february", Future, "2028-02-29"},
		"leap day gone by":           {day(2027, 3, 1), "29 february", Past, "2024-02-29"},
		"the 31st in a short month":  {day(2027, 2, 3), "the 31st", Future, "2027-03-31"},
		"over the year":              {day(2026, 12, 31), "tomorrow", Future, "2027-01-01"},
		"next monday on a Sunday":    {day(2026, 11, 22), "next monday", Future, "2026-11-23"},
		"monday next week on Sunday": {day(2026, 11, 22), "monday next week", Future, "2026-11-23"},
		"weekday of today":           {day(2026, 11, 23), "monday", Future, "2026-11-30"},
		"this weekday is today":      {day(2026, 11, 23), "this monday", Future, "2026-11-23"},
		"last weekday of today":      {day(2026, 11, 23), "monday", Past, "2026-11-16"},
		"a year-less date is today":  {day(2026, 11, 23), "23 november", Future, "2026-11-23"},
		"a year-less date yesterday": {day(2026, 11, 23), "22 november", Future, "2027-11-22"},
		"minutes over midnight":      {day(2026, 11, 23), "in 5 minutes", Future, "2026-11-24 00:04"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m, why := l.Date(c.text, c.now, c.want)
			if why != "" || momentText(m) != c.date {
				t.Errorf("%q is %s %s, want %s", c.text, momentText(m), why, c.date)
			}
		})
	}
}
