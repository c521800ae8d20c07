package flows_test

import (
	"context"
	"testing"
	"time"

	"tandem/adapters/redisstore"
)

// TestExpire: a client who has not written for longer than they are kept is erased, and their practitioner hears that they
// work together no longer; nobody else is.
func TestExpire(t *testing.T) {
	const year = 365 * 24 * time.Hour
	for _, c := range []struct {
		name, who, more string
		later, keep     time.Duration
		want            bool
	}{
		{"a client after a year", "Sam", "", year + time.Hour, year, true},
		{"a client a day before that", "Sam", "", year - 24*time.Hour, year, false},
		{"where all is kept", "Sam", "", 9 * year, 0, false},
		{"a client in danger", "Sam", "Sam> i want to kill myself", year + time.Hour, year, false},
		{"a practitioner", "Kim", "", year + time.Hour, year, false},
		{"nobody", "Nobody", "", year + time.Hour, year, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t)
			o.play(begin + share + c.more)
			o.Now = o.Now.Add(c.later)
			store, ok := o.Store.(*redisstore.Store)
			if !ok {
				t.Fatalf("a store of the kind %T", o.Store)
			}
			got, err := o.App.Expire(context.Background(), o.Place(c.who), c.keep, store.Erase)
			if err != nil || got != c.want {
				t.Fatalf("erased: %v, %v; want %v", got, err, c.want)
			}
			records, err := o.Store.Records(context.Background(), o.Place("Sam"), "")
			if err != nil || (len(records) == 0) != c.want {
				t.Errorf("%d records are left, %v", len(records), err)
			}
			read := o.play("-- 1s")
			if told := len(read) > len("-- 1s\n"); told != c.want {
				t.Errorf("Kim reads %q", read)
			}
		})
	}
}

// TestInvitesExpire: an invite goes a month after its time, so that who comes late can be told so until then.
func TestInvitesExpire(t *testing.T) {
	o := newOffice(t)
	o.play("Kim> /invite\nKim> Sam\nKim> [Make the invite]")
	store, ok := o.Store.(*redisstore.Store)
	if !ok {
		t.Fatalf("a store of the kind %T", o.Store)
	}
	erase := func() (n int) {
		for conversation, err := range store.Conversations(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			done, err := o.App.Expire(context.Background(), conversation, 0, store.Erase)
			if err != nil {
				t.Fatal(err)
			}
			if done {
				n++
			}
		}
		return n
	}
	for _, c := range []struct {
		after time.Duration
		want  int
	}{{36 * 24 * time.Hour, 0}, {2 * 24 * time.Hour, 1}, {0, 0}} {
		if o.Now = o.Now.Add(c.after); erase() != c.want {
			t.Errorf("after %v more, not %d were erased", c.after, c.want)
		}
	}
	if _, err := o.App.Overview(context.Background(), o.Place("Kim"), "all", 0); err != nil {
		t.Error(err)
	}
}
