package desk

import (
	"time"

	"tandem/bot/care"
)

// Case is one client of a practitioner, as far as the client has opened themselves: nothing else of theirs is ever read
// for it.
type Case struct {
	ID      string       // in the practitioner's caseload
	Name    string       // the pseudonym that the practitioner gave
	Since   time.Time    // when they joined
	Lang    string       // the language that Tandem speaks with them
	Open    bool         // they agreed that the practitioner is told of a silence: then Heard, Missed and Next are known
	Heard   time.Time    // when they last wrote; zero: not known
	Missed  int          // reminders since then that got no answer
	Next    time.Time    // when a reminder is due next; zero: not known, or none
	Grants  []care.Grant // what stands open to the practitioner now, oldest first
	Waiting []Waiting    // what waits for the practitioner, oldest first
}

// Waiting is something of a client's that waits for the practitioner.
type Waiting struct {
	ID   string // of the record in the practitioner's conversation
	Kind Kind
	At   time.Time
	Goal string // of an offer: the goal's id
}

// Kind is what waits.
type Kind string

// The kinds of what waits.
const (
	Offer  Kind = "offer"  // a goal that they would like to agree on
	Letter Kind = "letter" // a message
	Person Kind = "person" // they asked to talk to a human being
	Alarm  Kind = "alarm"  // the safety screen found something
)

// Filter chooses clients of an overview.
type Filter string

// The filters.
const (
	All       Filter = "all"
	ForYou    Filter = "for-you"   // something waits for the practitioner
	Attention Filter = "attention" // a rule of "not on track" fired
	Quiet     Filter = "quiet"     // not heard for long, where that is known
	Well      Filter = "well"
)

// Overview is the caseload at a glance.
type Overview struct {
	Title  string
	Counts []Count // how many clients each filter would show, in order
	Filter Filter
	Rows   []Row
	From   int    // how many rows stand before these
	More   int    // and how many after
	Empty  string // what to say where there are no rows
}

// Count is a filter, as it is worded, and how many it finds.
type Count struct {
	Filter Filter
	Label  string
	N      int
}

// Row is a client in an overview.
type Row struct {
	Case    string // Case.ID
	Name    string
	Status  string // a line: how it goes, the last check-in, the next
	Waiting string // a line, or ""
}

// Page is everything that a practitioner may see of a client.
type Page struct {
	Case     string
	Name     string
	Lines    []string  // since when, last heard, next reminder
	Waiting  []string  // what waits for the practitioner
	Findings []Finding // rules of "not on track" that fired, with a prompt for support each
	Goals    []Goal
	Private  string // says that what is not here is private, with no hint of what there is
}

// Finding is a rule that fired.
type Finding struct {
	Rule   string // its name: "falling ratings"
	Why    string // what fired it: "7, 5, 3"
	Prompt string // what may help to think about
}

// Goal is a goal as far as it was opened.
type Goal struct {
	ID      string
	Version int      // of the goal, from 1, as it was last opened
	Title   string   // in the client's words, or that the words are private
	Lines   []string // the other parts that were opened
	History []string // earlier wordings that stand open, oldest first
	Ratings []Rating // oldest first
	Shared  []string // answers of check-ins that were opened, the last one first
}

// Rating is how a goal went, 0 to 10, at a time.
type Rating struct {
	At    time.Time
	Value int
}

// Digest is a summary of a caseload, in messages that are to be sent one after the other.
type Digest struct {
	Messages []string // each within MessageMost
}

// MessageMost is the most characters of one message of a digest: what a section of Slack's takes.
const MessageMost = 2900
