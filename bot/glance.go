package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"tandem/bot/care"
	"tandem/bot/desk"
)

// glancesAtOnce is how many clients are looked at at once.
const glancesAtOnce = 64

// glance reads what a client has opened to their practitioner, and nothing else: the grants, and, where they agreed to
// that, that they have been silent. ErrNoCase where they do not work with this practitioner any more.
func (b *Bot) glance(ctx context.Context, practitioner string, c *care.Case) (desk.Case, error) {
	out := desk.Case{ID: c.ID, Name: c.Name, Since: c.Since}
	snap, err := b.Store.Load(ctx, c.Conversation)
	if err != nil {
		return out, fmt.Errorf("look at a client: %w", &storeError{err})
	}
	st, err := readState(snap.State)
	if err != nil {
		return out, err
	}
	if st.Client.Practitioner != practitioner {
		return out, ErrNoCase
	}
	out.Lang = st.Client.Lang
	if !st.Client.Consented() {
		return out, nil
	}
	if l := st.Nudges.Ledger; st.Client.TellSilence && l.Silent >= 2 { // they agreed to a silence being told, and to no more
		out.Open, out.Heard, out.Missed = true, l.Heard, l.Silent
	}
	records, err := b.Store.Records(ctx, c.Conversation, "grant/")
	if err != nil {
		return out, fmt.Errorf("look at a client: %w", &storeError{err})
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
				case isStoreError(err):
					errs[i] = err
				case !isNoCase(err):
					b.Log.Error("a client cannot be read; left out of the practitioner's page", "error", err)
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

// look is a client who is to know that their practitioner looked at what they have opened, and at what.
type look struct{ conversation, what string }

// shownOf notes that what this step says rests on what these clients have opened: it is looked at again when it is sent
// (invariant 9). And each client can see that it was read.
func (s *scene) shownOf(what string, cases ...desk.Case) error {
	loads, err := s.caseload()
	if err != nil {
		return err
	}
	places := make(map[string]string, len(loads))
	for _, load := range loads {
		places[load.ID] = load.Conversation
	}
	for _, c := range cases {
		if len(c.Grants) == 0 && !c.Open {
			continue
		}
		rest := Rest{Conversation: places[c.ID], Silence: c.Open}
		for _, g := range c.Grants {
			if g.ID != "" { // else it is the answers on the work together, of which no page shows a word
				rest.Grants = append(rest.Grants, g.ID)
			}
		}
		s.rests = append(s.rests, rest)
		s.looks = append(s.looks, look{rest.Conversation, what})
	}
	return nil
}

// restOnTalk has what is said rest on everything that the talk under way has shown, also where an earlier step read it.
func (s *scene) restOnTalk() {
	if s.state.Desk == nil || s.state.Session == nil {
		return
	}
	for _, id := range s.state.Desk.Shown {
		if s.readOf[id] {
			continue
		}
		c, err := s.glanceOne(id)
		switch {
		case isNoCase(err):
			continue
		case err != nil:
			s.fault = cmp.Or(s.fault, err)
			return
		}
		if s.readOf == nil {
			s.readOf = make(map[string]bool)
		}
		s.readOf[id] = true
		looks := s.looks
		s.fault = cmp.Or(s.fault, s.shownOf("talk", c))
		s.looks = looks // it is the same look
	}
}

// tellLooks lets clients know of the looks of this step, after what the practitioner is to read.
func (s *scene) tellLooks() {
	for _, l := range s.looks {
		s.relay(l.conversation, seen, map[string]any{"by": s.ownName(), "what": l.what})
	}
	s.looks = nil
}

// stillOpen tells whether everything that an outbox entry rests on stands open.
func (b *Bot) stillOpen(ctx context.Context, o Outgoing) (bool, error) {
	for _, rest := range o.Rests {
		open, err := b.restHolds(ctx, rest)
		if err != nil || !open {
			return false, err
		}
	}
	return true, nil
}

func (b *Bot) restHolds(ctx context.Context, rest Rest) (bool, error) {
	if rest.Silence {
		snap, err := b.Store.Load(ctx, rest.Conversation)
		if err != nil {
			return false, fmt.Errorf("read what a message rests on: %w", err)
		}
		st, err := readState(snap.State)
		if err != nil || !st.Client.TellSilence {
			return false, err
		}
	}
	if len(rest.Grants) == 0 {
		return true, nil
	}
	records, err := b.Store.Records(ctx, rest.Conversation, "grant/")
	if err != nil {
		return false, fmt.Errorf("read the grants that a message rests on: %w", err)
	}
	for _, id := range rest.Grants {
		if open, err := b.granted(records, id); err != nil || !open {
			return false, err
		}
	}
	return true, nil
}

// takenBack drops a message that rests on what was taken back since, and has the practitioner told that something is
// not there any more.
func (b *Bot) takenBack(ctx context.Context, conversation string, o Outgoing) error {
	err := b.ingestOnly(ctx, Update{
		Delivery: fmt.Sprintf("%s:stale:%d", conversation, o.ID), Conversation: conversation, At: b.Clock(), Event: Notify,
		With: map[string]any{"about": "stale"},
	})
	if err != nil {
		return err
	}
	return b.mark(ctx, conversation, o.ID, "")
}

// keepRead notes in a client's own conversation that their practitioner looked at what they opened.
func (s *scene) keepRead() error {
	s.keepNeeds()
	by, _ := s.update.With["by"].(string)
	what, _ := s.update.With["what"].(string)
	// Looks of one kind within an hour are one.
	r := care.Read{ID: "l" + strconv.FormatInt(s.update.At.Unix()/3600, 36) + what, By: by, What: what, At: s.update.At}
	return s.putRecord("read/"+r.ID, r)
}

// reads are the looks that a practitioner had at what this client opened, the last one first.
func (s *scene) reads() ([]*care.Read, error) {
	return readRecords(s, "read/", func(a, b *care.Read) int { return b.At.Compare(a.At) })
}
