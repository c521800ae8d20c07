package bot

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"tandem/bot/care"
)

// loadRecords reads the conversation's records once a step.
func (s *scene) loadRecords() error {
	if s.records != nil {
		return nil
	}
	records, err := s.bot.Store.Records(s.ctx, s.snap.Conversation, "")
	if err != nil {
		return fmt.Errorf("read the records: %w", &storeError{err})
	}
	s.records = make(map[string]json.RawMessage, len(records))
	for key, data := range records {
		s.records[key] = data
	}
	return nil
}

// putRecord writes a record with the commit; what reads it later in the same step sees it.
func (s *scene) putRecord(key string, record any) error {
	if err := s.loadRecords(); err != nil {
		return err
	}
	data, err := json.Marshal(record)
	if err != nil {
		return fmt.Errorf("write the record %s: %w", key, err)
	}
	if s.commit.Records == nil {
		s.commit.Records = make(map[string]json.RawMessage)
	}
	s.commit.Records[key], s.records[key] = data, data
	return nil
}

// dropRecord removes a record with the commit; what reads later in the same step does not see it.
func (s *scene) dropRecord(key string) error {
	if err := s.loadRecords(); err != nil {
		return err
	}
	if s.commit.Records == nil {
		s.commit.Records = make(map[string]json.RawMessage)
	}
	s.commit.Records[key] = nil
	delete(s.records, key)
	return nil
}

// goalList is the client's goals, in the client's order.
type goalList []*care.Goal

func (s *scene) goals() (goalList, error) {
	goals, err := readRecords(s, "goal/", func(a, b *care.Goal) int {
		if a.Rank != b.Rank {
			return a.Rank - b.Rank
		}
		return compareIDs(a.ID, b.ID)
	})
	for _, g := range goals {
		if day, ok := s.restsUntil(g); ok && !day.After(s.now) {
			g.Until = ""
			if err := g.MoveTo(care.Active, care.ByClient, day, ""); err != nil { // as they said when they let it rest
				return nil, fmt.Errorf("take up the goal %s: %w", g.ID, err)
			}
		}
	}
	return goals, err
}

// restsUntil is the day on which a goal that rests is to be taken up again; false where it does not rest, or has none.
func (s *scene) restsUntil(g *care.Goal) (time.Time, bool) {
	day, err := time.ParseInLocation(time.DateOnly, g.Until, s.now.Location())
	return day, err == nil && g.Status == care.Paused
}

func (s *scene) checkIns() ([]*care.CheckIn, error) {
	return readRecords(s, "check-in/", func(a, b *care.CheckIn) int { return a.At.Compare(b.At) })
}

// readRecords reads the records of one kind, sorted.
func readRecords[R any](s *scene, prefix string, compare func(a, b *R) int) ([]*R, error) {
	if err := s.loadRecords(); err != nil {
		return nil, err
	}
	var out []*R
	for key, data := range s.records {
		if len(key) < len(prefix) || key[:len(prefix)] != prefix {
			continue
		}
		r := new(R)
		if err := json.Unmarshal(data, r); err != nil {
			return nil, fmt.Errorf("read the record %s: %w", key, err)
		}
		out = append(out, r)
	}
	slices.SortFunc(out, compare)
	return out, nil
}

// compareIDs orders ids by when they were given: the longer one is the later one.
func compareIDs(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (l goalList) find(id string) *care.Goal {
	for _, g := range l {
		if g.ID == id {
			return g
		}
	}
	return nil
}

func (l goalList) open() []*care.Goal {
	var out []*care.Goal
	for _, g := range l {
		if g.Status.Open() {
			out = append(out, g)
		}
	}
	return out
}
