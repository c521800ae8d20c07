package dialog

import (
	"embed"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/goccy/go-yaml"

	"tandem/dialog/understand"
)

//go:embed lang/*.yaml
var packFiles embed.FS

// Pack is what the engine itself says in one language, and how that language writes days and numbers. Everything that
// belongs to one flow stands beside that flow.
type Pack struct {
	Code      string              `yaml:"-"`    // "en"
	Name      string              `yaml:"name"` // in the language itself
	Labels    PackLabels          `yaml:"labels"`
	Retry     map[string][]string `yaml:"retry"`
	Why       map[string]string   `yaml:"why"`
	Media     map[string]string   `yaml:"media"`
	Stuck     string              `yaml:"stuck"`
	StuckHere string              `yaml:"stuck-here"` // where there is no skip
	Still     string              `yaml:"still-stuck"`
	OldPrs    string              `yaml:"old-button"`
	OldIdle   string              `yaml:"old-button-idle"`
	Edited    string              `yaml:"edited-older"`

	EditedLast     string            `yaml:"edited-last"`
	Alone          map[string]string `yaml:"alone"`  // for the words that no flow is loaded for
	Enough         []string          `yaml:"enough"` // closes a question that takes several answers
	Back           string            `yaml:"back"`
	BackSkipped    string            `yaml:"back-skipped"`
	NoBack         string            `yaml:"no-back"`
	NoSkip         string            `yaml:"no-skip"`
	UnknownCommand string            `yaml:"unknown-command"`

	ReadBack  string `yaml:"read-back"`
	Picked    string `yaml:"picked"`
	WhichPart string `yaml:"which-part"`
	Changed   string `yaml:"changed"`
	Caption   string `yaml:"caption"`
	Broken    string `yaml:"broken"`
	Letter    string `yaml:"letter"`    // a practitioner's message, where it cannot be asked about: their name, their words
	Mail      string `yaml:"mail"`      // a client's
	Colleague string `yaml:"colleague"` // said to a practitioner whose words speak of danger: of whom, only they know
	Closed    string `yaml:"closed"`    // said where a conversation would end without a word

	Days    []string          `yaml:"days"`   // from Sunday
	Months  []string          `yaml:"months"` // from January
	Day     string            `yaml:"day"`
	DayYear string            `yaml:"day-year"`
	Decimal string            `yaml:"decimal"`
	Quotes  []string          `yaml:"quotes"`
	Rhythm  map[string]string `yaml:"rhythm"`
	Zone    map[string]string `yaml:"zone"`

	Mirror       map[string]string `yaml:"mirror"`
	MirrorUnless []string          `yaml:"mirror-unless"`

	Nothing     []string `yaml:"nothing"`   // replies that say nothing
	Denials     []string `yaml:"denials"`   // words that a reply begins with which denies something
	Unclean     []string `yaml:"unclean"`   // words that are never given back; "*" stands for any letters
	Greetings   []string `yaml:"greetings"` // what somebody says who is back, and means nothing but that
	WelcomeBack string   `yaml:"welcome-back"`
	PickUp      string   `yaml:"pick-up"`   // said, once, before a question that nobody answered
	LeftHere    string   `yaml:"left-here"` // said where it is not answered then either

	lexicon *understand.Lexicon
	replies *replies
}

// PackLabels are the words on buttons that belong to no flow.
type PackLabels struct {
	Yes     string `yaml:"yes"`
	No      string `yaml:"no"`
	Right   string `yaml:"right"`
	Change  string `yaml:"change"`
	Nothing string `yaml:"nothing"`
	Done    string `yaml:"done"`
	Skip    string `yaml:"skip"`
	Help    string `yaml:"help"`
	Person  string `yaml:"person"`
	And     string `yaml:"and"`
}

// loadPacks gives the engine's words. They are part of the program, and read once.
var loadPacks = sync.OnceValues(readPacks)

// readPacks reads every language of the engine; each must be complete.
func readPacks() (map[string]*Pack, error) {
	out := make(map[string]*Pack)
	for _, code := range understand.Languages() {
		data, err := packFiles.ReadFile("lang/" + code + ".yaml")
		if err != nil {
			return nil, fmt.Errorf("the language %q is understood, but has no words to answer in: %w", code, err)
		}
		p := &Pack{Code: code}
		if err := yaml.UnmarshalWithOptions(data, p, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("read the engine's words in %q: %w", code, err)
		}
		if p.lexicon, err = understand.Load(code); err != nil {
			return nil, err
		}
		out[code] = p
	}
	all := newReplies(out)
	for code, p := range out {
		p.replies = all
		if err := p.complete(out["en"]); err != nil {
			return nil, fmt.Errorf("the engine's words in %q: %w", code, err)
		}
	}
	return out, nil
}

// complete compares a pack with another: every word that one has, the other must have.
func (p *Pack) complete(with *Pack) error {
	if len(p.Days) != 7 || len(p.Months) != 12 || len(p.Quotes) != 2 {
		return fmt.Errorf("a week has 7 days, a year 12 months, and quotation marks come in twos")
	}
	a, b := reflect.ValueOf(*p), reflect.ValueOf(*with)
	for i := range a.NumField() {
		field := a.Type().Field(i)
		if a.Field(i).Kind() == reflect.String && a.Field(i).Len() == 0 && b.Field(i).Len() > 0 {
			return fmt.Errorf("%s is missing", field.Tag.Get("yaml"))
		}
	}
	if len(p.Nothing) == 0 || len(p.Denials) == 0 || len(p.Unclean) == 0 || len(p.Greetings) == 0 {
		return fmt.Errorf("nothing, denials, unclean and greetings each list at least one reply")
	}
	for name, pair := range map[string][2][]string{
		"retry":  {sortedKeys(p.Retry), sortedKeys(with.Retry)},
		"why":    {sortedKeys(p.Why), sortedKeys(with.Why)},
		"media":  {sortedKeys(p.Media), sortedKeys(with.Media)},
		"alone":  {sortedKeys(p.Alone), sortedKeys(with.Alone)},
		"rhythm": {sortedKeys(p.Rhythm), sortedKeys(with.Rhythm)},
		"zone":   {sortedKeys(p.Zone), sortedKeys(with.Zone)},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			return fmt.Errorf("%s has the keys %v; another language has %v", name, pair[0], pair[1])
		}
	}
	return nil
}

// fill puts a value into a text's hole.
func (p *Pack) fill(text, value string) string { return strings.Replace(text, "{}", value, 1) }

// number writes a number as the language does.
func (p *Pack) number(f float64) string {
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if p.Decimal != "." {
		s = strings.Replace(s, ".", p.Decimal, 1)
	}
	return s
}

func (p *Pack) quote(s string) string { return p.Quotes[0] + strings.TrimSpace(s) + p.Quotes[1] }

// day writes a day as it is said; the year only where it is not this one.
func (p *Pack) day(d, now time.Time) string {
	layout := p.Day
	if d.Year() != now.Year() {
		layout = p.DayYear
	}
	return strings.NewReplacer("{weekday}", p.Days[d.Weekday()], "{day}", strconv.Itoa(d.Day()),
		"{month}", p.Months[d.Month()-1], "{year}", strconv.Itoa(d.Year())).Replace(layout)
}

// dayText writes "2026-11-23" as it is said on another day, given in the same form; another text stays as it is.
func (p *Pack) dayText(s, today string) string {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return s
	}
	now, err := time.Parse(time.DateOnly, today)
	if err != nil {
		now = d
	}
	return p.day(d, now)
}
