package desk_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"slices"
	"sync"
	"testing"

	"tandem/bot/desk"
)

func ratings(days []int, values ...int) []desk.Rating {
	var out []desk.Rating
	for i, v := range values {
		out = append(out, desk.Rating{At: ago(days[i]), Value: v})
	}
	return out
}

func TestChart(t *testing.T) {
	for _, test := range []struct {
		name    string
		ratings []desk.Rating
		dots    []image.Point // where the line's own colour must be
		blank   []image.Point // where it must not
	}{
		{"from ten to nought", ratings([]int{10, 0}, 10, 0), []image.Point{{40, 16}, {576, 204}, {308, 110}}, []image.Point{{576, 16}, {40, 204}}},
		{"time has its length", ratings([]int{10, 5, 0}, 5, 10, 5), []image.Point{{40, 110}, {308, 16}, {576, 110}}, []image.Point{{308, 110}}},
		{"in any order", ratings([]int{0, 10, 5}, 5, 5, 10), []image.Point{{40, 110}, {308, 16}, {576, 110}}, []image.Point{{308, 110}}},
		{"up to now", ratings([]int{10, 5}, 5, 5), []image.Point{{40, 110}, {308, 110}}, []image.Point{{400, 110}, {576, 110}}},
		{"at one moment", ratings([]int{3, 3}, 2, 8), []image.Point{{40, 166}}, nil},
		{"off the ruler", ratings([]int{10, 5, 0}, 5, 11, 5), []image.Point{{40, 110}, {308, 110}, {576, 110}}, []image.Point{{308, 16}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := slices.Clone(test.ratings)
			data, err := desk.Chart(test.ratings, now())
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(before, test.ratings) {
				t.Error("the ratings of the caller were changed")
			}
			img, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if size := img.Bounds().Size(); size != image.Pt(600, 240) || len(data) > 64<<10 {
				t.Errorf("%v pixels, %d bytes", size, len(data))
			}
			for _, p := range test.dots {
				if !inked(img, p) {
					t.Errorf("no line at %v", p)
				}
			}
			for _, p := range test.blank {
				if inked(img, p) {
					t.Errorf("a line at %v", p)
				}
			}
		})
	}
}

// inked tells the blue of the line from white and grey.
func inked(img image.Image, p image.Point) bool {
	r, _, b, _ := img.At(p.X, p.Y).RGBA()
	return int(b>>8)-int(r>>8) > 60
}

func TestChartOfTooFew(t *testing.T) {
	for name, few := range map[string][]desk.Rating{
		"none": nil, "one": ratings([]int{1}, 5), "one on the ruler": ratings([]int{2, 1}, 5, 12), "below": ratings([]int{2, 1}, -1, 3),
	} {
		if _, err := desk.Chart(few, now()); !errors.Is(err, desk.ErrTooFew) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Charts are drawn for several practitioners at once, and the same ratings give the same picture.
func TestChartAtOnce(t *testing.T) {
	want, err := desk.Chart(ratings([]int{10, 5, 0}, 3, 7, 5), now())
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got, err := desk.Chart(ratings([]int{10, 5, 0}, 3, 7, 5), now()); err != nil || !bytes.Equal(got, want) {
				t.Errorf("another picture, or %v", err)
			}
		})
	}
	wg.Wait()
}
