package understand

import (
	"strings"
	"testing"
)

func BenchmarkReaders(b *testing.B) {
	l := load(b, "en")
	options := optionSets()["life"]
	cases := []struct {
		name string
		read func()
	}{
		{"word-miss", func() { l.Word("i want to sleep better") }},
		{"word-miss-mixed-case", func() { l.Word("I want to sleep better") }},
		{"word-hit", func() { l.Word("back") }},
		{"ruler-digit", func() { l.Ruler("7", 0, 10) }},
		{"ruler-sentence", func() { l.Ruler("about a 7 today", 0, 10) }},
		{"choice-exact", func() { l.Choice("Money", options) }},
		{"choice-sentence", func() { l.Choice("i think health", options) }},
		{"yes-no", func() { l.YesNo("yes") }},
		{"yes-no-sentence", func() { l.YesNo("no i was too tired") }},
		{"date", func() { l.Date("tomorrow at half past 8", testNow, Future) }},
		{"schedule", func() { l.Schedule("every weekday at 9") }},
	}
	for _, c := range cases {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.read()
			}
		})
	}
}

// BenchmarkWorstTexts reads the longest texts made of the pieces that have the readers look again and again: all kinds,
// one text. The cap on length keeps each within a few milliseconds.
func BenchmarkWorstTexts(b *testing.B) {
	l := load(b, "en")
	for _, piece := range []string{"1 ", "1,", "7 y ", "not ", "health, ", "mon ", "3 days ", "a week from "} {
		text := strings.Repeat(piece, MaxRunes)[:MaxRunes]
		b.Run(piece, func(b *testing.B) {
			for b.Loop() {
				for _, kind := range Kinds() {
					if _, err := l.Answer(text, Ask{Kind: kind, Options: optionSets()["life"], Now: testNow}); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
