// Package reading measures how easy a text is to read, by the formulas that health writing is held to: the
// Flesch-Kincaid grade for English, the Fernández Huerta and Szigriszt-Pazos (INFLESZ) ease for Spanish.
//
// The formulas see the length of words and sentences and nothing else: a low grade does not make a text clear, a high
// one almost always makes it hard. Syllables are counted by rule, as every such tool does, and a rule is sometimes off
// by one. Words that are filled in later, {name}, count as one word of one syllable.
package reading

import (
	"regexp"
	"strings"
	"unicode"
)

// Counts is what the formulas are made of.
type Counts struct{ Words, Sentences, Syllables int }

// Grade is the Flesch-Kincaid grade of an English text: the school year, in the United States, that it asks for.
// "The cat sat on the mat." is -1.45. A text without words has grade 0.
func Grade(text string) float64 {
	c := Count(text, English)
	if c.Words == 0 {
		return 0
	}
	return .39*c.perSentence() + 11.8*c.perWord() - 15.59
}

// Inflesz is the Szigriszt-Pazos ease of a Spanish text, which the INFLESZ scale reads: below 40 very hard, 40 to 55
// rather hard, 55 to 65 normal, 65 to 80 rather easy, above 80 very easy. A text without words has 100.
func Inflesz(text string) float64 {
	c := Count(text, Spanish)
	if c.Words == 0 {
		return 100
	}
	return 206.835 - 62.3*c.perWord() - c.perSentence()
}

// FernandezHuerta is the older ease of a Spanish text, on nearly the same scale: 60 to 70 is normal. A text without
// words has 100.
func FernandezHuerta(text string) float64 {
	c := Count(text, Spanish)
	if c.Words == 0 {
		return 100
	}
	return 206.84 - 60*c.perWord() - 1.02*c.perSentence()
}

func (c Counts) perWord() float64     { return float64(c.Syllables) / float64(c.Words) }
func (c Counts) perSentence() float64 { return float64(c.Words) / float64(max(c.Sentences, 1)) }

var hole = regexp.MustCompile(`\{[^{}]*\}`)

// Count counts words, sentences and syllables, the last by the rule given. A line is a sentence of its own.
func Count(text string, syllables func(word string) int) Counts {
	var c Counts
	text = hole.ReplaceAllString(text, "x")
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?\n", r) }) {
		words := strings.FieldsFunc(sentence, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’'
		})
		n := 0
		for _, w := range words {
			if w = strings.Trim(w, "'’"); w != "" {
				n++
				c.Syllables += max(syllables(strings.ToLower(w)), 1)
			}
		}
		if c.Words += n; n > 0 {
			c.Sentences++
		}
	}
	return c
}
