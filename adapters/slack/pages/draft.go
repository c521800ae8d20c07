package pages

import (
	"errors"
	"strconv"
	"strings"

	"tandem/adapters/cut"
)

// Draft is what a modal carries from one window to the next, and into any process: nothing of it is kept in memory.
type Draft struct {
	Do    Do     // Letter, Suggest or Invite
	Lang  string // of the windows
	Case  string
	Name  string // the client's, as the practitioner calls them
	Goal  string // Suggest: "" for a new one
	Base  int    // Suggest: the goal's version that was on the page
	Kind  string // Suggest: "goal", "words", "measure", "step", "comment" or "affirmation"; "" where it is not chosen yet
	Title string // Suggest: the goal's
	Text  string
	Note  string
}

const (
	draftVersion = "1"
	draftFields  = 11
	mostCarried  = 3000 // of a modal's private_metadata, in UTF-16 units
)

// What a text is written with, so that a draft is the same after Slack, whatever it does to marks of HTML, and one text
// ends where the next begins.
var (
	escapes   = strings.NewReplacer(`\`, `\\`, "&", `\a`, "<", `\l`, ">", `\g`)
	unescaped = map[rune]rune{'\\': '\\', 'a': '&', 'l': '<', 'g': '>'}
)

const fieldEnd = `\.`

// ErrOld says that a modal of ours carries what this version cannot read, because another version opened it: the person
// opens it again. It tells nothing of what was carried.
var ErrOld = errors.New("a modal carries no draft of this version of Tandem")

// ErrForeign says that a modal is none of these.
var ErrForeign = errors.New("a modal that is none of Tandem's")

// carried writes a draft.
func (d Draft) carried() string {
	fields := []string{draftVersion, string(d.Do), d.Lang, d.Case, d.Name, d.Goal, strconv.Itoa(d.Base), d.Kind, d.Title, d.Text, d.Note}
	var out strings.Builder
	for _, f := range fields {
		out.WriteString(escapes.Replace(strings.ToValidUTF8(f, "\uFFFD")) + fieldEnd)
	}
	return out.String()
}

// Over is by how many characters a draft is too long for the modals of a conversation; 0: it fits.
func (d Draft) Over(conversation string) int {
	return max(0, cut.Units(conversation)+1+cut.Units(d.carried())-mostCarried)
}

// ReadDraft reads what a modal carries. It fails with ErrOld.
func ReadDraft(carried string) (Draft, error) {
	fields, err := draftTexts(carried)
	if err != nil || len(fields) != draftFields || fields[0] != draftVersion {
		return Draft{}, ErrOld
	}
	base, err := strconv.Atoi(fields[6])
	if err != nil {
		return Draft{}, ErrOld
	}
	d := Draft{Do: Do(fields[1]), Lang: fields[2], Case: fields[3], Name: fields[4], Goal: fields[5], Base: base, Kind: fields[7],
		Title: fields[8], Text: fields[9], Note: fields[10]}
	switch {
	case d.Do == Invite, (d.Do == Letter || d.Do == Suggest) && d.Case != "":
		return d, nil
	}
	return Draft{}, ErrOld
}

// draftTexts takes the texts apart.
func draftTexts(carried string) (fields []string, err error) {
	var field strings.Builder
	marked := false
	for _, r := range carried {
		switch {
		case !marked && r == '\\':
			marked = true
			continue
		case !marked:
			field.WriteRune(r)
		case r == '.':
			fields = append(fields, field.String())
			field.Reset()
		case unescaped[r] != 0:
			field.WriteRune(unescaped[r])
		default:
			return nil, ErrOld
		}
		marked = false
	}
	if marked || field.Len() > 0 {
		return nil, ErrOld
	}
	return fields, nil
}
