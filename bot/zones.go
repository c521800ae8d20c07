package bot

import (
	"sync"
	"time"

	"tandem/reminders"
)

// zones remembers the zones that people are in: each is read from its file once.
type zones struct{ known sync.Map } // IANA name to *time.Location

// find is a zone by its name, or nil.
func (z *zones) find(name string) *time.Location {
	if zone, ok := z.known.Load(name); ok {
		return zone.(*time.Location)
	}
	zone, err := reminders.Zone(name)
	if err != nil {
		return nil
	}
	z.known.Store(name, zone)
	return zone
}

// zone is where a person's clock hangs.
func (b *Bot) zone(st *state) *time.Location {
	if st.Client.Zone != "" {
		if zone := b.zones.find(st.Client.Zone); zone != nil {
			return zone
		}
	}
	if b.Settings.Zone != nil {
		return b.Settings.Zone
	}
	return time.UTC
}
