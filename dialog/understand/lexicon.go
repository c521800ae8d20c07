package understand

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"tandem/dialog/understand/places"
)

//go:embed lang/*.yaml
var languageFiles embed.FS

// ErrUnknownLanguage is what Load wraps for a language without data.
var ErrUnknownLanguage = errors.New("unknown language")

// Lexicon is the words of one language, ready to read answers with. It does not change, and is safe for concurrent use.
type Lexicon struct {
	lang string

	known    map[string]struct{} // every word of the language data: leaned-on letters are shortened towards these
	short    map[string]string   // what a shortened word stands for
	sounds   []string            // pairs of letters that a word may begin with instead of each other
	polite   phrases
	unsure   phrases
	articles phrases
	global   map[string]Word
	lead     phrases
	leadFor  map[Word]bool
	stopping stoppingWords

	yesNo   yesNoWords
	numbers numberWords
	choice  choiceWords
	dates   dateWords
	times   timeWords
	sched   scheduleWords
	zones   zoneWords
}

// Languages lists the codes of the languages whose data is complete, sorted.
func Languages() []string {
	var langs []string
	for _, code := range languageCodes() {
		if _, err := Load(code); err == nil {
			langs = append(langs, code)
		}
	}
	return langs
}

func languageCodes() []string {
	files, _ := fs.Glob(languageFiles, "lang/*.yaml") // the pattern is a constant: no error
	for i, f := range files {
		files[i] = strings.TrimSuffix(strings.TrimPrefix(f, "lang/"), ".yaml")
	}
	slices.Sort(files)
	return files
}

// Load reads the embedded data of a language. The error for a language that is not there lists those that are, and
// wraps ErrUnknownLanguage; one for broken data names the file and the section. Loading takes some milliseconds: do it
// once and keep the Lexicon.
func Load(lang string) (*Lexicon, error) {
	known := languageCodes()
	if !slices.Contains(known, lang) {
		return nil, fmt.Errorf("%w %q: known are %s", ErrUnknownLanguage, lang, strings.Join(known, ", "))
	}
	source, err := languageFiles.ReadFile("lang/" + lang + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("read words of language %q: %w", lang, err)
	}
	return parseLexicon(lang, source)
}

func parseLexicon(lang string, source []byte) (*Lexicon, error) {
	var data languageData
	if err := yaml.UnmarshalWithOptions(source, &data, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("lang/%s.yaml: %w", lang, err)
	}
	if err := complete(reflect.ValueOf(data), ""); err != nil {
		return nil, fmt.Errorf("lang/%s.yaml: %w", lang, err)
	}
	l := &Lexicon{
		lang:     lang,
		short:    data.Shorthand,
		sounds:   data.Sounds,
		polite:   phrasesOf(data.Polite),
		unsure:   phrasesOf(data.Unsure),
		articles: phrasesOf(data.Articles),
		lead:     phrasesOf(data.Lead),
		stopping: newStoppingWords(data.Stopping),
		numbers:  newNumberWords(data.Numbers),
		choice:   newChoiceWords(data.Choice),
		yesNo:    newYesNoWords(data.YesNo, data.Unsure),
		times:    newTimeWords(data.Times),
		sched:    newScheduleWords(data.Schedule),
		zones:    newZoneWords(data.Zones),
		known:    make(map[string]struct{}),
	}
	collectWords(reflect.ValueOf(data), l.known)
	var err error
	if l.global, l.leadFor, err = newGlobalWords(data); err != nil {
		return nil, fmt.Errorf("lang/%s.yaml: %w", lang, err)
	}
	if l.zones.table, err = places.Load(); err != nil {
		return nil, err
	}
	if l.dates, err = newDateWords(data.Dates); err != nil {
		return nil, fmt.Errorf("lang/%s.yaml: %w", lang, err)
	}
	return l, nil
}

// collectWords gathers every single word that the data mentions.
func collectWords(v reflect.Value, into map[string]struct{}) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			collectWords(v.Field(i), into)
		}
	case reflect.Slice:
		for i := range v.Len() {
			collectWords(v.Index(i), into)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			collectWords(it.Key(), into)
			collectWords(it.Value(), into)
		}
	case reflect.String:
		for _, t := range scan(nil, fold(v.String())) {
			if t.kind == word {
				into[t.text] = struct{}{}
			}
		}
	}
}

func (l *Lexicon) knows(w string) bool {
	_, ok := l.known[w]
	return ok
}

// tokens folds and scans a text. Letters that someone leaned on are shortened: "yesss" to "yes", "nooo" to "no"; words
// that someone shortened are written out, and all laughter is the same.
func (l *Lexicon) tokens(dst []token, text string) []token {
	dst = scan(dst, fold(text))
	for i, t := range dst {
		switch {
		case t.kind != word:
		case l.short[t.text] != "":
			dst[i].text = l.short[t.text]
		case laughs(t.text):
			dst[i].text = "haha"
		case stretched(t.text):
			dst[i].text = l.unleaned(t.text)
		}
	}
	return dst
}

// unleaned shortens the letters that someone leaned on, to two where that is a word: "goood" is no "god".
func (l *Lexicon) unleaned(text string) string {
	if two := unstretch(text, 2); l.knows(two) {
		return two
	}
	return unstretch(text, 1)
}

// open begins every reader: the tokens of the text, or why there is nothing to read.
func (l *Lexicon) open(dst []token, text string) ([]token, Why) {
	if tooLong(text) {
		return nil, TooLong
	}
	toks := l.tokens(dst, text)
	for _, t := range toks {
		if t.kind != mark {
			return toks, ""
		}
	}
	if len(toks) == 0 {
		return nil, Empty
	}
	return nil, NotUnderstood
}

// wordCount is the number of words, digits and emoji among the tokens.
func wordCount(toks []token) int {
	n := 0
	for _, t := range toks {
		if t.kind != mark {
			n++
		}
	}
	return n
}
