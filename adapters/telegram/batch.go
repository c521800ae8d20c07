package telegram

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
)

// batch is the result of getUpdates: updates that are not decoded yet, so that one that cannot be is alone in that.
type batch []json.RawMessage

// unreadable is a batch that could not be taken apart. It tells nothing of what is in it.
type unreadable struct {
	first int64 // update_id of the first update in it; 0: there is none to be seen, and it may be none of Telegram's
}

// Error implements error.
func (u *unreadable) Error() string { return "telegram getUpdates: the answer cannot be read" }

// salvage takes an answer apart that the JSON library refuses as a whole: it goes no deeper than 10,000 levels, and a
// single update that does would keep all others back.
func (b *batch) salvage(status int, data []byte) error {
	head := regexp.MustCompile(`^\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\[`).FindIndex(data)
	if status != http.StatusOK || head == nil {
		return &apiError{method: "getUpdates", status: status}
	}
	list, rest, ok := elements(data[head[1]:])
	if !ok || string(bytes.TrimSpace(rest)) != "}" {
		return &unreadable{first: updateID(data)}
	}
	*b = list
	return nil
}

// elements cuts what follows the opening bracket of an array into its elements, however deep they are nested, and
// returns what follows the closing one. False: the brackets do not match.
func elements(data []byte) (list batch, rest []byte, ok bool) {
	var open []byte // brackets that wait to be closed
	quoted, from := false, 0
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			open = append(open, c+2) // ASCII has the closing one two places on
		case len(open) > 0 && c == open[len(open)-1]:
			open = open[:len(open)-1]
		case c == ',' && len(open) == 0:
			list, from = append(list, data[from:i]), i+1
		case c == ']' && len(open) == 0:
			if last := data[from:i]; len(bytes.TrimSpace(last)) > 0 {
				list = append(list, last)
			}
			return list, data[i+1:], true
		case c == '}' || c == ']':
			return nil, nil, false
		}
	}
	return nil, nil, false
}

// updateID finds the first update_id in JSON that cannot be read otherwise, or 0. Words that look like one are no
// match: in a string, the quotation marks have a backslash before them.
func updateID(data []byte) int64 {
	m := regexp.MustCompile(`"update_id"\s*:\s*(\d{1,18})\b`).FindSubmatch(data)
	if m == nil {
		return 0
	}
	id, _ := strconv.ParseInt(string(m[1]), 10, 64)
	return id
}
