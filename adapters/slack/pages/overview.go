package pages

import (
	"strconv"
	"strings"

	slackapi "github.com/slack-go/slack"

	"tandem/bot/desk"
)

// Overview is the caseload: filters, and a row for each client. Note, if any, stands above it. It fails where a button
// would carry more than Slack takes.
func (t *Texts) Overview(o desk.Overview, note string) ([]slackapi.Block, error) {
	p := &page{lang: t.lang}
	p.heading(cmpOr(o.Title, t.Home.Title))
	p.aside(note)
	p.buttons(p.filters(o)...)
	p.divider()
	for _, row := range o.Rows {
		p.row(t, row)
	}
	if len(o.Rows) == 0 {
		p.words("", o.Empty)
	}
	p.buttons(p.around(t, o)...)
	p.divider()
	p.buttons(p.button(t.Home.Invite, Act{Do: Invite}))
	return p.blocks, p.err
}

// filters are a button each, with how many it would show; the chosen one is marked.
func (p *page) filters(o desk.Overview) (row []slackapi.BlockElement) {
	for _, c := range o.Counts {
		b := p.button(c.Label+" · "+strconv.Itoa(c.N), Act{Do: List, Filter: c.Filter})
		if c.Filter == o.Filter {
			b.Style = slackapi.StylePrimary
		}
		row = append(row, b)
	}
	return row[:min(len(row), 25)]
}

// row is a client: the name and how it goes, [Open], and what waits.
func (p *page) row(t *Texts, row desk.Row) {
	text := strings.TrimSpace(row.Name + "\n" + row.Status)
	b := slackapi.NewSectionBlock(plain(text, mostWords), nil,
		slackapi.NewAccessory(p.button(t.Home.Open, Act{Do: Open, Case: row.Case})), slackapi.SectionBlockOptionBlockID(p.id()))
	p.add(b)
	p.aside(row.Waiting)
}

// around leads to the rows before and after.
func (p *page) around(t *Texts, o desk.Overview) (row []slackapi.BlockElement) {
	if o.From > 0 {
		row = append(row, p.button(t.Home.Earlier, Act{Do: List, Filter: o.Filter, From: max(o.From-desk.RowsMost, 0)}))
	}
	if o.More > 0 {
		row = append(row, p.button(t.Home.More, Act{Do: List, Filter: o.Filter, From: o.From + len(o.Rows)}))
	}
	return row
}

// Stranger is what somebody sees who is no practitioner.
func (t *Texts) Stranger() []slackapi.Block {
	p := &page{lang: t.lang}
	p.words("", t.Home.Stranger)
	return p.blocks
}

func cmpOr(s, or string) string {
	if strings.TrimSpace(s) == "" {
		return or
	}
	return s
}
