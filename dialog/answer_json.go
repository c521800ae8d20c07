package dialog

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// MarshalJSON writes a plain JSON value.
func (v Value) MarshalJSON() ([]byte, error) {
	switch {
	case v.Text != nil && plainText(*v.Text):
		out := make([]byte, 0, len(*v.Text)+2)
		return append(append(append(out, '"'), *v.Text...), '"'), nil
	case v.Num != nil && *v.Num == float64(int32(*v.Num)):
		return strconv.AppendInt(nil, int64(*v.Num), 10), nil
	case v.Opts != nil:
		return json.Marshal(v.Opts)
	}
	return json.Marshal(v.Any())
}

// plainText tells whether JSON writes a text just as it is.
func plainText[T string | []byte](text T) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return false
		}
	}
	return true
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (v *Value) UnmarshalJSON(data []byte) error {
	*v = Value{}
	if len(data) == 0 || string(data) == "null" {
		return nil
	}
	switch data[0] {
	case '"':
		v.Text = new(string)
		if inner := data[1 : len(data)-1]; plainText(inner) {
			*v.Text = string(inner)
			return nil
		}
		return json.Unmarshal(data, v.Text)
	case 't', 'f':
		v.Yes = new(bool)
		return json.Unmarshal(data, v.Yes)
	case '[':
		if bytes.HasPrefix(data, []byte(`[{`)) {
			return json.Unmarshal(data, &v.Opts)
		}
		v.List = []string{}
		return json.Unmarshal(data, &v.List)
	}
	v.Num = new(float64)
	if n, err := strconv.ParseFloat(string(data), 64); err == nil {
		*v.Num = n
		return nil
	}
	return json.Unmarshal(data, v.Num)
}

// AppendJSON adds an answer to b exactly as json.Marshal writes it. It is written at every turn, and by hand it takes a
// fraction of the time.
func (a *Answer) AppendJSON(b []byte) ([]byte, error) {
	value, err := a.Value.MarshalJSON()
	if err != nil {
		return nil, err
	}
	b = append(append(b, `{"v":`...), value...)
	for _, f := range []struct{ key, text string }{
		{"said", a.Said}, {"shown", a.Shown}, {"asked", a.Asked}, {"prompt", a.Prompt}, {"flow", a.Flow},
		{"vers", a.Version}, {"step", a.Step}, {"ref", a.Ref}, {"prev", a.Prev}, {"rests", a.Rests},
	} {
		if f.text != "" {
			b = append(append(append(b, `,"`...), f.key...), `":`...)
			if b, err = appendText(b, f.text); err != nil {
				return nil, err
			}
		}
	}
	if len(a.Made) > 0 {
		if b, err = appendAny(append(b, `,"made":`...), a.Made); err != nil {
			return nil, err
		}
	}
	if len(a.Stack) > 0 {
		if b, err = appendAny(append(b, `,"stack":`...), a.Stack); err != nil {
			return nil, err
		}
	}
	if !a.At.IsZero() {
		if b, err = appendAny(append(b, `,"at":`...), a.At); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

// appendText adds a JSON string.
func appendText(b []byte, text string) ([]byte, error) {
	if plainText(text) {
		return append(append(append(b, '"'), text...), '"'), nil
	}
	return appendAny(b, text)
}

func appendAny(b []byte, v any) ([]byte, error) {
	data, err := json.Marshal(v)
	return append(b, data...), err
}
