package understand

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Ask is a question of some kind, for reading one line as its answer.
type Ask struct {
	Kind    string    // ruler, number, yes-no, choice, choices, date, time, schedule or zone
	Options []Option  // of a choice
	Min     *float64  // of a number; a ruler without bounds goes from 0 to 10
	Max     *float64  // of a number
	Now     time.Time // in the person's zone; for date, time and zone
	Want    Want      // for date
	Halves  bool      // whether a ruler or a number takes halves
}

// Answer is what was understood, in values that JSON can hold.
type Answer struct {
	OK    bool   `json:"ok"`
	Value any    `json:"value,omitempty"` // nil when refused; false, 0 and an empty list are printed
	Date  string `json:"date,omitempty"`  // 2006-01-02, said beside a time
	Time  string `json:"time,omitempty"`  // 15:04, said beside a date
	Why   Why    `json:"why,omitempty"`

	Candidates []Candidate `json:"candidates,omitempty"` // of a zone: the places that fit, where several do
}

// Candidate is a place that an answer may mean.
type Candidate struct {
	Place string `json:"place"` // in the language of the answer
	Zone  string `json:"zone"`  // IANA name
}

// Rhythm is the value of a schedule.
type Rhythm struct {
	Spec  string `json:"spec"`
	Every int    `json:"every"`
}

// ErrBadAsk is wrapped by the errors of Answer: the question is wrong, not the answer.
var ErrBadAsk = errors.New("bad question")

// Kinds lists the kinds of question that Answer knows.
func Kinds() []string {
	return []string{"ruler", "number", "yes-no", "choice", "choices", "date", "time", "schedule", "zone"}
}

// Answer reads one line as the answer to a question. A ruler and a number become a number, yes or no a bool, a choice its
// label, choices a list of labels, a date "2026-11-23" with Time beside it if one was said, a time "09:00" with Date
// beside it if one was said, a schedule a Rhythm, and a zone its IANA name. An error means that the question itself
// makes no sense.
func (l *Lexicon) Answer(text string, ask Ask) (Answer, error) {
	if err := ask.check(); err != nil {
		return Answer{}, err
	}
	var value any
	var why Why
	switch ask.Kind {
	case "ruler":
		value, why = l.ruler(text, ask.bounds())
	case "number":
		value, why = l.Number(text, ask.bounds())
	case "yes-no":
		value, why = l.YesNo(text)
	case "choice":
		var i int
		if i, why = l.Choice(text, ask.Options); why == "" {
			value = ask.Options[i].Label
		}
	case "choices":
		var picked []int
		picked, why = l.Choices(text, ask.Options)
		labels := make([]string, len(picked))
		for k, i := range picked {
			labels[k] = ask.Options[i].Label
		}
		value = labels
	case "zone":
		return l.zoneAnswer(text, ask.Now), nil
	case "schedule":
		var s Schedule
		s, why = l.Schedule(text)
		value = Rhythm(s)
	default:
		return l.momentAnswer(text, ask), nil
	}
	if why != "" {
		return Answer{Why: why}, nil
	}
	return Answer{OK: true, Value: value}, nil
}

// momentAnswer reads the two kinds whose value may have the other beside it.
func (l *Lexicon) momentAnswer(text string, ask Ask) Answer {
	var m Moment
	var why Why
	if ask.Kind == "date" {
		m, why = l.Date(text, ask.Now, ask.Want)
	} else {
		m, why = l.Time(text, ask.Now)
	}
	if why != "" {
		return Answer{Why: why}
	}
	date := fmt.Sprintf("%04d-%02d-%02d", m.Year, m.Month, m.Day)
	at := fmt.Sprintf("%02d:%02d", m.Hour, m.Minute)
	switch {
	case ask.Kind == "date" && m.HasTime:
		return Answer{OK: true, Value: date, Time: at}
	case ask.Kind == "date":
		return Answer{OK: true, Value: date}
	case m.HasDate:
		return Answer{OK: true, Value: at, Date: date}
	}
	return Answer{OK: true, Value: at}
}

// zoneAnswer reads where somebody is, with the places to choose from where several fit.
func (l *Lexicon) zoneAnswer(text string, now time.Time) Answer {
	w, why := l.Zone(text, now)
	if why == "" {
		return Answer{OK: true, Value: w.Zone}
	}
	out := Answer{Why: why}
	for i, label := range l.zones.table.Labels(w.Candidates, l.lang) {
		out.Candidates = append(out.Candidates, Candidate{Place: label, Zone: w.Candidates[i].Zone})
	}
	return out
}

func (a Ask) check() error {
	switch a.Kind {
	case "choice", "choices":
		if len(a.Options) == 0 {
			return fmt.Errorf("%w: a %s needs options", ErrBadAsk, a.Kind)
		}
	case "date", "time", "zone":
		if a.Now.IsZero() {
			return fmt.Errorf("%w: a %s needs to know what time it is now", ErrBadAsk, a.Kind)
		}
	case "ruler", "number":
		b := a.bounds()
		if math.IsNaN(b.Min) || math.IsNaN(b.Max) || b.Min > b.Max {
			return fmt.Errorf("%w: a %s from %v to %v has no answers", ErrBadAsk, a.Kind, b.Min, b.Max)
		}
	case "yes-no", "schedule":
	default:
		return fmt.Errorf("%w: kind %q is not one of %v", ErrBadAsk, a.Kind, Kinds())
	}
	return nil
}

func (a Ask) bounds() Bounds {
	b := Bounds{Min: math.Inf(-1), Max: math.Inf(1), Halves: a.Halves, Bounded: a.Min != nil || a.Max != nil}
	if a.Kind == "ruler" {
		b = Bounds{Max: 10, Bounded: true, Whole: !a.Halves, Halves: a.Halves}
	}
	if a.Min != nil {
		b.Min = *a.Min
	}
	if a.Max != nil {
		b.Max = *a.Max
	}
	return b
}
