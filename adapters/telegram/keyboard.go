package telegram

import (
	"strings"

	"tandem/adapters/cut"
	"tandem/dialog"
)

// maxLabel is how much of a button's label is kept, in UTF-16 units: phones show no more.
const maxLabel = 64

// keyboard is the buttons under a message, row by row. Our own, because the library's button always carries an empty
// copy_text along. https://core.telegram.org/bots/api#inlinekeyboardmarkup
type keyboard struct {
	Rows [][]key `json:"inline_keyboard"`
}

type key struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// noKeyboard takes the buttons off.
func noKeyboard() *keyboard { return &keyboard{Rows: [][]key{}} }

// newKeyboard lays a question's buttons out; nil for a statement.
func newKeyboard(m dialog.Message) (*keyboard, error) {
	if len(m.Buttons) == 0 {
		return nil, nil
	}
	cols := columns(m.Buttons)
	kb := &keyboard{}
	for i, b := range m.Buttons {
		data, err := encodeButton(m.Prompt, b.ID)
		if err != nil {
			return nil, err
		}
		if i%cols == 0 {
			kb.Rows = append(kb.Rows, nil)
		}
		row := &kb.Rows[len(kb.Rows)-1]
		*row = append(*row, key{Text: label(b), Data: data})
	}
	return kb, nil
}

// columns says how many buttons share a row, so that the longest label is still readable on a narrow phone, and the
// rows are about even: the eleven numbers of a ruler stand as six and five.
func columns(buttons []dialog.Button) int {
	longest := 0
	for _, b := range buttons {
		longest = max(longest, cut.Units(label(b)))
	}
	most := 1
	switch {
	case longest <= 3:
		most = 6
	case longest <= 8:
		most = 3
	case longest <= 16:
		most = 2
	}
	rows := (len(buttons) + most - 1) / most
	return (len(buttons) + rows - 1) / rows
}

// label is what a button shows: on one line, shortened where it is too long, never empty.
func label(b dialog.Button) string {
	s := strings.Join(strings.Fields(strings.ToValidUTF8(b.Label, "\uFFFD")), " ")
	if s == "" {
		s = b.ID
	}
	return cut.Shorten(s, maxLabel)
}
