package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tandem/bot/care"
	"tandem/bot/desk"
	"tandem/dialog"
)

// deskInput is what a practitioner's flow wants to know; known is false for a name of something else. Handed is what
// the flow was begun with.
func (s *scene) deskInput(name string, handed map[string]any) (v dialog.Value, known bool, err error) {
	text := func(key string) string { v, _ := handed[key].(string); return v }
	switch name {
	case "own_name":
		return dialog.TextValue(s.ownName()), true, nil
	case "clients":
		v, err = s.clientOptions()
		return v, true, err
	case "suggested_name":
		name, err := s.suggestedName()
		return dialog.TextValue(name), true, err
	case "matters", "matter_count":
		all, err := s.matters()
		return dialog.NumberValue(float64(len(all))), true, err
	case "digest_says":
		return dialog.TextValue(s.digestSays()), true, nil
	}
	if rest, ok := strings.CutPrefix(name, "invite_"); ok {
		v, err = s.inviteInput(rest)
		return v, true, err
	}
	if rest, ok := strings.CutPrefix(name, "client_"); ok {
		v, err = s.clientInput(rest, text("case"), text("goal"))
		return v, true, err
	}
	if name == "matter" {
		v, err = s.matterInput(text("case"), text("goal"))
		return v, true, err
	}
	return v, false, nil
}

