package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"tandem/bot/care"
	"tandem/bot/desk"
)

func isNoCase(err error) bool { return errors.Is(err, ErrNoCase) }

// Overview is a practitioner's caseload at a glance, from a row on. It fails with ErrNotPractitioner for anybody else.
func (b *Bot) Overview(ctx context.Context, conversation string, filter desk.Filter, from int) (desk.Overview, error) {
	s, cases, err := b.lookAtAll(ctx, conversation, "overview")
	if err != nil {
		return desk.Overview{}, fmt.Errorf("make an overview: %w", err)
	}
	return b.desk.Overview(s.state.Client.Lang, cases, filter, from, s.now), nil
}

// CasePage is everything that a practitioner may see of one client. It fails with ErrNotPractitioner, or with ErrNoCase.
func (b *Bot) CasePage(ctx context.Context, conversation, caseID string) (desk.Page, error) {
	s, c, err := b.lookAt(ctx, conversation, caseID)
	if err != nil {
		return desk.Page{}, fmt.Errorf("make a client's page: %w", err)
	}
	return b.desk.Page(s.state.Client.Lang, c, s.now), nil
}

// Chart draws how a goal that was opened went, as a PNG. It fails as CasePage does, or with desk.ErrTooFew.
func (b *Bot) Chart(ctx context.Context, conversation, caseID, goal string) ([]byte, error) {
	s, c, err := b.lookAt(ctx, conversation, caseID)
	if err != nil {
		return nil, fmt.Errorf("draw a chart: %w", err)
	}
	for _, g := range b.desk.Page(s.state.Client.Lang, c, s.now).Goals {
		if g.ID == goal {
			return desk.Chart(g.Ratings, s.now)
		}
	}
	return nil, fmt.Errorf("draw a chart: %w", desk.ErrTooFew)
}

// Practises tells whether a conversation is a practitioner's.
func (b *Bot) Practises(ctx context.Context, conversation string) (bool, error) {
	s, err := b.look(ctx, conversation)
	if err != nil {
		return false, err
	}
	return s.practises(), nil
}

// lookAtAll reads a whole caseload for a page.
func (b *Bot) lookAtAll(ctx context.Context, conversation, what string) (*scene, []desk.Case, error) {
	s, err := b.look(ctx, conversation)
	if err != nil {
		return nil, nil, err
	}
	if !s.practises() {
		return nil, nil, ErrNotPractitioner
	}
	all, err := s.glanceAll()
	if err != nil {
		return nil, nil, err
	}
	return s, all, b.looked(ctx, s, what, "")
}

// lookAt reads one client for a page.
func (b *Bot) lookAt(ctx context.Context, conversation, caseID string) (*scene, desk.Case, error) {
	s, err := b.look(ctx, conversation)
	if err != nil {
		return nil, desk.Case{}, err
	}
	if !s.practises() {
		return nil, desk.Case{}, ErrNotPractitioner
	}
	c, err := s.glanceOne(caseID)
	if err != nil {
		return nil, desk.Case{}, err
	}
	return s, c, b.looked(ctx, s, "page", caseID)
}

// glanceAll is the whole caseload, as far as it is open.
func (s *scene) glanceAll() ([]desk.Case, error) {
	cases, err := s.caseload()
	if err != nil {
		return nil, err
	}
	matters, err := s.matters()
	if err != nil {
		return nil, err
	}
	return s.withBonds(s.bot.glances(s.ctx, s.snap.Conversation, cases, matters))
}

// withBonds adds what clients have said of the work together and would show. The pages make of it a thought for support,
// and never a number.
func (s *scene) withBonds(all []desk.Case, err error) ([]desk.Case, error) {
	for i := range all {
		b, errBond := s.theirBond(all[i].ID)
		err = cmp.Or(err, errBond)
		if b == nil || !b.Show {
			continue
		}
		fields := map[string]any{"relationship": true}
		for name, level := range map[string]*int{"heard": b.Heard, "worked-on": b.WorkedOn, "fit": b.Fit} {
			if level != nil {
				fields[name] = *level
			}
		}
		all[i].Grants = append(all[i].Grants, care.Grant{Audience: practitionerFor, At: b.At, Fields: fields})
	}
	return all, err
}

// glanceOne is one client, as far as they are open; ErrNoCase where there is none.
func (s *scene) glanceOne(caseID string) (desk.Case, error) {
	if c, ok := s.glanced[caseID]; ok {
		return c, nil // all that a step says of a client is of one moment
	}
	c, err := s.findCase(caseID)
	if err != nil {
		return desk.Case{}, err
	}
	if c == nil {
		return desk.Case{}, ErrNoCase
	}
	matters, err := s.matters()
	if err != nil {
		return desk.Case{}, err
	}
	all, err := s.withBonds(s.bot.glances(s.ctx, s.snap.Conversation, []*care.Case{c}, matters))
	if err == nil && len(all) == 0 {
		err = ErrNoCase
	}
	if err != nil {
		return desk.Case{}, err
	}
	if s.glanced == nil {
		s.glanced = make(map[string]desk.Case)
	}
	s.glanced[caseID] = all[0]
	return all[0], nil
}

// looked notes, before a page is shown, that the practitioner looks at it. Looks of one kind within an hour are one: a page
// is drawn anew for every button.
func (b *Bot) looked(ctx context.Context, s *scene, what, caseID string) error {
	hour := s.now.Unix() / 3600
	err := b.receive(ctx, Update{
		Delivery:     fmt.Sprintf("%s:looked:%s:%s:%d", s.snap.Conversation, what, caseID, hour),
		Conversation: s.snap.Conversation, At: s.now, Event: looked, With: map[string]any{"what": what, "case": caseID},
	}, false)
	if err != nil {
		return fmt.Errorf("note a look: %w", err)
	}
	return nil
}

// noteLook tells the clients whose pages were looked at.
func (s *scene) noteLook() error {
	s.keepNeeds()
	what, _ := s.update.With["what"].(string)
	caseID, _ := s.update.With["case"].(string)
	var all []desk.Case
	var err error
	if caseID == "" {
		all, err = s.glanceAll()
	} else {
		var one desk.Case
		one, err = s.glanceOne(caseID)
		all = []desk.Case{one}
	}
	switch {
	case isNoCase(err):
		return nil
	case err != nil:
		return err
	}
	return s.shownOf(what, all...)
}
