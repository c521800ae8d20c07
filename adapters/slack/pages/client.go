package pages

import (
	"strconv"
	"strings"

	slackapi "github.com/slack-go/slack"

	"tandem/bot/desk"
)

// mostRatings is how many numbers are written out.
const mostRatings = 30

// Client is a part of a client's page.
type Client struct {
	Blocks []slackapi.Block
	// Plot are the goals in this part whose ratings are written as numbers and could be a chart.
	Plot []string
}

// Client is what a practitioner may see of a client, from the block on that [More] of the part before named. Charts are
// the files of charts by goal; where there is none, the ratings are numbers. It fails where a button would carry more
// than Slack takes.
func (t *Texts) Client(c desk.Page, charts map[string]string, from int) (Client, error) {
	body := &page{lang: t.lang}
	plot := t.body(body, c, charts)
	from, to := part(body.blocks, from)
	p := &page{lang: t.lang}
	p.heading(c.Name)
	p.buttons(p.button(t.Home.Back, Act{Do: List}), p.button(fill(t.Home.Write, "name", c.Name), Act{Do: Letter, Case: c.Case, Name: c.Name}))
	out := Client{}
	for i := from; i < to; i++ {
		if goal, ok := plot[i]; ok {
			out.Plot = append(out.Plot, goal)
		}
		p.add(body.blocks[i])
	}
	var row []slackapi.BlockElement
	if from > 0 {
		before, _ := part(body.blocks, from-1)
		row = append(row, p.button(t.Home.Earlier, Act{Do: Open, Case: c.Case, From: before}))
	}
	if to < len(body.blocks) {
		row = append(row, p.button(t.Home.More, Act{Do: Open, Case: c.Case, From: to}))
	}
	for i, b := range p.blocks {
		name(b, i)
	}
	p.buttons(row...)
	p.aside(c.Private)
	out.Blocks = p.blocks
	if body.err != nil {
		return out, body.err
	}
	return out, p.err
}

// part finds the part of a long page that a block is in. Parts are cut the same way whichever is asked for, so that
// [Earlier] leads where [More] came from.
func part(blocks []slackapi.Block, at int) (from, to int) {
	at = min(max(at, 0), max(len(blocks)-1, 0))
	for from < len(blocks) {
		size := 0
		for to = from; to < len(blocks) && to-from < mostBlocks; to++ {
			if size += units(blocks[to]); size > mostUnits && to > from {
				break
			}
		}
		if at < to {
			return from, to
		}
		from = to
	}
	return from, to
}

// body is everything but the frame. It tells which blocks are ratings that could be a chart.
func (t *Texts) body(p *page, c desk.Page, charts map[string]string) map[int]string {
	plot := map[int]string{}
	p.words("", strings.Join(c.Lines, "\n"))
	p.list(t.Home.Waiting, c.Waiting)
	for _, f := range c.Findings {
		p.words(f.Rule, strings.TrimSpace(f.Why+"\n"+f.Prompt))
	}
	for _, g := range c.Goals {
		p.divider()
		p.words(g.Title, strings.Join(g.Lines, "\n"))
		if len(g.Ratings) > 0 {
			if t.ratings(p, g, charts[g.ID]) {
				plot[len(p.blocks)-1] = g.ID
			}
		}
		p.list(t.Home.Shared, g.Shared)
		p.list(t.Home.History, g.History)
		p.buttons(p.button(t.Home.Suggest, Act{Do: Suggest, Case: c.Case, Name: c.Name, Goal: g.ID, Title: g.Title, Base: g.Version}))
	}
	p.divider()
	p.buttons(p.button(t.Home.NewGoal, Act{Do: Suggest, Case: c.Case, Name: c.Name}))
	return plot
}

// ratings shows how a goal went, and tells whether it could be a chart and is not. Two points make a chart, and no more
// is said of them than the numbers.
func (t *Texts) ratings(p *page, g desk.Goal, file string) (could bool) {
	last := g.Ratings[max(0, len(g.Ratings)-mostRatings):]
	numbers := make([]string, len(last))
	for i, r := range last {
		numbers[i] = strconv.Itoa(r.Value)
	}
	text := fill(t.Home.Ratings, "numbers", strings.Join(numbers, ", "))
	if len(g.Ratings) >= 2 && file != "" {
		p.add(slackapi.NewImageBlockSlackFile(&slackapi.SlackFileObject{ID: file}, text, p.id(), nil))
		return false
	}
	p.words("", text)
	return len(g.Ratings) >= 2
}

// name gives a block the name that its place has: parts of a page are put together from elsewhere.
func name(b slackapi.Block, place int) {
	id := "b" + strconv.Itoa(place)
	switch b := b.(type) {
	case *slackapi.RichTextBlock:
		b.BlockID = id
	case *slackapi.ActionBlock:
		b.BlockID = id
	case *slackapi.DividerBlock:
		b.BlockID = id
	case *slackapi.ImageBlock:
		b.BlockID = id
	case *slackapi.HeaderBlock:
		b.BlockID = id
	}
}
