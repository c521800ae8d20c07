package reminders

import "time"

// The wall clock of a zone runs along with time, except that it jumps. A time on it is the seconds that a person who
// reads it would count from 1970-01-01 00:00. Which instant belongs to it is told by one rule: the first at which the
// clock shows that time or a later one. So it is the first of two where the clock was put back, and the end of the gap
// where it was put forward. (time.Date gives no promise for either.)

// era is a stretch of time in which the clock does not jump. Instants are Unix seconds.
type era struct {
	start  int64 // its first instant; -always where it has none
	end    int64 // the instant after its last; always where it has none
	offset int64 // what the clock is ahead of UTC, in seconds
}

const (
	always  = 1 << 60      // beyond any date
	maxJump = 26 * 60 * 60 // seconds; the greatest jumps on record were of a day
)

// eraAt finds the era of an instant.
func eraAt(zone *time.Location, at int64) era {
	t := time.Unix(at, 0).In(zone)
	_, offset := t.Zone()
	e := era{start: -always, end: always, offset: int64(offset)}
	start, end := t.ZoneBounds()
	if !start.IsZero() {
		e.start = start.Unix()
	}
	if !end.IsZero() {
		e.end = end.Unix()
	}
	if e.end <= at {
		// Where a zone's rules go on for ever, the library ends the last era of a leap year a day early.
		e.end = at + daySeconds - mod(at, daySeconds)
	}
	return e
}

// wallClock reads the clock at an instant.
func wallClock(zone *time.Location, at time.Time) int64 {
	_, offset := at.In(zone).Zone()
	return at.Unix() + int64(offset)
}

// ahead is the first time on the clock that it has not shown by an instant.
func ahead(zone *time.Location, at int64) (int64, era) {
	e := eraAt(zone, at)
	wall := at + e.offset + 1
	if at < e.start+maxJump {
		// After the clock was put back, it shows for a while what it has shown.
		wall = max(wall, e.start+eraAt(zone, e.start-1).offset)
	}
	return wall, e
}

// moment is when a time on the wall clock comes.
type moment struct {
	at      int64 // the instant
	skipped bool  // the clock never shows that time: at is the end of a gap, from gapFrom to gapTo on the clock
	gapFrom int64
	gapTo   int64
}

// when finds the moment of a time on the clock. It begins to look in the era it is given.
func when(zone *time.Location, wall int64, e era) moment {
	if at := wall - e.offset; at < e.start || at >= e.end {
		e = eraAt(zone, at)
	}
	for {
		if wall >= e.end+e.offset { // not shown in this era
			e = eraAt(zone, e.end)
			continue
		}
		at := wall - e.offset
		if at >= e.start+maxJump {
			return moment{at: at}
		}
		before := eraAt(zone, e.start-1)
		shown := e.start + before.offset // in the era before, everything up to here
		if wall < shown {
			e = before
			continue
		}
		if at < e.start {
			return moment{at: e.start, skipped: true, gapFrom: shown, gapTo: e.start + e.offset}
		}
		return moment{at: at}
	}
}
