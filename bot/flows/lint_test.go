package flows_test

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"tandem/bot/flows"
	"tandem/bot/flows/reading"
	"tandem/dialog/understand"
)

// said is one string that a client reads.
type said struct {
	where string // "goal/en.yaml card"
	lang  string
	label bool // on a button
	text  string
}

// everything reads all that clients read, from every pack of every flow.
func everything(t *testing.T) []said {
	t.Helper()
	packs, err := fs.Glob(flows.FS(), "*/??.yaml")
	if err != nil || len(packs) == 0 {
		t.Fatalf("no packs found: %v", err)
	}
	var out []said
	for _, name := range packs {
		data, err := fs.ReadFile(flows.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		var words yaml.MapSlice
		if err := yaml.UnmarshalWithOptions(data, &words, yaml.UseOrderedMap()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		lang := strings.TrimSuffix(path.Base(name), ".yaml")
		for _, step := range words {
			out = append(out, stepWords(fmt.Sprint(name, " ", step.Key), lang, step.Value)...)
		}
	}
	return out
}

func stepWords(where, lang string, v any) []said {
	m, ok := v.(yaml.MapSlice)
	if !ok {
		return variants(where, lang, v)
	}
	var out []said
	for _, item := range m {
		labels, isMap := item.Value.(yaml.MapSlice)
		if !isMap {
			out = append(out, variants(where, lang, item.Value)...)
			continue
		}
		for _, l := range labels {
			out = append(out, said{fmt.Sprint(where, ".", l.Key), lang, true, fmt.Sprint(l.Value)})
		}
	}
	return out
}

func variants(where, lang string, v any) []said {
	switch v := v.(type) {
	case string:
		return []said{{where, lang, false, v}}
	case []any:
		var out []said
		for _, item := range v {
			if m, ok := item.(yaml.MapSlice); ok {
				for _, f := range m {
					if f.Key == "text" {
						out = append(out, said{where, lang, false, fmt.Sprint(f.Value)})
					}
				}
				continue
			}
			out = append(out, said{where, lang, false, fmt.Sprint(item)})
		}
		return out
	}
	return nil
}

// hardest is the school grade that no English bubble exceeds, easiest the INFLESZ ease that every Spanish one reaches.
// Of a few words the ease says little, so that short ones are held to less.
const (
	hardest     = 6.0
	easiest     = 65.0
	easiestFew  = 45.0
	fewWords    = 8
	longestSaid = 400 // characters
)

// A bubble is measured whole. The labels of a question are measured together, a sentence each: the formulas say nothing
// of a single word.
func TestReadingEase(t *testing.T) {
	labels := make(map[string]*said)
	var all []*said
	for _, s := range everything(t) {
		if !s.label {
			all = append(all, &s)
			continue
		}
		of := s.where[:strings.LastIndexByte(s.where, '.')]
		if labels[of] == nil {
			labels[of] = &said{where: of + " (labels)", lang: s.lang}
			all = append(all, labels[of])
		}
		labels[of].text += s.text + ".\n"
	}
	for _, s := range all {
		if g := reading.Grade(s.text); s.lang == "en" && g > hardest {
			t.Errorf("%s: grade %.1f, at most %.0f: %s", s.where, g, hardest, s.text)
		}
		least := easiest
		if reading.Count(s.text, reading.Spanish).Words <= fewWords {
			least = easiestFew
		}
		if e := reading.Inflesz(s.text); s.lang == "es" && e < least {
			t.Errorf("%s: INFLESZ %.0f, at least %.0f: %s", s.where, e, least, s.text)
		}
	}
}

func TestOneQuestionAtATime(t *testing.T) {
	for _, s := range everything(t) {
		if n := strings.Count(s.text, "?") - questionsInHoles(s.text); n > 1 {
			t.Errorf("%s: %d questions in one string: %s", s.where, n, s.text)
		}
	}
}

var hole = regexp.MustCompile(`\{[^{}]*\}`)

func questionsInHoles(text string) int {
	return strings.Count(strings.Join(hole.FindAllString(text, -1), ""), "?")
}

// What no volley may hold, in either language.
var never = map[string]*regexp.Regexp{
	"praise in place of an affirmation":      regexp.MustCompile(`(?i)\b(great|good|nice|amazing|excellent|fantastic) (job|work|going)|well done|proud|awesome|keep it up|bravo|congrat|buen trabajo|muy bien|bien hecho|felicidades|felicitaciones|orgullos|genial|excelente|así se hace|enhorabuena`),
	"a ruler read upwards":                   regexp.MustCompile(`(?i)not (a )?(higher|10|\{\w+ \+)|why not|no (un )?(más alto|10)|por qué no`),
	"advice in disguise":                     regexp.MustCompile(`(?i)why don.t you|you should|you must|you need to|remember that|deberías|debes |tienes que|recuerda que`),
	"a parrot":                               regexp.MustCompile(`(?i)sounds like|you feel (that|so|very|sad|angry|like you)|you are feeling|suena como|parece que (te )?sientes`),
	"a leading negative":                     regexp.MustCompile(`(?i)you.re not|you aren.t|are you not|aren.t you|isn.t it|no estarás|no estás .*\?|¿verdad\?`),
	"a program that poses as a person":       regexp.MustCompile(`(?i)\b(i|we) (feel|care|understand how|know how you)\b|i.m here for you|of us\b|te entiendo|me preocupo|a todos nos|entiendo cómo`),
	"a promise of secrecy":                   regexp.MustCompile(`(?i)secret|confidential|confidencial`),
	"shouting":                               regexp.MustCompile(`!([^=(]|$)|¡`),
	"a guess at the gender of who is spoken": regexp.MustCompile(`(?i)\b(bienvenid[oa]|preparad[oa]|tranquil[oa]|content[oa]|orgullos[oa]|list[oa]s?|segur[oa]s? de|amigo|amiga|cansad[oa])\b`),
	"a picture that carries meaning":         regexp.MustCompile(`[\x{1F000}-\x{1FAFF}\x{2600}-\x{27BF}]`),
}

func TestNeverSaid(t *testing.T) {
	for _, s := range everything(t) {
		text := hole.ReplaceAllString(s.text, "{x}")
		for what, bad := range never {
			if hit := bad.FindString(text); hit != "" {
				t.Errorf("%s: %q is %s: %s", s.where, hit, what, s.text)
			}
		}
	}
}

func TestShortBubbles(t *testing.T) {
	for _, s := range everything(t) {
		if n := reading.Count(s.text, reading.English).Sentences; n > 3 && !strings.Contains(s.text, "\n") {
			t.Errorf("%s: %d sentences in one bubble: %s", s.where, n, s.text)
		}
		if n := utf8.RuneCountInString(hole.ReplaceAllString(s.text, "")); n > longestSaid {
			t.Errorf("%s: %d characters in one bubble: %s", s.where, n, s.text)
		}
	}
}

func TestLabels(t *testing.T) {
	lexicons := make(map[string]*understand.Lexicon)
	for _, lang := range understand.Languages() {
		var err error
		if lexicons[lang], err = understand.Load(lang); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range everything(t) {
		if !s.label {
			continue
		}
		if n := utf8.RuneCountInString(s.text); n > 40 {
			t.Errorf("%s: the label has %d characters, at most 40: %s", s.where, n, s.text)
		}
		for _, lexicon := range lexicons {
			if word, ok := lexicon.Word(s.text); ok {
				t.Errorf("%s: %q means %v at any time", s.where, s.text, word)
			}
		}
	}
}

// Two or three affirmations in a conversation are as many as a person believes.
func TestFewAffirmations(t *testing.T) {
	files, err := fs.Glob(flows.FS(), "*/flow.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := fs.ReadFile(flows.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(data), "kind: affirm"); n > 3 {
			t.Errorf("%s: %d affirmations, at most 3", name, n)
		}
	}
}

// Every flow is proved by at least two conversations, one of them in Spanish.
func TestTranscriptsThere(t *testing.T) {
	folders, err := fs.Glob(flows.FS(), "*/flow.yaml")
	if err != nil {
		t.Fatal(err)
	}
	least := map[string]int{"set-goal": 4, "check-in": 6}
	for _, name := range folders {
		flow := path.Dir(name)
		all, _ := fs.Glob(flows.FS(), flow+"/*.txt")
		spanish, _ := fs.Glob(flows.FS(), flow+"/*.es.txt")
		if want := max(least[flow], 2); len(all) < want || len(spanish) < 1 {
			t.Errorf("%s: %d transcripts (%d in Spanish), at least %d and 1", flow, len(all), len(spanish), want)
		}
	}
}
