package reading_test

import (
	"math"
	"testing"

	"tandem/bot/flows/reading"
)

func TestGrade(t *testing.T) {
	for text, want := range map[string]float64{
		"The cat sat on the mat.":       -1.45, // the vector that PRACTICE names
		"":                              0,
		"What helped?":                  .39*2 + 11.8*1 - 15.59,
		"{quote(words)}. What helped?":  .39*1.5 + 11.8*1 - 15.59,
		"First line\nand a second one.": .39*3 + 11.8*7/6 - 15.59,
	} {
		if got := reading.Grade(text); math.Abs(got-want) > .005 {
			t.Errorf("Grade(%q) = %.3f, want %.3f", text, got, want)
		}
	}
}

func TestEnglish(t *testing.T) {
	for word, want := range map[string]int{
		"a": 1, "the": 1, "cat": 1, "home": 1, "free": 1, "like": 1, "whole": 1, "people": 2, "little": 2, "helped": 1,
		"wanted": 2, "changes": 2, "comes": 1, "places": 2, "goes": 1, "being": 2, "idea": 3, "important": 3, "different": 3,
		"emergency": 4, "don't": 1, "didn't": 2, "you're": 1, "anything": 3, "something": 2, "matter": 2, "today": 2,
		"practitioner": 4, "program": 2, "yourself": 2, "you": 1, "eye": 1, "0": 1, "10": 1, "hopeful": 2, "safely": 2,
		"telegram": 3, "tomorrow": 3, "money": 2, "health": 1, "reached": 1, "nobody": 3, "history": 3, "quiet": 2,
	} {
		if got := max(reading.English(word), 1); got != want {
			t.Errorf("English(%q) = %d, want %d", word, got, want)
		}
	}
}

func TestSpanish(t *testing.T) {
	for word, want := range map[string]int{
		"sol": 1, "meta": 2, "día": 2, "también": 2, "ahora": 3, "que": 1, "quieres": 2, "guía": 2, "guerra": 2, "agua": 2,
		"pingüino": 3, "hay": 1, "muy": 1, "y": 1, "ya": 1, "mayo": 2, "leer": 2, "cuando": 2, "ciudad": 2, "país": 2,
		"está": 2, "oír": 2, "miau": 1, "aéreo": 4, "confianza": 3, "pequeño": 3, "importa": 3, "semana": 3, "construir": 2,
	} {
		if got := max(reading.Spanish(word), 1); got != want {
			t.Errorf("Spanish(%q) = %d, want %d", word, got, want)
		}
	}
}

func TestSpanishEase(t *testing.T) {
	const text = "El sol sale a las seis."
	c := reading.Count(text, reading.Spanish)
	if want := (reading.Counts{Words: 6, Sentences: 1, Syllables: 7}); c != want {
		t.Fatalf("Count = %+v, want %+v", c, want)
	}
	if got, want := reading.Inflesz(text), 206.835-62.3*7/6-6; math.Abs(got-want) > .005 {
		t.Errorf("Inflesz = %.3f, want %.3f", got, want)
	}
	if got, want := reading.FernandezHuerta(text), 206.84-60*7.0/6-1.02*6; math.Abs(got-want) > .005 {
		t.Errorf("FernandezHuerta = %.3f, want %.3f", got, want)
	}
	if reading.Inflesz("") != 100 || reading.FernandezHuerta("") != 100 {
		t.Error("a text without words must have 100")
	}
}