func (s *scene) clientOptions() (dialog.Value, error) {
	cases, err := s.caseload()
	if err != nil {
		return dialog.Value{}, err
	}
	matters, err := s.matters()
	waits := func(c *care.Case) int { // who waits comes first
		if slices.ContainsFunc(matters, func(m *care.Matter) bool { return m.Case == c.ID }) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(cases, func(a, b *care.Case) int { return waits(a) - waits(b) })
	out := make([]dialog.Option, 0, len(cases))
	for _, c := range cases {
		out = append(out, dialog.Option{ID: c.ID, Label: shorten(c.Name, goalLabel)})
	}
	return dialog.OptionsValue(out), err
}

// digestSays is the rhythm of the digest in words; "" for none.
func (s *scene) digestSays() string {
	if s.state.Desk == nil || s.state.Desk.Rhythm == "" {
		return ""
	}
	spec, every := splitRhythm(s.state.Desk.Rhythm)
	return s.pack().SayRhythm(spec, every)
}

// inviteInput is one thing of the newest invite.
func (s *scene) inviteInput(name string) (dialog.Value, error) {
	all, err := s.invites()
	if err != nil || len(all) == 0 {
		return dialog.TextValue(""), err
	}
	i := all[len(all)-1]
	switch name {
	case "name":
		return dialog.TextValue(i.Name), nil
	case "code":
		return dialog.TextValue(strings.Join([]string{i.Code[:min(4, len(i.Code))], chunk(i.Code, 4), chunk(i.Code, 8), chunk(i.Code, 12), chunk(i.Code, 16)}, "-")), nil
	case "link":
		if s.bot.Settings.InviteLink == nil {
			return dialog.TextValue(""), nil
		}
		return dialog.TextValue(s.bot.Settings.InviteLink(i.Code)), nil
	case "until":
		return dialog.TextValue(s.day(i.Until)), nil
	}
	return dialog.TextValue(""), nil
}

// chunk is four characters of a code, which is easier to type in parts.
func chunk(code string, from int) string {
	return code[min(from, len(code)):min(from+4, len(code))]
}

// clientInput is one thing of a client, as far as they have opened it.
func (s *scene) clientInput(name, caseID, goal string) (dialog.Value, error) {
	c, err := s.glanceOne(caseID)
	if isNoCase(err) {
		return dialog.TextValue(""), nil
	}
	if err != nil {
		return dialog.Value{}, err
	}
	page := s.bot.desk.Page(s.state.Client.Lang, c, s.now)
	switch name {
	case "name":
		return dialog.TextValue(c.Name), nil
	case "goals":
		s.reading(c)
		return pageGoals(page), nil
	case "page":
		s.reading(c)
		return dialog.TextValue(pageText(page)), nil
	}
	for _, g := range page.Goals {
		if g.ID != goal {
			continue
		}
		s.reading(c)
		switch name {
		case "goal_words":
			return dialog.TextValue(g.Title), nil
		case "goal_version":
			return dialog.NumberValue(float64(g.Version)), nil
		case "goal_lines":
			return dialog.TextValue(strings.Join(g.Lines, "\n")), nil
		}
	}
	if name == "goal_version" {
		return dialog.NumberValue(0), nil
	}
	return dialog.TextValue(""), nil
}

// reading notes that this step shows what a client has opened, once a step.
func (s *scene) reading(c desk.Case) {
	if s.readOf[c.ID] {
		return
	}
	if s.readOf == nil {
		s.readOf = make(map[string]bool)
	}
	s.readOf[c.ID] = true
	if d := s.atDesk(); !slices.Contains(d.Shown, c.ID) {
		d.Shown = append(d.Shown, c.ID)
	}
	if err := s.shownOf("talk", c); err != nil {
		s.fault = cmp.Or(s.fault, err)
	}
}

// pageGoals are the goals that a client opened, for a menu.
func pageGoals(p desk.Page) dialog.Value {
	var out []dialog.Option
	for _, g := range p.Goals {
		out = append(out, dialog.Option{ID: g.ID, Label: shorten(g.Title, goalLabel)})
	}
	return dialog.OptionsValue(out)
}

// pageText is a client's page as a message.
func pageText(p desk.Page) string {
	lines := append([]string{p.Name}, p.Lines...)
	lines = append(lines, p.Waiting...)
	for _, g := range p.Goals {
		lines = append(append(lines, ""), goalLines(g)...)
	}
	for _, f := range p.Findings {
		lines = append(lines, "", f.Rule+": "+f.Why, f.Prompt)
	}
	return strings.Join(append(lines, "", p.Private), "\n")
}

// matterInput is the id of the offer of a goal, or of anything else of a client that waits; "" for none.
func (s *scene) matterInput(caseID, goal string) (dialog.Value, error) {
	all, err := s.allMatters()
	for _, m := range all {
		if m.Case == caseID && (goal == "" || m.Goal == goal) {
			return dialog.TextValue(m.ID), err
		}
	}
	return dialog.TextValue(""), err
}

// togetherInput is what a client's flow wants to know of the work with their practitioner.
func (s *scene) togetherInput(name string, handed map[string]any) (v dialog.Value, known bool, err error) {
	id, _ := handed["proposal"].(string)
	switch name {
	case "answers_within":
		return dialog.TextValue(s.bot.Settings.Answers[s.state.Client.Practitioner]), true, nil
	case "alarm":
		return dialog.YesValue(s.state.Alarm != ""), true, nil
	case "shared_with":
		v, err = s.sharedText()
		return v, true, err
	case "bond_weeks":
		return dialog.NumberValue(float64(s.state.Bonds.Weeks)), true, nil
	case "bond_shown":
		bond, err := s.ownBond("")
		return dialog.YesValue(bond != nil && bond.Show), true, err
	case "looks":
		v, err = s.looksText()
		return v, true, err
	case "proposals":
		v, err = s.proposalOptions()
		return v, true, err
	}
	rest, ok := strings.CutPrefix(name, "proposal_")
	if !ok && name != "proposal" {
		return v, false, nil
	}
	p, err := s.proposal(id)
	if err != nil {
		return v, true, err
	}
	if p == nil {
		p = &care.Proposal{}
	}
	if name == "proposal" {
		return dialog.TextValue(p.ID), true, nil
	}
	v, err = s.proposalInput(rest, p)
	return v, true, err
}

// proposalInput is one thing of a proposal that reached this client.
func (s *scene) proposalInput(name string, p *care.Proposal) (dialog.Value, error) {
	goals, err := s.goals()
	if err != nil {
		return dialog.Value{}, err
	}
	now := care.Version{}
	g := goals.find(p.Goal)
	if g != nil {
		now = g.Now()
	}
	switch name {
	case "kind":
		return dialog.TextValue(string(p.Kind)), nil
	case "text":
		return dialog.TextValue(p.Text), nil
	case "note":
		return dialog.TextValue(p.Note), nil
	case "answer":
		return dialog.TextValue(p.Answer), nil
	case "goal":
		return dialog.TextValue(p.Goal), nil
	case "words":
		return dialog.TextValue(now.Words), nil
	case "now": // what stands there now where the proposal would be
		return dialog.TextValue(map[care.ProposalKind]string{
			care.Rewording: now.Words, care.NewMeasure: now.Measure, care.SmallerStep: now.Step,
		}[p.Kind]), nil
	case "crossed": // the goal has changed since the practitioner saw it
		return dialog.YesValue(g != nil && p.Base > 0 && p.Base != len(g.Versions)), nil
	case "stands": // the goal is still there to be changed
		return dialog.YesValue(p.Goal == "" || (g != nil && g.Status.Open())), nil
	}
	return dialog.TextValue(""), nil
}

// proposalOptions are the proposals that wait for the client's answer.
func (s *scene) proposalOptions() (dialog.Value, error) {
	all, err := s.proposals()
	var out []dialog.Option
	for _, p := range all {
		if p.Answer == "" && p.Kind.Asks() {
			out = append(out, dialog.Option{ID: p.ID, Label: shorten(cmp.Or(p.Text, string(p.Kind)), goalLabel)})
		}
	}
	return dialog.OptionsValue(out), err
}

// sharedText is everything that stands open to the practitioner, as it stands on their page of this client.
func (s *scene) sharedText() (dialog.Value, error) {
	grants, err := s.grants()
	if err != nil {
		return dialog.Value{}, err
	}
	c := desk.Case{Name: s.state.Client.Alias}
	for _, g := range grants {
		if g.Open() && g.Audience == practitionerFor {
			c.Grants = append(c.Grants, *g)
		}
	}
	var parts []string
	for _, g := range s.bot.desk.Page(s.state.Client.Lang, c, s.now).Goals {
		parts = append(parts, strings.Join(goalLines(g), "\n"))
	}
	return dialog.TextValue(strings.Join(parts, "\n\n")), nil
}

// goalLines is a goal as it stands on a page, line by line.
func goalLines(g desk.Goal) []string {
	lines := append(append([]string{g.Title}, g.Lines...), g.History...)
	var ratings []string
	for _, r := range g.Ratings {
		ratings = append(ratings, fmt.Sprint(r.Value))
	}
	if len(ratings) > 1 {
		lines = append(lines, strings.Join(ratings, " · "))
	}
	return append(lines, g.Shared...)
}

// looksMost is how many looks are listed; the export has all.
const looksMost = 10

// looksText is when the practitioner looked, the last time first.
func (s *scene) looksText() (dialog.Value, error) {
	all, err := s.reads()
	var lines []string
	for _, r := range all {
		line := s.day(r.At) + ", " + r.At.In(s.now.Location()).Format("15:04") + " · " + r.By
		if len(lines) < looksMost && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return dialog.TextValue(strings.Join(lines, "\n")), err
}
