package redisstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"tandem/bot"
)

// fullDisk is a file on a disk that has room for some more bytes, and whose sync may fail.
type fullDisk struct {
	disk
	room   int
	noSync bool
}

func (f *fullDisk) Write(b []byte) (int, error) {
	if len(b) <= f.room {
		return f.disk.Write(b)
	}
	n, err := f.disk.Write(b[:f.room]) // as a file system does: what fits is written
	return n, errors.Join(err, syscall.ENOSPC)
}

func (f *fullDisk) Sync() error {
	if f.noSync {
		return syscall.EIO
	}
	return f.disk.Sync()
}

// replayed is what a server holds that has executed the journal in a folder anew.
func replayed(t *testing.T, dir string) string {
	t.Helper()
	lock, err := lockFolder(t.TempDir()) // the folder itself is in use
	if err != nil {
		t.Fatal(err)
	}
	again := newEmbedded(lock)
	defer func() { _ = again.close() }()
	if again.journal, err = openJournal(filepath.Join(dir, journalName), slog.New(slog.DiscardHandler), again.replay); err != nil {
		t.Fatal(err)
	}
	return again.redis.Dump()
}

// TestAFullDiskIsOvercome: while the journal cannot be written nothing is acknowledged or shown; once it can, the store
// goes on without a restart, and memory is what the journal says.
func TestAFullDiskIsOvercome(t *testing.T) {
	for _, c := range []struct {
		name string
		full fullDisk
	}{
		{"not a byte fits", fullDisk{room: 0}},
		{"a frame breaks off", fullDisk{room: 30}},
		{"the sync fails", fullDisk{room: 1 << 30, noSync: true}},
		{"too little room to go on", fullDisk{room: 300}},
	} {
		for _, compacted := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s,compacted=%v", c.name, compacted), func(t *testing.T) {
				dir := t.TempDir()
				s, e := openSmall(t, dir)
				fill(t, s, 6)
				if compacted {
					fill(t, s, 60)
				}
				sound := e.redis.Dump()
				ctx, now := context.Background(), time.UnixMilli(1_770_000_000_000)
				whole := e.journal.file
				c.full.disk = whole
				e.journal.file = &c.full
				u := bot.Update{Delivery: "late", Conversation: "web:9", From: bot.Person{Name: strings.Repeat("Kim", 300)}}
				for range 3 {
					if _, err := s.Ingest(ctx, u, now); !errors.Is(err, errJournal) {
						t.Fatalf("acknowledged what is not on the disk: %v", err)
					}
				}
				if _, err := s.Load(ctx, "web:9"); !errors.Is(err, errJournal) {
					t.Fatalf("shows what may not be on the disk: %v", err)
				}
				e.journal.file = whole // there is room again
				if snap, err := s.Load(ctx, "web:9"); err != nil || len(snap.Inbox) != 0 {
					t.Fatalf("with room again: %v, %+v", err, snap)
				}
				if got := e.redis.Dump(); got != sound {
					t.Errorf("memory is not what was acknowledged:\n%s\nwant:\n%s", got, sound)
				}
				snap, err := s.Ingest(ctx, u, now)
				if err != nil || snap == nil {
					t.Fatalf("delivered again: %v, %v", snap, err)
				}
				fill(t, s, 30)
				if got, want := replayed(t, dir), e.redis.Dump(); got != want {
					t.Error("journal and memory differ")
				}
			})
		}
	}
}

// TestWhatAFullDiskCutOffIsNotReplayed: the process ends while the disk is full.
func TestWhatAFullDiskCutOffIsNotReplayed(t *testing.T) {
	dir := t.TempDir()
	s, e := openSmall(t, dir)
	fill(t, s, 6)
	want := replayed(t, dir)
	e.journal.file = &fullDisk{disk: e.journal.file, room: 30}
	if _, err := s.Ingest(context.Background(), bot.Update{Delivery: "x", Conversation: "web:9"}, time.UnixMilli(1)); err == nil {
		t.Fatal("acknowledged what is not on the disk")
	}
	_ = s.Close()
	if got := replayed(t, dir); got != want {
		t.Errorf("after the restart:\n%s\nwant:\n%s", got, want)
	}
}

// TestAJournalThatWasDamagedMeanwhileIsRefused: an entry that was acknowledged is never cut off.
func TestAJournalThatWasDamagedMeanwhileIsRefused(t *testing.T) {
	s, e := openSmall(t, t.TempDir())
	fill(t, s, 6)
	full := &fullDisk{disk: e.journal.file}
	e.journal.file = full
	ctx := context.Background()
	put := func() error {
		return s.PutFlow(ctx, bot.StoredFlow{ID: "f", Version: s.token(), Files: map[string]string{"flow.yaml": "id: f"}})
	}
	if err := put(); !errors.Is(err, errJournal) {
		t.Fatalf("on a full disk: %v", err)
	}
	size := e.journal.size
	if err := full.Truncate(size - 3); err != nil {
		t.Fatal(err)
	}
	e.journal.file = full.disk
	for range 2 { // Truncate gives the file its length back, with zeros
		if err := put(); err == nil || !strings.Contains(err.Error(), "damaged at byte") {
			t.Fatalf("with an entry that was acknowledged and is gone: %v", err)
		}
	}
	if e.journal.size != size {
		t.Errorf("the journal ends at %d, was %d", e.journal.size, size)
	}
}
