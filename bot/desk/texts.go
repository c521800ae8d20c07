package desk

// texts are the texts of one language, as its file in words/ holds them. The tag "holds" names the placeholders that a
// text must have, and no other.
type texts struct {
	QuoteOpen  string   `yaml:"quote-open"`
	QuoteClose string   `yaml:"quote-close"`
	InnerOpen  string   `yaml:"inner-open"` // quotation marks within quotation marks
	InnerClose string   `yaml:"inner-close"`
	Months     []string `yaml:"months"`
	Today      string   `yaml:"today"`
	Yesterday  string   `yaml:"yesterday"`
	Tomorrow   string   `yaml:"tomorrow"`
	DaysAgo    string   `yaml:"days-ago" holds:"n"`
	InDays     string   `yaml:"in-days" holds:"n"`
	Date       string   `yaml:"date" holds:"day month"`
	DateYear   string   `yaml:"date-year" holds:"day month year"`
	OnDate     string   `yaml:"on-date" holds:"date"`

	Nobody      string `yaml:"nobody"` // a client without a name
	GoalPrivate string `yaml:"goal-private"`
	FromVersion string `yaml:"from-version" holds:"text n"`
	Private     string `yaml:"private"`
	Nothing     string `yaml:"nothing"`
	NothingPage string `yaml:"nothing-page"`

	StatusDraft    string `yaml:"status-draft"`
	StatusProposed string `yaml:"status-proposed"`
	StatusAgreed   string `yaml:"status-agreed"`
	StatusActive   string `yaml:"status-active"`
	StatusPaused   string `yaml:"status-paused"`
	StatusAchieved string `yaml:"status-achieved"`
	StatusLetGo    string `yaml:"status-let-go"`

	OutcomeWell    string `yaml:"outcome-well"`
	OutcomeSame    string `yaml:"outcome-same"`
	OutcomeSlipped string `yaml:"outcome-slipped"`
	OutcomeReached string `yaml:"outcome-reached"`
	OutcomeNone    string `yaml:"outcome-none"`

	AlarmOne   string `yaml:"alarm-one" holds:"when"`
	AlarmMany  string `yaml:"alarm-many" holds:"n when"`
	PersonOne  string `yaml:"person-one" holds:"when"`
	PersonMany string `yaml:"person-many" holds:"n when"`
	OfferOne   string `yaml:"offer-one" holds:"goal when"`
	OfferMany  string `yaml:"offer-many" holds:"n when"`
	LetterOne  string `yaml:"letter-one" holds:"when"`
	LetterMany string `yaml:"letter-many" holds:"n when"`
	SomeGoal   string `yaml:"some-goal"`

	RuleRatings        string `yaml:"rule-ratings"`
	RuleConfidence     string `yaml:"rule-confidence"`
	RuleMissed         string `yaml:"rule-missed"`
	RuleRelationship   string `yaml:"rule-relationship"`
	WhyValues          string `yaml:"why-values" holds:"goal values"`
	WhyMissed          string `yaml:"why-missed" holds:"n"`
	WhyRelationship    string `yaml:"why-relationship"`
	PromptRatings      string `yaml:"prompt-ratings"`
	PromptConfidence   string `yaml:"prompt-confidence"`
	PromptMissed       string `yaml:"prompt-missed"`
	PromptRelationship string `yaml:"prompt-relationship"`

	QuietSince string `yaml:"quiet-since" holds:"date"`
	QuietOne   string `yaml:"quiet-one" holds:"date"`
	QuietMany  string `yaml:"quiet-many" holds:"date n"`
	QuietNoDay string `yaml:"quiet-no-day" holds:"n"`

	// the caseload at a glance
	OverviewTitle   string `yaml:"overview-title"`
	FilterAll       string `yaml:"filter-all"`
	FilterForYou    string `yaml:"filter-for-you"`
	FilterAttention string `yaml:"filter-attention"`
	FilterQuiet     string `yaml:"filter-quiet"`
	FilterWell      string `yaml:"filter-well"`
	EmptyAll        string `yaml:"empty-all"`
	EmptyForYou     string `yaml:"empty-for-you"`
	EmptyAttention  string `yaml:"empty-attention"`
	EmptyQuiet      string `yaml:"empty-quiet"`
	EmptyWell       string `yaml:"empty-well"`
	RowLast         string `yaml:"row-last" holds:"outcome when"`
	RowGoal         string `yaml:"row-goal"`
	RowGoals        string `yaml:"row-goals" holds:"n"`
	RowSome         string `yaml:"row-some"`
	RowNext         string `yaml:"row-next" holds:"when"`

	// a client's page
	PageJoined     string `yaml:"page-joined" holds:"when"`
	PageHeard      string `yaml:"page-heard" holds:"when"`
	PageNext       string `yaml:"page-next" holds:"when"`
	PageMissed     string `yaml:"page-missed"`
	PageMissedMany string `yaml:"page-missed-many" holds:"n"`
	PageEnglish    string `yaml:"page-english"`
	PageSpanish    string `yaml:"page-spanish"`
	PageChange     string `yaml:"page-change" holds:"text"`
	LineStatus     string `yaml:"line-status" holds:"text"`
	LineWhy        string `yaml:"line-why" holds:"text"`
	LineStep       string `yaml:"line-step" holds:"text"`
	LineWhen       string `yaml:"line-when" holds:"text"`
	LinePlan       string `yaml:"line-plan" holds:"text"`
	LineMeasure    string `yaml:"line-measure" holds:"text"`
	History        string `yaml:"history" holds:"n date text"`
	Shared         string `yaml:"shared" holds:"date text"`
	SharedRating   string `yaml:"shared-rating" holds:"n"`
	SharedSure     string `yaml:"shared-sure" holds:"n"`
	SharedHelped   string `yaml:"shared-helped" holds:"text"`
	SharedLearned  string `yaml:"shared-learned" holds:"text"`
	SharedNext     string `yaml:"shared-next" holds:"text"`

	// a digest
	DigestTitle      string `yaml:"digest-title"`
	DigestSince      string `yaml:"digest-since" holds:"date"`
	DigestNobody     string `yaml:"digest-nobody"`
	HeadWaiting      string `yaml:"head-waiting"`
	HeadMilestones   string `yaml:"head-milestones"`
	HeadWell         string `yaml:"head-well"`
	HeadSlipped      string `yaml:"head-slipped"`
	HeadQuiet        string `yaml:"head-quiet"`
	HeadTrack        string `yaml:"head-track"`
	HeadNews         string `yaml:"head-news"`
	Entry            string `yaml:"entry" holds:"name text"`
	AndMore          string `yaml:"and-more" holds:"text n"`
	MoreNames        string `yaml:"more-names" holds:"n"`
	OtherOne         string `yaml:"other-one"`
	OtherMany        string `yaml:"other-many" holds:"n"`
	AllOne           string `yaml:"all-one"`
	AllMany          string `yaml:"all-many" holds:"n"`
	MilestoneHelped  string `yaml:"milestone-helped" holds:"goal words"`
	MilestoneSaid    string `yaml:"milestone-said" holds:"goal words"`
	MilestoneBare    string `yaml:"milestone-bare" holds:"goal"`
	WellWords        string `yaml:"well-words" holds:"goal words"`
	SlippedLearned   string `yaml:"slipped-learned" holds:"goal words"`
	SlippedSaid      string `yaml:"slipped-said" holds:"goal words"`
	TrackLine        string `yaml:"track-line" holds:"rule why prompt"`
	NewsGoal         string `yaml:"news-goal" holds:"goal"`
	NewsAbout        string `yaml:"news-about" holds:"goal text"`
	NewsRelationship string `yaml:"news-relationship" holds:"words"`
	NewsOther        string `yaml:"news-other"`
}
