package understand

import (
	"fmt"
	"reflect"
)

// languageData is what a file in lang/ says. Every section must be there in every language.
type languageData struct {
	Shorthand map[string]string   `yaml:"shorthand"`
	Sounds    []string            `yaml:"sounds"`
	Articles  []string            `yaml:"articles"`
	Polite    []string            `yaml:"polite"`
	Unsure    []string            `yaml:"unsure"`
	Words     map[string][]string `yaml:"words"`
	Stopping  stoppingData        `yaml:"stopping"`
	Lead      []string            `yaml:"lead"`
	LeadFor   []string            `yaml:"lead_for"`
	YesNo     yesNoData           `yaml:"yesno"`
	Numbers   numberData          `yaml:"numbers"`
	Choice    choiceData          `yaml:"choice"`
	Dates     dateData            `yaml:"dates"`
	Times     timeData            `yaml:"times"`
	Schedule  scheduleData        `yaml:"schedule"`
	Zones     zoneData            `yaml:"zones"`
}

type yesNoData struct {
	Yes         []string `yaml:"yes"`
	EchoYes     []string `yaml:"echo_yes"`
	WeakYes     []string `yaml:"weak_yes"`
	No          []string `yaml:"no"`
	EchoNo      []string `yaml:"echo_no"`
	WeakNo      []string `yaml:"weak_no"`
	Reasons     []string `yaml:"reasons"`
	Conditional []string `yaml:"conditional"`
	Accented    []string `yaml:"accented"`
	Unsure      []string `yaml:"unsure"`
	Degree      []string `yaml:"degree"`
	Other       []string `yaml:"other"`
	MayFollowNo []string `yaml:"may_follow_no"`
	Contrast    []string `yaml:"contrast"`
	Defer       []string `yaml:"defer"`
	Fillers     []string `yaml:"fillers"`
	Negators    []string `yaml:"negators"`
	ClearYes    []string `yaml:"clear_yes"`
	ClearNo     []string `yaml:"clear_no"`
	ClearAround []string `yaml:"clear_around"`
}

type stoppingData struct {
	Alone    []string      `yaml:"alone"`
	Told     []string      `yaml:"told"`
	Tail     []string      `yaml:"tail"`
	Lead     []string      `yaml:"lead"`
	Around   []string      `yaml:"around"`
	Patterns []stopPattern `yaml:"patterns"`
}

type stopPattern struct {
	Say   []string `yaml:"say"`
	About []string `yaml:"about"`
}

type numberData struct {
	Decimal       string             `yaml:"decimal"`
	Units         map[string]float64 `yaml:"units"`
	Teens         map[string]float64 `yaml:"teens"`
	Tens          map[string]float64 `yaml:"tens"`
	Hundreds      map[string]float64 `yaml:"hundreds"`
	Scales        map[string]float64 `yaml:"scales"`
	Joiner        string             `yaml:"joiner"`
	JoinsTens     bool               `yaml:"joins_tens"`
	Point         []string           `yaml:"point"`
	Half          []string           `yaml:"half"`
	HalfOf        []string           `yaml:"half_of"`
	Fractions     []string           `yaml:"fractions"`
	Near          []string           `yaml:"near"`
	Ordinals      map[string]int     `yaml:"ordinals"`
	OrdinalMarks  []string           `yaml:"ordinal_marks"`
	None          []string           `yaml:"none"`
	Minus         []string           `yaml:"minus"`
	Percent       []string           `yaml:"percent"`
	OutOf         []string           `yaml:"out_of"`
	Scale         []string           `yaml:"scale"`
	Around        []string           `yaml:"around"`
	Then          []string           `yaml:"then"`
	PronounBefore []string           `yaml:"pronoun_before"`
	Pronoun       []string           `yaml:"pronoun"`
	Less          []string           `yaml:"less"`
	More          []string           `yaml:"more"`
	OrMore        []string           `yaml:"or_more"`
	Between       []string           `yaml:"between"`
	To            []string           `yaml:"to"`
	NoRange       []string           `yaml:"no_range"`
	Past          []string           `yaml:"past"`
	Negators      []string           `yaml:"negators"`
	UnitsOf       []string           `yaml:"units_of"`
	Ish           []string           `yaml:"ish"`
	Currency      []string           `yaml:"currency"`
}

type choiceData struct {
	Fillers     []string `yaml:"fillers"`
	Index       []string `yaml:"index"`
	OrdinalNoun []string `yaml:"ordinal_noun"`
	Last        []string `yaml:"last"`
	BeforeLast  []string `yaml:"before_last"`
	Every       []string `yaml:"every"`
	Both        []string `yaml:"both"`
	None        []string `yaml:"none"`
	Except      []string `yaml:"except"`
	And         []string `yaml:"and"`
	Or          []string `yaml:"or"`
	Negators    []string `yaml:"negators"`
	Turns       []string `yaml:"turns"`
	Degrees     []string `yaml:"degrees"`
	Also        []string `yaml:"also"`
	Then        []string `yaml:"then"`
}

