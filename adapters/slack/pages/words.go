package pages

import (
	"embed"
	"errors"
	"fmt"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed words/*.yaml
var files embed.FS

// Words are the pages' own labels and sentences, by language.
type Words struct {
	languages map[string]*Texts
}

// Texts are the labels and sentences in one language. A field's tag names the {placeholders} that its text may hold, and
// how many characters it may have.
type Texts struct {
	lang string

	Home struct {
		Title    string `yaml:"title" most:"150"`
		Stranger string `yaml:"stranger"`
		Gone     string `yaml:"gone"`
		Open     string `yaml:"open" most:"75"`
		Earlier  string `yaml:"earlier" most:"75"`
		More     string `yaml:"more" most:"75"`
		Back     string `yaml:"back" most:"75"`
		Invite   string `yaml:"invite" most:"75"`
		Write    string `yaml:"write" holds:"name" most:"75"`
		Suggest  string `yaml:"suggest" most:"75"`
		NewGoal  string `yaml:"new-goal" most:"75"`
		Waiting  string `yaml:"waiting"`
		Shared   string `yaml:"shared"`
		History  string `yaml:"history"`
		Ratings  string `yaml:"ratings" holds:"numbers"`
	} `yaml:"home"`
	Modal struct {
		Cancel    string `yaml:"cancel" most:"24"`
		Next      string `yaml:"next" most:"24"`
		Back      string `yaml:"back" most:"24"`
		Send      string `yaml:"send" most:"24"`
		SendTo    string `yaml:"send-to" holds:"name" most:"24"`
		Letter    string `yaml:"letter" most:"24"`
		ForWhom   string `yaml:"for-whom" holds:"name"`
		Message   string `yaml:"message"`
		Suggest   string `yaml:"suggest" most:"24"`
		NewGoal   string `yaml:"new-goal" most:"24"`
		About     string `yaml:"about" holds:"title"`
		Kind      string `yaml:"kind"`
		Text      string `yaml:"text"`
		GoalText  string `yaml:"goal-text"`
		Note      string `yaml:"note"`
		Invite    string `yaml:"invite" most:"24"`
		Make      string `yaml:"make" most:"24"`
		Called    string `yaml:"called"`
		CalledWhy string `yaml:"called-why"`
		Empty     string `yaml:"empty"`
		TooLong   string `yaml:"too-long" holds:"over"`
		TooMuch   string `yaml:"too-much" holds:"over"`
	} `yaml:"modal"`
	Kinds struct {
		Words       string `yaml:"words" most:"75"`
		Measure     string `yaml:"measure" most:"75"`
		Step        string `yaml:"step" most:"75"`
		Comment     string `yaml:"comment" most:"75"`
		Affirmation string `yaml:"affirmation" most:"75"`
	} `yaml:"kinds"`
	// Preview says what the client will read, as the flows proposal and letter say it.
	Preview struct {
		Title   string `yaml:"title" most:"24"`
		Reads   string `yaml:"reads" holds:"name"`
		Decides string `yaml:"decides" holds:"name"`
		Letter  string `yaml:"letter" holds:"from"`
		About   string `yaml:"about" holds:"from"`
		Goal    string `yaml:"goal" holds:"from"`
		Words   string `yaml:"words" holds:"from"`
		Measure string `yaml:"measure" holds:"from"`
		Step    string `yaml:"step" holds:"from"`
		Idea    string `yaml:"idea" holds:"from"`
		Note    string `yaml:"note" holds:"from"`
	} `yaml:"preview"`
	Told struct {
		Late string `yaml:"late"`
		Old  string `yaml:"old"`
	} `yaml:"told"`
}

// fallback is the language of who has set one that the pages do not speak.
const fallback = "en"

// Load reads the words that come with the program. A key that is missing or not known, an empty text, a placeholder that
// its text cannot hold, and a label that is too long for Slack are errors, which name file and key.
func Load() (*Words, error) {
	names, err := files.ReadDir("words")
	if err != nil {
		return nil, fmt.Errorf("read the words of Slack's pages: %w", err)
	}
	w := &Words{languages: map[string]*Texts{}}
	for _, n := range names {
		file := "words/" + n.Name()
		data, err := files.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read the words of Slack's pages: %w", err)
		}
		texts, err := read(file, data)
		if err != nil {
			return nil, err
		}
		texts.lang = strings.TrimSuffix(n.Name(), path.Ext(n.Name()))
		w.languages[texts.lang] = texts
	}
	if w.languages[fallback] == nil {
		return nil, fmt.Errorf("the words of Slack's pages lack the language %q: add words/%s.yaml", fallback, fallback)
	}
	return w, nil
}

// In are the words of a language, as "es"; English for one that the pages do not speak.
func (w *Words) In(lang string) *Texts {
	if t := w.languages[lang]; t != nil {
		return t
	}
	return w.languages[fallback]
}

// Languages are those that the pages speak, in the order of the alphabet.
func (w *Words) Languages() []string {
	var list []string
	for lang := range w.languages {
		list = append(list, lang)
	}
	slices.Sort(list)
	return list
}

func read(file string, data []byte) (*Texts, error) {
	t := &Texts{}
	if err := yaml.UnmarshalWithOptions(data, t, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	sections := reflect.ValueOf(t).Elem()
	for i := range sections.NumField() {
		section := sections.Field(i)
		if section.Kind() != reflect.Struct {
			continue
		}
		for j := range section.NumField() {
			key := sections.Type().Field(i).Tag.Get("yaml") + "." + section.Type().Field(j).Tag.Get("yaml")
			if err := check(section.Field(j).String(), section.Type().Field(j).Tag); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", file, key, err)
			}
		}
	}
	return t, nil
}

// check looks at one text.
func check(text string, tag reflect.StructTag) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("there is no text: write one")
	}
	holds := tag.Get("holds")
	for _, m := range regexp.MustCompile(`\{([^}]*)\}`).FindAllStringSubmatch(text, -1) {
		if m[1] != holds {
			return fmt.Errorf("{%s} stands for nothing here; what can is {%s}", m[1], holds)
		}
	}
	if holds != "" && !strings.Contains(text, "{"+holds+"}") {
		return fmt.Errorf("{%s} is missing", holds)
	}
	var most int
	if _, err := fmt.Sscan(tag.Get("most"), &most); err == nil && len([]rune(text)) > most {
		return fmt.Errorf("%d characters, and Slack shows %d: shorten it", len([]rune(text)), most)
	}
	return nil
}

// fill puts a value in the place of a placeholder.
func fill(text, placeholder, value string) string {
	return strings.ReplaceAll(text, "{"+placeholder+"}", value)
}
