package desk

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/go-analyze/charts"
)

// ErrTooFew is returned where there is nothing to draw: one point is no line.
var ErrTooFew = errors.New("a chart needs two ratings from 0 to 10: show the numbers as text")

// The chart, in pixels: its size, and how far from each edge the lines stand.
const (
	chartWidth, chartHeight                      = 600, 240
	chartLeft, chartRight, chartTop, chartBottom = 40, 24, 16, 36
	chartText                                    = 10.0
	chartDateWidth                               = 78
	chartPlotWidth                               = chartWidth - chartLeft - chartRight
	chartPlotHeight                              = chartHeight - chartTop - chartBottom
)

// Chart draws ratings from 0 to 10 over time as a line, a PNG of 600 by 240 pixels. The time goes on to now, so that a
// silence is seen as one. It holds no words, and dates as numbers, in the zone of now. Values off the ruler are left out.
func Chart(ratings []Rating, now time.Time) ([]byte, error) {
	ratings = slices.DeleteFunc(slices.Clone(ratings), func(r Rating) bool { return r.Value < 0 || r.Value > 10 })
	if len(ratings) < 2 {
		return nil, ErrTooFew
	}
	slices.SortStableFunc(ratings, func(a, b Rating) int { return a.At.Compare(b.At) })
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: chartWidth, Height: chartHeight})
	p.FilledRect(0, 0, chartWidth, chartHeight, charts.ColorWhite, charts.ColorWhite, 0)
	drawRuler(p)
	from, to := ratings[0].At, ratings[len(ratings)-1].At
	if now.After(to) {
		to = now
	}
	drawDates(p, from.In(now.Location()), to.In(now.Location()))
	line := points(ratings, from, to)
	ink := charts.ColorRGB(0x1F, 0x5F, 0x8B)
	p.LineStroke(line, ink, 2)
	p.Dots(line, ink, ink, 1, 4)
	png, err := p.Bytes()
	if err != nil {
		return nil, fmt.Errorf("draw the chart of %d ratings: %w", len(ratings), err)
	}
	return png, nil
}

// points puts ratings where they belong. Where all are of the same moment, they stand side by side.
func points(ratings []Rating, from, to time.Time) []charts.Point {
	out := make([]charts.Point, len(ratings))
	for i, r := range ratings {
		along := float64(i) / float64(len(ratings)-1)
		if span := to.Sub(from); span > 0 {
			along = float64(r.At.Sub(from)) / float64(span)
		}
		out[i] = charts.Point{X: chartLeft + int(along*chartPlotWidth+0.5), Y: height(r.Value)}
	}
	return out
}

// height is where a value stands.
func height(value int) int { return chartTop + chartPlotHeight*(10-value)/10 }

// drawRuler draws the lines of the values, every second one named.
func drawRuler(p *charts.Painter) {
	grey := charts.ColorRGB(0xDD, 0xDD, 0xDD)
	for value := 0; value <= 10; value += 2 {
		y := height(value)
		p.LineStroke([]charts.Point{{X: chartLeft, Y: y}, {X: chartWidth - chartRight, Y: y}}, grey, 1)
		p.Text(strconv.Itoa(value), chartLeft-24, y+4, 0, chartFont())
	}
}

// drawDates names the first day and the last.
func drawDates(p *charts.Painter, from, to time.Time) {
	y := chartHeight - chartBottom + 22
	first, last := from.Format(time.DateOnly), to.Format(time.DateOnly)
	p.Text(first, chartLeft, y, 0, chartFont())
	if first != last {
		p.Text(last, chartWidth-chartRight-chartDateWidth, y, 0, chartFont())
	}
}

func chartFont() charts.FontStyle {
	return charts.FontStyle{FontSize: chartText, FontColor: charts.ColorRGB(0x44, 0x44, 0x44)}
}
