package desk

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// Words are the texts that a practitioner reads, in every language. They are safe for concurrent use.
type Words struct {
	en, es *texts
}

// LoadWords reads the texts that are built in. An error names the file and the key: a key that is missing, unknown or
// without a text, or a placeholder that does not belong there.
func LoadWords() (*Words, error) { return loadWords(wordFiles) }

func loadWords(files fs.FS) (*Words, error) {
	en, err := loadTexts(files, "words/en.yaml")
	if err != nil {
		return nil, err
	}
	es, err := loadTexts(files, "words/es.yaml")
	if err != nil {
		return nil, err
	}
	return &Words{en: en, es: es}, nil
}

// in gives the texts of a language, "es" or "es-MX"; English where there are none.
func (w *Words) in(lang string) *texts {
	if base, _, _ := strings.Cut(strings.ToLower(lang), "-"); base == "es" {
		return w.es
	}
	return w.en
}

func loadTexts(files fs.FS, name string) (*texts, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("read the words of the desk: %w", err)
	}
	t := new(texts)
	if err := yaml.UnmarshalWithOptions(data, t, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s has a key that is not known, stands twice, or is no text: take it out or mend it: %w", name, err)
	}
	if err := checkTexts(reflect.ValueOf(*t)); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return t, nil
}

// checkTexts looks at every text, and gives all that is wrong at once.
func checkTexts(v reflect.Value) error {
	var wrong []error
	for i := range v.NumField() {
		field := v.Type().Field(i)
		key := field.Tag.Get("yaml")
		if field.Type.Kind() == reflect.Slice {
			wrong = append(wrong, checkMonths(key, v.Field(i)))
		} else {
			wrong = append(wrong, checkText(key, v.Field(i).String(), strings.Fields(field.Tag.Get("holds"))))
		}
	}
	return errors.Join(wrong...)
}

func checkMonths(key string, v reflect.Value) error {
	if v.Len() != 12 {
		return fmt.Errorf("%q has %d names: a year has 12 months", key, v.Len())
	}
	var wrong []error
	for i := range v.Len() {
		wrong = append(wrong, checkText(key, v.Index(i).String(), nil))
	}
	return errors.Join(wrong...)
}

// checkText holds a text against the placeholders that the code fills in.
func checkText(key, text string, holds []string) error {
	if strings.TrimSpace(text) == "" {
		return fmt.Errorf("%q is missing or empty: write its text", key)
	}
	for _, name := range placeholders(text) {
		if !slices.Contains(holds, name) {
			return fmt.Errorf("%q has {%s}, which nothing fills in: it may hold only %v", key, name, holds)
		}
	}
	for _, name := range holds {
		if !strings.Contains(text, "{"+name+"}") {
			return fmt.Errorf("%q lacks {%s}: say where it stands", key, name)
		}
	}
	if bare := strings.Count(text, "{") + strings.Count(text, "}") - 2*len(placeholders(text)); bare != 0 {
		return fmt.Errorf("%q has a brace on its own: close it, or take it out", key)
	}
	return nil
}

// placeholders are the names in braces.
func placeholders(text string) []string {
	var names []string
	for {
		_, rest, found := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return names
		}
		names, text = append(names, name), after
	}
}
