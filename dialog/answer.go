package dialog

import (
	"fmt"
	"time"
)

// Answer is what a person answered, stored with the question exactly as they were asked it (invariant 7).
type Answer struct {
	Value   Value     `json:"v"`
	Said    string    `json:"said,omitempty"`  // their own words, as typed
	Shown   string    `json:"shown,omitempty"` // the value as it was shown to them: a choice's label, a date read back
	Asked   string    `json:"asked,omitempty"` // the question's words
	Prompt  string    `json:"prompt,omitempty"`
	Flow    string    `json:"flow,omitempty"`
	Version string    `json:"vers,omitempty"` // of the flow, when it asked
	Step    string    `json:"step,omitempty"`
	Ref     string    `json:"ref,omitempty"`   // the platform's id of the message that answered
	Prev    string    `json:"prev,omitempty"`  // the answer given before this one: "back" goes there
	Rests   string    `json:"rests,omitempty"` // what it rests on besides the question's words
	Made    []string  `json:"made,omitempty"`  // the records that were made after it, before the next answer
	Stack   []Frame   `json:"stack,omitempty"` // where the question stood, if not in the outermost flow
	At      time.Time `json:"at,omitzero"`
}

// Option is an entry of a list that the application hands to a flow.
type Option struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Value is an answer's value: exactly one of the fields is set, or none where the question was skipped.
type Value struct {
	Text *string
	Num  *float64
	Yes  *bool
	List []string
	Opts []Option // only for inputs
}

// TextValue makes a text.
func TextValue(s string) Value { return Value{Text: &s} }

// NumberValue makes a number.
func NumberValue(f float64) Value { return Value{Num: &f} }

// YesValue makes a yes or a no.
func YesValue(b bool) Value { return Value{Yes: &b} }

// ListValue makes a list of option ids.
func ListValue(ids []string) Value {
	if ids == nil {
		ids = []string{}
	}
	return Value{List: ids}
}

// OptionsValue makes the value of an input of type list.
func OptionsValue(o []Option) Value {
	if o == nil {
		o = []Option{}
	}
	return Value{Opts: o}
}

// ValueOf turns what an application or an expression gives into a value.
func ValueOf(v any) (Value, error) {
	switch v := v.(type) {
	case nil:
		return Value{}, nil
	case Value:
		return v, nil
	case string:
		return TextValue(v), nil
	case bool:
		return YesValue(v), nil
	case float64:
		return NumberValue(v), nil
	case int:
		return NumberValue(float64(v)), nil
	case []string:
		return ListValue(v), nil
	case []Option:
		return OptionsValue(v), nil
	case []any:
		ids := make([]string, 0, len(v))
		for _, item := range v {
			s, ok := item.(string)
			if !ok {
				return Value{}, fmt.Errorf("make a value of a list that holds a %T", item)
			}
			ids = append(ids, s)
		}
		return ListValue(ids), nil
	}
	return Value{}, fmt.Errorf("make a value of a %T", v)
}

// IsZero tells whether there is no value: the question was skipped.
func (v Value) IsZero() bool {
	return v.Text == nil && v.Num == nil && v.Yes == nil && v.List == nil && v.Opts == nil
}

// Any gives the value as plain Go: string, float64, bool, []string (a list's ids), or nil.
func (v Value) Any() any {
	switch {
	case v.Text != nil:
		return *v.Text
	case v.Num != nil:
		return *v.Num
	case v.Yes != nil:
		return *v.Yes
	case v.List != nil:
		return v.List
	case v.Opts != nil:
		ids := make([]string, len(v.Opts))
		for i, o := range v.Opts {
			ids[i] = o.ID
		}
		return ids
	}
	return nil
}
