package pages

import (
	"encoding/json"
	"errors"
	"fmt"

	"tandem/adapters/cut"
	"tandem/adapters/slack"
	"tandem/bot/desk"
)

// Do is what a button does.
type Do string

// What buttons do.
const (
	List    Do = "list"    // shows the caseload
	Open    Do = "open"    // shows a client's page
	Letter  Do = "letter"  // opens the modal in which a message is written
	Suggest Do = "suggest" // opens the modal in which something is suggested
	Invite  Do = "invite"  // opens the modal in which somebody is invited
)

// Act is what a button of a page carries: all that is needed to do it, so that nothing has to be looked up while Slack
// waits.
type Act struct {
	Do     Do          `json:"do"`
	Lang   string      `json:"lang,omitempty"`   // of the page, and so of what the button opens
	Filter desk.Filter `json:"filter,omitempty"` // List
	From   int         `json:"from,omitempty"`   // List: the first row; Open: the first block
	Case   string      `json:"case,omitempty"`
	Name   string      `json:"name,omitempty"`  // the client's, as the practitioner calls them
	Goal   string      `json:"goal,omitempty"`  // Suggest: "" for a new one
	Title  string      `json:"title,omitempty"` // Suggest: the goal's
	Base   int         `json:"base,omitempty"`  // Suggest: the goal's version that was on the page
}

const (
	mostName  = 60
	mostTitle = 100
)

// short makes an act fit: names are shown in full elsewhere.
func (a Act) short() Act {
	a.Name, a.Title = cut.Shorten(a.Name, mostName), cut.Shorten(a.Title, mostTitle)
	return a
}

func (a Act) value() (string, error) {
	data, err := json.Marshal(a.short())
	if err != nil {
		return "", fmt.Errorf("write what a button does: %w", err)
	}
	return slack.PageValue(string(data))
}

// id tells the buttons of a row apart.
func (a Act) id() string {
	return cut.Shorten(fmt.Sprintf("%s-%s-%d", a.Do, a.Filter, a.From), 255)
}

// errAct tells nothing of what a button held.
var errAct = errors.New("a button of a page that this version of Tandem does not know: the person opens the App Home again")

// ReadAct reads what a button carries. It fails where the button is none that this version makes.
func ReadAct(data string) (Act, error) {
	var a Act
	if json.Unmarshal([]byte(data), &a) != nil {
		return Act{}, errAct
	}
	switch a.Do {
	case List, Invite:
	case Open, Letter, Suggest:
		if a.Case == "" {
			return Act{}, errAct
		}
	default:
		return Act{}, errAct
	}
	a.From = max(a.From, 0)
	return a, nil
}
