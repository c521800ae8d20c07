// Package safety looks at every text before any flow does, and finds those that may speak of danger: to oneself, to
// another, from another. It looks for a shape of sentence (who, what, whether it is denied), not for words alone:
// lists of words raise the alarm at "dying to see you" and miss "everyone would be better off without me". It errs to
// the side of asking. What it finds is never a diagnosis, only a reason to stop and ask directly.
package safety

import (
	"embed"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"

	"tandem/dialog/understand"
)

// The kinds of danger, in the order in which they are looked for.
const (
	Explicit   = "explicit-self" // the writer speaks of killing or hurting themselves
	Veiled     = "veiled-self"   // they speak of not being there any more
	Abuse      = "abuse"         // somebody is being hurt, neglected or forced
	Violence   = "violence"      // the writer speaks of hurting another
	ThirdParty = "third-party"   // they worry about another's life
)

//go:embed patterns/*.yaml
var patternFiles embed.FS

// Screen finds texts that may speak of danger, in every language it has patterns for. It is safe for concurrent use.
type Screen struct{ languages []language }

// language is the patterns of one language.
type language struct {
	innocent []*regexp.Regexp // taken out before anything is looked for
	tiers    []tier
}

type tier struct {
	name     string
	stems    []string // a sentence with none of them gets no closer look
	patterns []*regexp.Regexp
	unless   []*regexp.Regexp
}

type patternFile struct {
	Innocent []string                `yaml:"innocent"`
	Tiers    map[string]tierPatterns `yaml:"tiers"`
}

type tierPatterns struct {
	Stems  []string `yaml:"stems"`
	Any    []string `yaml:"any"`
	Unless []string `yaml:"unless"` // in the same sentence: not this tier
}

// New reads the patterns. Every language must have every tier.
func New() (*Screen, error) {
	s := &Screen{}
	for _, code := range understand.Languages() {
		data, err := patternFiles.ReadFile("patterns/" + code + ".yaml")
		if err != nil {
			return nil, fmt.Errorf("the language %q has no crisis words: %w", code, err)
		}
		l, err := read(data)
		if err != nil {
			return nil, fmt.Errorf("crisis words of %q: %w", code, err)
		}
		s.languages = append(s.languages, *l)
	}
	return s, nil
}

func tierNames() []string { return []string{Explicit, Abuse, Violence, ThirdParty, Veiled} }

func read(data []byte) (*language, error) {
	var f patternFile
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return nil, err
	}
	l := &language{}
	var err error
	if l.innocent, err = compile(f.Innocent); err != nil {
		return nil, err
	}
	for _, name := range tierNames() {
		raw, ok := f.Tiers[name]
		if !ok || len(raw.Any) == 0 || len(raw.Stems) == 0 {
			return nil, fmt.Errorf("the tier %s has no patterns, or no stems", name)
		}
		t := tier{name: name, stems: raw.Stems}
		if t.patterns, err = compile(raw.Any); err != nil {
			return nil, err
		}
		if t.unless, err = compile(raw.Unless); err != nil {
			return nil, err
		}
		l.tiers = append(l.tiers, t)
	}
	return l, nil
}

// compile reads patterns: a space stands for any space, and a pattern matches whole words.
func compile(patterns []string) ([]*regexp.Regexp, error) {
	var out []*regexp.Regexp
	for _, p := range patterns {
		re, err := regexp.Compile(`(?:^|[^\pL\pN])(?:` + strings.ReplaceAll(p, " ", `\s+`) + `)(?:$|[^\pL\pN])`)
		if err != nil {
			return nil, fmt.Errorf("the pattern %q: %w", p, err)
		}
		out = append(out, re)
	}
	return out, nil
}

const longest = 20_000 // bytes that are looked at, from each end of a longer text

// Screen gives the most urgent tier that a text may belong to, "" for none. It takes time linear in the text's length.
func (s *Screen) Screen(text string) string {
	if len(text) > 2*longest {
		text = text[:longest] + " . " + text[len(text)-longest:]
	}
	best := len(tierNames())
	for _, sentence := range sentences(understand.Normalize(text)) {
		for i := range s.languages {
			best = min(best, s.languages[i].find(sentence))
		}
	}
	if best == len(tierNames()) {
		return ""
	}
	return tierNames()[best]
}

// find gives the place of the most urgent tier that a sentence belongs to. A regular expression costs more than the
// rest of a turn together, so that they are asked only where one of a tier's stems stands in the sentence.
func (l *language) find(sentence string) int {
	cleaned := false
	for i, t := range l.tiers {
		if !t.worthALook(sentence) {
			continue
		}
		if !cleaned {
			for _, re := range l.innocent {
				sentence = re.ReplaceAllString(sentence, " … ")
			}
			cleaned = true
		}
		if matches(t.patterns, sentence) && !matches(t.unless, sentence) {
			return i
		}
	}
	return len(l.tiers)
}

func (t *tier) worthALook(sentence string) bool {
	for _, stem := range t.stems {
		if strings.Contains(sentence, stem) {
			return true
		}
	}
	return false
}

func matches(patterns []*regexp.Regexp, text string) bool {
	for _, re := range patterns {
		if re.MatchString(text) {
			return true
		}
	}
	return false
}

// sentences cuts a text where a new thought begins, so that a denial does not reach over to the next one.
func sentences(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?;\n…", r) })
}
