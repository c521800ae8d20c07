package main

import (
	"sync"
	"time"
)

// standing is a clock that stands still until it is moved, for transcripts that come out the same each time.
type standing struct {
	mu  sync.Mutex
	now time.Time
}

func (c *standing) time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *standing) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// readZone finds a zone by its IANA name; "" is the machine's own.
func readZone(flag, name string) (*time.Location, error) {
	if name == "" {
		return time.Local, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, badSetting("%s %q is not a time zone; write it as Europe/Madrid or America/New_York", flag, name)
	}
	return zone, nil
}

// readNow reads a point in time; without an offset it is in the zone.
func readNow(flag, text string, zone *time.Location) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t.In(zone), nil
		}
	}
	return time.Time{}, badSetting("%s %q is not a time; write it as 2026-03-09T07:10:00+01:00 or 2026-03-09T07:10", flag, text)
}
