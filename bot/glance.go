package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"tandem/bot/care"
	"tandem/bot/desk"
)

// glancesAtOnce is how many clients are looked at at once.
const glancesAtOnce = 64

// glance reads what a client has opened to their practitioner, and nothing else: the grants, and, where they agreed to be
// asked after, when they were last heard. ErrNoCase where they do not work with this practitioner any more.
func (b *Bot) glance(ctx context.Context, practitioner string, c *care.Case) (desk.Case, error) {
	out := desk.Case{ID: c.ID, Name: c.Name, Since: c.Since}
	snap, err := b.Store.Load(ctx, c.Conversation)
	if err != nil {
		return out, fmt.Errorf("look at a client: %w", err)
	}
	st, err := readState(snap.State)
	if err != nil {
		return out, err
	}
	if st.Client.Practitioner != practitioner {
		return out, ErrNoCase
	}
	out.Lang = st.Client.Lang
	if st.Client.TellSilence && !st.Client.Stopped {
		out.Open, out.Heard, out.Missed, out.Next = true, st.Nudges.Ledger.Heard, st.Nudges.Ledger.Silent, st.Nudges.Next
	}
	records, err := b.Store.Records(ctx, c.Conversation, "grant/")
	if err != nil {
		return out, fmt.Errorf("look at a client: %w", err)
	}
	for key, data := range records {
		var g care.Grant
		if err := json.Unmarshal(data, &g); err != nil {
			return out, fmt.Errorf("read the record %s: %w", key, err)
		}
		if g.Open() && g.Audience == practitionerFor {
			out.Grants = append(out.Grants, g)
		}
	}
	slices.SortFunc(out.Grants, func(a, b care.Grant) int { return compareIDs(a.ID, b.ID) })
	return out, nil
}

// glances reads all of a caseload, many at once. Who works with the practitioner no longer is left out.
func (b *Bot) glances(ctx context.Context, practitioner string, cases []*care.Case, matters []*care.Matter) ([]desk.Case, error) {
	found, errs := make([]*desk.Case, len(cases)), make([]error, len(cases))
	var all sync.WaitGroup
	for w := range min(glancesAtOnce, len(cases)) {
		all.Go(func() {
			for i := w; i < len(cases); i += glancesAtOnce {
				c, err := b.glance(ctx, practitioner, cases[i])
				switch {
				case err == nil:
					found[i] = &c
				case !isNoCase(err):
					errs[i] = err
				}
			}
		})
	}
	all.Wait()
	var out []desk.Case
	for i, c := range found {
		if errs[i] != nil {
			return nil, errs[i]
		}
		if c == nil {
			continue
		}
		for _, m := range matters {
			if m.Case == c.ID {
				c.Waiting = append(c.Waiting, desk.Waiting{ID: m.ID, Kind: desk.Kind(m.Kind), At: m.At, Goal: m.Goal})
			}
		}
		out = append(out, *c)
	}
	return out, nil
}

// shownOf notes that what this step says rests on what these clients have opened: it is looked at again when it is sent
// (invariant 9). And each client can see that it was read.
func (s *scene) shownOf(what string, cases ...desk.Case) error {
	loads, err := s.caseload()
	if err != nil {
		return err
	}
	for _, c := range cases {
		if len(c.Grants) == 0 && !c.Open {
			continue
		}
		for _, load := range loads {
			if load.ID == c.ID {
				s.rests = append(s.rests, load.Conversation)
				s.looks = append(s.looks, load.Conversation+" "+what)
			}
		}
	}
	return nil
}

// tellLooks lets clients know of the looks of this step, after what the practitioner is to read.
func (s *scene) tellLooks() {
	for _, look := range s.looks {
		conversation, what, _ := strings.Cut(look, " ")
		s.relay(conversation, seen, map[string]any{"by": s.ownName(), "what": what})
	}
	s.looks = nil
}

// stillOpen tells whether everything that an outbox entry rests on stands open as it did when it was written.
func (b *Bot) stillOpen(ctx context.Context, o Outgoing) (bool, error) {
	for _, conversation := range o.Rests {
		records, err := b.Store.Records(ctx, conversation, "grant/")
		if err != nil {
			return false, fmt.Errorf("read the grants that a message rests on: %w", err)
		}
		if len(records) == 0 {
			return false, nil // erased
		}
		for key, data := range records {
			var g care.Grant
			if err := json.Unmarshal(data, &g); err != nil {
				return false, fmt.Errorf("read the record %s: %w", key, err)
			}
			if !g.Withdrawn.Before(o.Written) {
				return false, nil
			}
		}
	}
	return true, nil
}

// keepRead notes in a client's own conversation that their practitioner looked at what they opened.
func (s *scene) keepRead() error {
	s.keepNeeds()
	by, _ := s.update.With["by"].(string)
	what, _ := s.update.With["what"].(string)
	r := care.Read{ID: s.newID("l"), By: by, What: what, At: s.update.At}
	return s.putRecord("read/"+r.ID, r)
}

// reads are the looks that a practitioner had at what this client opened, the last one first.
func (s *scene) reads() ([]*care.Read, error) {
	return readRecords(s, "read/", func(a, b *care.Read) int { return compareIDs(b.ID, a.ID) })
}
