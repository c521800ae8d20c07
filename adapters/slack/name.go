package slack

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// place is where on Slack a conversation is.
type place struct {
	team    string // the workspace
	channel string // D...: a direct message; C... or G...: a channel
	thread  string // the ts of the thread's first message; empty: the channel itself
}

var errPlace = errors.New("not a conversation on Slack")

// conversation names a place the way the rest of Tandem does.
func (p place) conversation() string {
	name := "slack:" + p.team + ":" + p.channel
	if p.thread != "" {
		name += ":" + p.thread
	}
	return name
}

// direct tells whether only one person is there.
func (p place) direct() bool { return strings.HasPrefix(p.channel, "D") }

// placeOf is the inverse of conversation.
func placeOf(conversation string) (place, error) {
	parts := strings.Split(conversation, ":")
	if len(parts) < 3 || len(parts) > 4 || parts[0] != "slack" || !isID(parts[1]) || !isID(parts[2]) {
		return place{}, errPlace
	}
	p := place{team: parts[1], channel: parts[2]}
	if len(parts) == 4 {
		if p.thread = parts[3]; micros(p.thread) == 0 {
			return place{}, errPlace
		}
	}
	return p, nil
}

// isID tells what Slack makes ids of: capitals and digits.
func isID(s string) bool {
	return s != "" && len(s) <= 64 && strings.IndexFunc(s, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}) < 0
}

// micros reads a ts ("1355517523.000005": seconds, and what keeps the messages of a channel apart and in order) as
// microseconds since 1970; 0: it is none.
func micros(ts string) int64 {
	sec, frac, ok := strings.Cut(ts, ".")
	if !ok || len(frac) != 6 || len(sec) > 11 || !digits(sec) || !digits(frac) {
		return 0
	}
	s, _ := strconv.ParseInt(sec, 10, 64)
	f, _ := strconv.ParseInt(frac, 10, 64)
	if s > math.MaxInt64/1_000_000-1 {
		return 0
	}
	return s*1_000_000 + f
}

func digits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// at is the time of a ts; the zero time where it is none.
func at(ts string) time.Time {
	if us := micros(ts); us > 0 {
		return time.UnixMicro(us).UTC()
	}
	return time.Time{}
}