type dateData struct {
	DayFirst      bool                `yaml:"day_first"`
	Weekdays      map[int][]string    `yaml:"weekdays"`
	Months        map[int][]string    `yaml:"months"`
	Relative      map[int][]string    `yaml:"relative"`
	TodayPart     map[string][]string `yaml:"today_part"`
	YesterdayPart map[string][]string `yaml:"yesterday_part"`
	Now           []string            `yaml:"now"`
	On            []string            `yaml:"on"`
	Next          []string            `yaml:"next"`
	This          []string            `yaml:"this"`
	Last          []string            `yaml:"last"`
	NextAfter     []string            `yaml:"next_after"`
	LastAfter     []string            `yaml:"last_after"`
	WeekAfter     []string            `yaml:"week_after"`
	Vague         []string            `yaml:"vague"`
	Days          []string            `yaml:"days"`
	Weeks         []string            `yaml:"weeks"`
	Fortnights    []string            `yaml:"fortnights"`
	MonthsUnit    []string            `yaml:"months_unit"`
	Years         []string            `yaml:"years"`
	Hours         []string            `yaml:"hours"`
	Minutes       []string            `yaml:"minutes"`
	HalfHour      []string            `yaml:"half_hour"`
	A             []string            `yaml:"a"`
	Two           []string            `yaml:"two"`
	In            []string            `yaml:"in"`
	FromNow       []string            `yaml:"from_now"`
	From          []string            `yaml:"from"`
	Ago           []string            `yaml:"ago"`
	Since         []string            `yaml:"since"`
	DayAfter      []string            `yaml:"day_after"`
	DayBefore     []string            `yaml:"day_before"`
	NextMonth     []string            `yaml:"next_month"`
	ThisMonth     []string            `yaml:"this_month"`
	MonthEnd      []string            `yaml:"month_end"`
	Of            []string            `yaml:"of"`
	DayNoun       []string            `yaml:"day_noun"`
	Holidays      map[string][]string `yaml:"holidays"`
	Or            []string            `yaml:"or"`
	Between       []string            `yaml:"between"`
	Before        []string            `yaml:"before"`
	Negators      []string            `yaml:"negators"`
	Fillers       []string            `yaml:"fillers"`
}

type timeData struct {
	At           []string            `yaml:"at"`
	AM           []string            `yaml:"am"`
	PM           []string            `yaml:"pm"`
	OClock       []string            `yaml:"oclock"`
	Noon         []string            `yaml:"noon"`
	Midnight     []string            `yaml:"midnight"`
	Parts        map[string][]string `yaml:"parts"`
	HalfPast     []string            `yaml:"half_past"`
	QuarterPast  []string            `yaml:"quarter_past"`
	QuarterTo    []string            `yaml:"quarter_to"`
	Past         []string            `yaml:"past"`
	To           []string            `yaml:"to"`
	HalfAfter    []string            `yaml:"half_after"`
	QuarterAfter []string            `yaml:"quarter_after"`
	QuarterLess  []string            `yaml:"quarter_less"`
	Less         []string            `yaml:"less"`
	And          []string            `yaml:"and"`
	Oh           []string            `yaml:"oh"`
	The          []string            `yaml:"the"`
}

type scheduleData struct {
	Daily       []string `yaml:"daily"`
	Weekdays    []string `yaml:"weekdays"`
	Weekends    []string `yaml:"weekends"`
	Every       []string `yaml:"every"`
	Weekly      []string `yaml:"weekly"`
	Fortnightly []string `yaml:"fortnightly"`
	EveryOther  []string `yaml:"every_other"`
	EveryN      []string `yaml:"every_n"`
	Monthly     []string `yaml:"monthly"`
	MonthDay    []string `yaml:"month_day"`
	MonthEnd    []string `yaml:"month_end"`
	Through     []string `yaml:"through"`
	From        []string `yaml:"from"`
	And         []string `yaml:"and"`
	Except      []string `yaml:"except"`
	Once        []string `yaml:"once"`
	Not         []string `yaml:"not"`
	Times       []string `yaml:"times"`
	Beyond      []string `yaml:"beyond"`
	Fillers     []string `yaml:"fillers"`

	ShortDays map[int][]string `yaml:"short_days"`
}

type zoneData struct {
	Likely   []string `yaml:"likely"`
	Fillers  []string `yaml:"fillers"`
	Clock    []string `yaml:"clock"`
	Moved    []string `yaml:"moved"`
	Here     []string `yaml:"here"`
	Tail     []string `yaml:"tail"`
	Negators []string `yaml:"negators"`
	Words    []string `yaml:"words"`
}

// complete names the first section that is missing or empty, so that a language is whole or refused.
func complete(v reflect.Value, path string) error {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			name := path + "." + v.Type().Field(i).Tag.Get("yaml")
			if err := complete(v.Field(i), name); err != nil {
				return err
			}
		}
	case reflect.Map, reflect.Slice, reflect.String:
		if v.Len() == 0 {
			return fmt.Errorf("section %q is missing or empty", path[1:])
		}
	}
	return nil
}
