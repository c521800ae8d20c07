package care

import "time"

// Bond is how one side finds the work together: our own four questions, not a validated measure, and never a score. Each
// side sees the other's only where both agreed to that.
type Bond struct {
	ID       string    `json:"id"`
	By       Party     `json:"by"`
	At       time.Time `json:"at"`
	Heard    *int      `json:"heard,omitempty"`    // 0 to 10: felt heard
	WorkedOn *int      `json:"workedOn,omitempty"` // 0 to 10: worked on what matters
	Fit      *int      `json:"fit,omitempty"`      // 0 to 10: the way of working fits
	Change   string    `json:"change,omitempty"`   // what should be otherwise, in their words
	Show     bool      `json:"show,omitempty"`     // the other may see it, once they show theirs
}

// Fresh tells whether it is new enough to be set beside the other side's: within a month.
func (b Bond) Fresh(now time.Time) bool { return now.Sub(b.At) < 31*24*time.Hour }

// Strained tells whether the work together may need repair: something is low (4 or less), or has fallen by two or more
// since the time before (nil: there was none).
func (b Bond) Strained(before *Bond) bool {
	if before == nil {
		before = &Bond{}
	}
	for _, level := range [][2]*int{{before.Heard, b.Heard}, {before.WorkedOn, b.WorkedOn}, {before.Fit, b.Fit}} {
		was, is := level[0], level[1]
		if is != nil && (*is <= 4 || was != nil && *was-*is >= 2) {
			return true
		}
	}
	return false
}
