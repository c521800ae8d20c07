package desk_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tandem/bot/care"
	"tandem/bot/desk"
)

func TestTrackRulers(t *testing.T) {
	for _, test := range []struct {
		name   string
		values []int
		want   []int
	}{
		{"nothing", nil, nil},
		{"one", []int{2}, nil},
		{"two are never a fall", []int{10, 0}, nil},
		{"three in a row", []int{7, 5, 3}, []int{7, 5, 3}},
		{"three in a row by one", []int{7, 6, 5}, []int{7, 6, 5}},
		{"the last three of many", []int{1, 2, 9, 7, 6}, []int{9, 7, 6}},
		{"the same twice is no row", []int{6, 5, 5}, nil},
		{"up again is no row", []int{7, 5, 6}, nil},
		{"three below the best of five", []int{8, 4, 6, 5}, []int{8, 4, 6, 5}},
		{"two below the best of five", []int{7, 4, 6, 5}, nil},
		{"the best was six ago", []int{10, 5, 5, 5, 5, 5}, nil},
		{"the best was five ago", []int{10, 5, 5, 5, 5}, []int{10, 5, 5, 5, 5}},
		{"rising", []int{3, 5, 7}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			for field, rule := range map[string]desk.RuleID{"rating": desk.FallingRatings, "confidence": desk.FallingConfidence} {
				var want []desk.Found
				if test.want != nil {
					want = []desk.Found{{Rule: rule, Goal: "g1", Values: test.want}}
				}
				got := desk.Track(desk.Case{Grants: rated(field, "g1", test.values...)}, now())
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: %s", field, diff)
				}
			}
		})
	}
}

func TestTrackGoals(t *testing.T) {
	fall := rated("rating", "g1", 7, 5, 3)
	with := func(f fields) []care.Grant { return append(slices.Clone(fall), open(0, f)) }
	for _, test := range []struct {
		name   string
		grants []care.Grant
		want   int
	}{
		{"being worked on", with(fields{"goal": "g1", "status": "active"}), 1},
		{"resting", with(fields{"goal": "g1", "status": "paused"}), 0},
		{"achieved", with(fields{"goal": "g1", "status": "achieved"}), 0},
		{"let go", with(fields{"goal": "g1", "status": "let-go"}), 0},
		{"reached in a check-in", with(fields{"goal": "g1", "checkin": "z", "outcome": "reached"}), 0},
		{"two goals are not one", append(rated("rating", "g1", 7, 5), rated("rating", "g2", 3)...), 0},
		{"both fall", append(rated("rating", "g2", 9, 4, 2), fall...), 2},
		{"one of them was taken back", []care.Grant{fall[0], withdrawn(fall[1]), fall[2]}, 0},
		{"one of them is the team's", []care.Grant{fall[0], forTeam(fall[1]), fall[2]}, 0},
		{"off the ruler", append(rated("rating", "g1", 7, 5), open(0, fields{"goal": "g1", "checkin": "z", "rating": 3.5}),
			open(0, fields{"goal": "g1", "checkin": "y", "rating": -1.0}), open(0, fields{"goal": "g1", "checkin": "x", "rating": "3"})), 0},
		{"long ago", older(fall, 91), 0},
		{"not so long ago", older(fall, 80), 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := desk.Track(desk.Case{Grants: test.grants}, now()); len(got) != test.want {
				t.Errorf("got %v, want %d", got, test.want)
			}
		})
	}
}

func older(grants []care.Grant, days int) []care.Grant {
	grants = slices.Clone(grants)
	for i := range grants {
		grants[i].At = grants[i].At.AddDate(0, 0, -days)
	}
	return grants
}

func TestTrackMissed(t *testing.T) {
	for _, test := range []struct {
		name string
		c    desk.Case
		want []desk.Found
	}{
		{"three", desk.Case{Open: true, Missed: 3}, []desk.Found{{Rule: desk.MissedCheckIns, Values: []int{3}}}},
		{"two", desk.Case{Open: true, Missed: 2}, nil},
		{"not told", desk.Case{Missed: 9}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, desk.Track(test.c, now())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTrackRelationship(t *testing.T) {
	said := func(days int, f fields) care.Grant {
		f["relationship"] = true
		return open(days, f)
	}
	for _, test := range []struct {
		name   string
		grants []care.Grant
		want   bool
	}{
		{"low", []care.Grant{said(1, fields{"heard": 4.0, "fit": 9.0})}, true},
		{"not low", []care.Grant{said(1, fields{"heard": 5.0, "fit": 9.0})}, false},
		{"two less", []care.Grant{said(9, fields{"worked-on": 10.0}), said(1, fields{"worked-on": 8.0})}, true},
		{"one less", []care.Grant{said(9, fields{"worked-on": 10.0}), said(1, fields{"worked-on": 9.0})}, false},
		{"another question", []care.Grant{said(9, fields{"heard": 10.0}), said(1, fields{"fit": 7.0})}, false},
		{"low before, mended since", []care.Grant{said(9, fields{"fit": 2.0}), said(1, fields{"fit": 8.0})}, false},
		{"words do not take the place of numbers", []care.Grant{said(9, fields{"fit": 2.0}), said(1, fields{"change": "go slower"})}, true},
		{"low long ago", []care.Grant{said(91, fields{"fit": 2.0})}, false},
		{"taken back", []care.Grant{withdrawn(said(1, fields{"fit": 2.0}))}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var want []desk.Found
			if test.want {
				want = []desk.Found{{Rule: desk.Relationship}}
			}
			if diff := cmp.Diff(want, desk.Track(desk.Case{Grants: test.grants}, now())); diff != "" {
				t.Error(diff)
			}
		})
	}
}
