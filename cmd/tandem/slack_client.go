package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tandem/adapters/slack"
	"tandem/adapters/slack/pages"
	"tandem/bot"
	"tandem/bot/desk"
)

// mostCharts are made for one part of a page; what is beyond stays numbers.
const mostCharts = 6

// client shows a client's page. It is shown at once with the charts that are at hand, and again when the others are
// uploaded, unless the person has gone elsewhere meanwhile.
func (v *viewer) client(ctx context.Context, act pages.Act) error {
	page, err := v.office.CasePage(ctx, v.dm, act.Case)
	switch {
	case errors.Is(err, bot.ErrNoCase):
		return v.caseload(ctx, pages.Act{}, v.texts.Home.Gone)
	case err != nil:
		return fmt.Errorf("read a client's page: %w", err)
	}
	charts := v.atHand(page)
	shown, err := v.part(ctx, page, charts, act.From)
	if isBad(err) && len(charts) > 0 { // somebody may have deleted a file
		v.forget(page)
		charts = map[string]string{}
		shown, err = v.part(ctx, page, charts, act.From)
	}
	if err != nil || !v.plot(ctx, page, shown.Plot, charts) || v.homes.newer(v.user) {
		return err
	}
	v.withCharts(ctx, page, charts, act.From)
	return nil
}

// part shows a part of a page.
func (v *viewer) part(ctx context.Context, page desk.Page, charts map[string]string, from int) (pages.Client, error) {
	shown, err := v.texts.Client(page, charts, from)
	if err == nil {
		err = v.publish(ctx, shown.Blocks)
	}
	return shown, err
}

// withCharts shows a page whose charts were just uploaded. Slack refuses them until they are ready, which takes a moment.
// Where they are not ready by then, the numbers stay; at the next look the charts are there.
func (v *viewer) withCharts(ctx context.Context, page desk.Page, charts map[string]string, from int) {
	for wait := 250 * time.Millisecond; wait <= 4*time.Second; wait *= 2 {
		if _, err := v.part(ctx, page, charts, from); !isBad(err) {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if v.homes.newer(v.user) {
			return
		}
	}
}

// isBad tells a refusal of what a view holds.
func isBad(err error) bool {
	var refused *bot.SendError
	return errors.As(err, &refused) && refused.Code == bot.CodeBadRequest
}

// plot uploads charts, adds their files by goal, and tells whether there are any. What cannot be made or uploaded stays
// numbers.
func (v *viewer) plot(ctx context.Context, page desk.Page, goals []string, charts map[string]string) (added bool) {
	for _, goal := range goals[:min(len(goals), mostCharts)] {
		png, err := v.office.Chart(ctx, v.dm, page.Case, goal)
		if err != nil {
			v.log.Warn("a chart could not be made; the numbers stand in its place", "platform", theSlack, "error", err)
			continue
		}
		file, err := v.UploadPrivately(ctx, slack.File{Name: "chart.png", Body: png})
		if err != nil {
			return added // the adapter has told; the others would fail alike
		}
		charts[goal], added = file, true
		v.charts.Add(v.chartKey(page, goal), file)
	}
	return added
}

// atHand are the charts of a page that were uploaded before, by goal.
func (v *viewer) atHand(page desk.Page) map[string]string {
	files := map[string]string{}
	for _, g := range page.Goals {
		if file, ok := v.charts.Get(v.chartKey(page, g.ID)); ok {
			files[g.ID] = file
		}
	}
	return files
}

func (v *viewer) forget(page desk.Page) {
	for _, g := range page.Goals {
		v.charts.Remove(v.chartKey(page, g.ID))
	}
}

// chartKey tells charts apart by what is on them: the ratings up to today.
func (v *viewer) chartKey(page desk.Page, goal string) string {
	about := []any{v.dm, page.Case, goal, v.clock().UTC().Format(time.DateOnly)}
	for _, g := range page.Goals {
		if g.ID == goal {
			about = append(about, g.Ratings)
		}
	}
	data, err := json.Marshal(about)
	if err != nil {
		return v.dm + page.Case + goal
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
