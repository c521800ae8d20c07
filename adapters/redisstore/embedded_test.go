package redisstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tandem/adapters/redisstore"
	"tandem/bot"
	"tandem/bot/bottest"
	"tandem/dialog"
)

// openEmbedded opens a folder and closes it with the test.
func openEmbedded(t testing.TB, dir string) *redisstore.Store {
	t.Helper()
	s, err := redisstore.OpenEmbedded(context.Background(), dir, redisstore.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatalf("OpenEmbedded: %v", err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestConformanceEmbedded(t *testing.T) {
	var stores sync.Map
	bottest.StoreConformance(t, func(t *testing.T) bot.Store {
		if s, ok := stores.Load(t.Name()); ok {
			return s.(bot.Store)
		}
		s := openEmbedded(t, t.TempDir())
		stores.Store(t.Name(), s)
		return s
	})
}

// turn takes a message all the way through: in, a step, out.
func turn(t testing.TB, s *redisstore.Store, conversation string, n int64) {
	t.Helper()
	ctx, now := context.Background(), time.UnixMilli(1_770_000_000_000+n)
	snap, err := s.Ingest(ctx, bot.Update{
		Delivery: fmt.Sprintf("%s:update:%d", conversation, n), Conversation: conversation, Seq: n,
		Input: dialog.Input{Kind: dialog.Text, Text: fmt.Sprintf("word %d", n)},
	}, now)
	if err != nil || snap == nil {
		t.Fatalf("Ingest: %v, %v", snap, err)
	}
	err = s.Commit(ctx, bot.Commit{
		Conversation: conversation, Revision: snap.Revision, Done: []string{snap.Inbox[0].ID},
		State: fmt.Appendf(nil, `{"turn":%d}`, n), Needs: []string{bot.AllAnswers},
		Answers: map[string]jsonValue{fmt.Sprintf("step-%d", n%7): fmt.Appendf(nil, `"answer %d"`, n)},
		Records: map[string]jsonValue{fmt.Sprintf("goal/%d", n%5): fmt.Appendf(nil, `{"n":%d}`, n)},
		Journal: []jsonValue{fmt.Appendf(nil, `{"said":%d}`, n)},
		Outbox:  []bot.Outgoing{{Kind: bot.Say, Message: dialog.Message{Text: "well", Prompt: fmt.Sprintf("p.%d", n)}}},
		Wake:    now.Add(time.Hour),
	})
	if err != nil {
		t.Fatalf("Commit: %v", err)
	}
	out, err := s.Pending(ctx, conversation, now, 10)
	if err != nil || len(out) != 1 {
		t.Fatalf("Pending: %v, %v", out, err)
	}
	if err := s.Sent(ctx, conversation, out[0].ID, fmt.Sprint(n)); err != nil {
		t.Fatalf("Sent: %v", err)
	}
	if err := s.Release(ctx, conversation, now, time.Time{}); err != nil {
		t.Fatalf("Release: %v", err)
	}
}

// picture is everything that can be read of some conversations.
func picture(t testing.TB, s *redisstore.Store, conversations ...string) string {
	t.Helper()
	var b strings.Builder
	ctx := context.Background()
	for _, name := range conversations {
		snap, err1 := s.Load(ctx, name)
		records, err2 := s.Records(ctx, name, "")
		journal, err3 := s.Journal(ctx, name)
		if err := errors.Join(err1, err2, err3); err != nil {
			t.Fatalf("read %s: %v", name, err)
		}
		fmt.Fprintf(&b, "%s: %d %s %s %s %d %v\n%s\n%s\n",
			name, snap.Revision, snap.State, snap.LastPrompt, snap.LastRef, len(snap.Inbox), snap.Answers, records, journal)
	}
	return b.String()
}

func TestEmbeddedKeepsEverythingAcrossRestarts(t *testing.T) {
	dir := t.TempDir()
	names := []string{"telegram:1", "telegram:-2", "slack:C3"}
	want := ""
	for round := range int64(4) {
		s := openEmbedded(t, dir)
		if got := picture(t, s, names...); round > 0 && got != want {
			t.Fatalf("after restart %d:\n%s\nwant:\n%s", round, got, want)
		}
		for n := range int64(20) {
			turn(t, s, names[n%3], round*100+n+1)
		}
		want = picture(t, s, names...)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEmbeddedFreesLeasesAtTheStart(t *testing.T) {
	dir := t.TempDir()
	s, ctx, now := openEmbedded(t, dir), context.Background(), time.UnixMilli(1_770_000_000_000)
	u := bot.Update{Delivery: "d", Conversation: "telegram:1", Seq: 1}
	if snap, err := s.Ingest(ctx, u, now); err != nil || snap == nil {
		t.Fatal(snap, err)
	}
	_ = s.Close()
	names, err := openEmbedded(t, dir).Claim(ctx, now, 10)
	if err != nil || len(names) != 1 {
		t.Fatalf("claimed after a restart: %v, %v", names, err)
	}
}

func TestEmbeddedFolderIsLocked(t *testing.T) {
	dir := t.TempDir()
	s := openEmbedded(t, dir)
	_, err := redisstore.OpenEmbedded(context.Background(), dir, redisstore.Options{})
	if err == nil || !strings.Contains(err.Error(), "in use") {
		t.Fatalf("a folder in use was opened: %v", err)
	}
	_ = s.Close()
	openEmbedded(t, dir)
}

func TestEmbeddedTornEndIsCutAndTold(t *testing.T) {
	dir := t.TempDir()
	s := openEmbedded(t, dir)
	turn(t, s, "telegram:1", 1)
	_ = s.Close()
	file := filepath.Join(dir, "journal")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s = openEmbedded(t, dir)
	want := picture(t, s, "telegram:1")
	if err := s.Ping(context.Background()); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	longer := append(bytes.Clone(whole), journalFrame(whole)...)
	for _, end := range []int{1, 3, 4, 8, 19, 20, 21, len(longer) - len(whole) - 1} {
		for _, zeros := range []int{0, 100} {
			torn := append(bytes.Clone(longer[:len(whole)+end]), make([]byte, zeros)...)
			if zeros > 0 && end > 20 {
				torn[len(torn)-zeros-1] ^= 1
			}
			if err := os.WriteFile(file, torn, 0o600); err != nil {
				t.Fatal(err)
			}
			var log bytes.Buffer
			s, err := redisstore.OpenEmbedded(context.Background(), dir, redisstore.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
			if err != nil {
				t.Fatalf("torn after %d bytes: %v", end, err)
			}
			if got := picture(t, s, "telegram:1"); got != want {
				t.Fatalf("torn after %d bytes: %s", end, got)
			}
			if !strings.Contains(log.String(), "torn end") {
				t.Errorf("torn after %d bytes, and nothing is said: %s", end, &log)
			}
			_ = s.Close()
		}
	}
}

// journalFrame is a copy of the last frame of a journal.
func journalFrame(data []byte) []byte {
	return bytes.Clone(data[bytes.LastIndex(data, []byte("tdf1")):])
}

func TestEmbeddedDamageInTheMiddleIsRefused(t *testing.T) {
	dir := t.TempDir()
	s := openEmbedded(t, dir)
	for n := range int64(5) {
		turn(t, s, "telegram:1", n+1)
	}
	_ = s.Close()
	file := filepath.Join(dir, "journal")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	last := bytes.LastIndex(whole, []byte("tdf1"))
	for at := 16; at < last; at += 97 {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x40
		if err := os.WriteFile(file, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := redisstore.OpenEmbedded(context.Background(), dir, redisstore.Options{Log: slog.New(slog.DiscardHandler)})
		if err == nil || !strings.Contains(err.Error(), "damaged at byte") || !strings.Contains(err.Error(), file) {
			t.Fatalf("byte %d damaged: %v", at, err)
		}
		if now, _ := os.ReadFile(file); !bytes.Equal(now, damaged) {
			t.Fatal("a damaged journal was changed")
		}
	}
}

func TestEmbeddedRefusesANewerFormat(t *testing.T) {
	dir := t.TempDir()
	_ = openEmbedded(t, dir).Close()
	file := filepath.Join(dir, "journal")
	data, _ := os.ReadFile(file)
	data[15] = 2
	_ = os.WriteFile(file, data, 0o600)
	_, err := redisstore.OpenEmbedded(context.Background(), dir, redisstore.Options{})
	if err == nil || !strings.Contains(err.Error(), "format 2") {
		t.Fatalf("a newer journal: %v", err)
	}
}

func TestEmbeddedWantsItsKeysetBack(t *testing.T) {
	dir := t.TempDir()
	_ = openEmbedded(t, dir).Close()
	_ = os.Remove(filepath.Join(dir, "keyset.json"))
	_, err := redisstore.OpenEmbedded(context.Background(), dir, redisstore.Options{})
	if err == nil || !strings.Contains(err.Error(), "keyset") {
		t.Fatalf("opened without its keyset: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "keyset.json")); err == nil {
		t.Fatal("a new keyset was made over a journal that another sealed")
	}
}

func TestEmbeddedHoldsNoWordsInTheClear(t *testing.T) {
	dir := t.TempDir()
	s := openEmbedded(t, dir)
	turn(t, s, "telegram:1", 1)
	_ = s.Close()
	data, _ := os.ReadFile(filepath.Join(dir, "journal"))
	for _, word := range []string{"word 1", "answer 1", "well", `"said"`, `"turn"`} {
		if bytes.Contains(data, []byte(word)) {
			t.Errorf("the journal holds %q in the clear", word)
		}
	}
}

func TestEmbeddedEraseLeavesTheDisk(t *testing.T) {
	dir := t.TempDir()
	s := openEmbedded(t, dir)
	turn(t, s, "telegram:17", 1)
	turn(t, s, "telegram:18", 1)
	if err := s.Erase(context.Background(), "telegram:17"); err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(filepath.Join(dir, "journal"))
	if bytes.Contains(data, []byte("telegram:17")) {
		t.Error("the journal still knows who was erased")
	}
	if !bytes.Contains(data, []byte("telegram:18")) {
		t.Error("another conversation was erased too")
	}
}
