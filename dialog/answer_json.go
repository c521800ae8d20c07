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
