// Package understand reads the answers that people type, in their own words, and gives values that a flow can use.
//
// It is generous with form ("about a 7", "siete", "7/10", "sevn") and strict about meaning: a wrong value steers a
// conversation astray, while a refusal is only asked again. So each reader looks for a reason to accept, and what it
// cannot account for is refused with a [Why]. Readers are pure: no clock, no state, no I/O besides the embedded
// language data, and time and memory that grow with the text no faster than its length, which is capped.
package understand

import "unicode/utf8"

// MaxRunes is the length of the longest text that a reader looks at. Longer texts are a story, not an answer.
const MaxRunes = 500

// maxWords is where a sentence is so long that a number or a label in it is more likely by the way than an answer.
const maxWords = 12

// Why says why an answer was not taken. The codes are stable and safe to log: they hold none of a person's words.
type Why string

// The reasons for which an answer is refused. The empty Why means that it was understood.
const (
	Empty         Why = "empty"          // nothing was said
	TooLong       Why = "too-long"       // more than MaxRunes characters
	NotUnderstood Why = "not-understood" // no answer of this kind was found
	Unsure        Why = "unsure"         // "i don't know", "maybe", "ni idea"
	OutOfRange    Why = "out-of-range"   // a number or position beyond what was asked
	Range         Why = "range"          // "6 or 7", "more than 5"
	Several       Why = "several"        // two answers where one was asked
	NotWhole      Why = "not-whole"      // a fraction that was not asked for
	Ambiguous     Why = "ambiguous"      // could be read in two ways
	Negated       Why = "negated"        // says what it is not: "not health"
	InPast        Why = "past"           // a date before today where one to come was asked
	InFuture      Why = "future"         // a date after today where one gone by was asked
	NoSuchDate    Why = "no-such-date"   // 31 February
	NoSuchTime    Why = "no-such-time"   // 25:00
	NoTime        Why = "no-time"        // a time of day is needed and was not said
	NoDay         Why = "no-day"         // a schedule without its days
)

// tooLong reports whether the text exceeds MaxRunes, without walking a huge one.
func tooLong(text string) bool {
	return len(text) > MaxRunes && (len(text) > MaxRunes*utf8.UTFMax || utf8.RuneCountInString(text) > MaxRunes)
}
