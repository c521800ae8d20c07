package redisstore

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"

	"tandem/bot"
	"tandem/dialog"
)

// secret is a word that must not be found anywhere.
const secret = "grandmother"

// sealedStore is a store on a miniredis with one conversation that is full of the secret word.
func sealedStore(t *testing.T, k *Keyset) (*Store, *miniredis.Miniredis, conversationKeys) {
	t.Helper()
	m := miniredis.RunT(t)
	s := openOn(t, m, k)
	ctx, now := context.Background(), time.UnixMilli(1_770_000_000_000)
	for seq := int64(1); seq <= 2; seq++ {
		_, err := s.Ingest(ctx, bot.Update{
			Delivery: string(rune('0' + seq)), Conversation: "telegram:1", Seq: seq, From: bot.Person{Name: secret},
			Input: dialog.Input{Kind: dialog.Text, Text: secret},
		}, now)
		if err != nil {
			t.Fatal(err)
		}
	}
	word := []byte(`"` + secret + `"`)
	snap, err := s.Load(ctx, "telegram:1")
	if err != nil {
		t.Fatal(err)
	}
	err = s.Commit(ctx, bot.Commit{
		Conversation: "telegram:1", Done: []string{snap.Inbox[0].ID}, State: word, Needs: []string{"goal"},
		Answers: map[string]jsonRaw{"goal": word, "other": []byte(`1`)}, Records: map[string]jsonRaw{"goal/1": word, "goal/2": []byte(`2`)},
		Journal: []jsonRaw{word, word},
		Outbox:  []bot.Outgoing{{Kind: bot.Settle, Text: secret, Label: secret}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, m, s.keys.conversation("telegram:1")
}

// openOn opens a store on a miniredis.
func openOn(t *testing.T, m *miniredis.Miniredis, k *Keyset) *Store {
	t.Helper()
	s, err := Open(context.Background(), Options{URL: "redis://" + m.Addr(), Keyset: k, Log: slog.New(slog.DiscardHandler), Worker: "w"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// someKeyset is a new keyset.
func someKeyset(t *testing.T) *Keyset {
	t.Helper()
	k, err := NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestNothingIsInTheClear(t *testing.T) {
	_, m, _ := sealedStore(t, someKeyset(t))
	if strings.Contains(m.Dump(), secret) {
		t.Errorf("a person's word is in Redis:\n%s", m.Dump())
	}
	for _, k := range m.Keys() {
		if m.Type(k) == "stream" {
			entries, _ := m.Stream(k)
			for _, e := range entries {
				if strings.Contains(strings.Join(e.Values, " "), secret) {
					t.Errorf("a person's word is in the stream %s", k)
				}
			}
		}
	}
}

func TestTamperingIsAnError(t *testing.T) {
	flip := func(s string) string { b := []byte(s); b[len(b)-1] ^= 1; return string(b) }
	cases := map[string]func(m *miniredis.Miniredis, k conversationKeys){
		"state": func(m *miniredis.Miniredis, k conversationKeys) { m.HSet(k.hot, "st", flip(m.HGet(k.hot, "st"))) },
		"answer": func(m *miniredis.Miniredis, k conversationKeys) {
			m.HSet(k.answers, "goal", flip(m.HGet(k.answers, "goal")))
		},
		"answer moved": func(m *miniredis.Miniredis, k conversationKeys) {
			m.HSet(k.answers, "goal", m.HGet(k.answers, "other"))
		},
		"record moved": func(m *miniredis.Miniredis, k conversationKeys) {
			m.HSet(k.records, "goal/1", m.HGet(k.records, "goal/2"))
		},
		"record for an answer": func(m *miniredis.Miniredis, k conversationKeys) {
			m.HSet(k.answers, "goal", m.HGet(k.records, "goal/1"))
		},
		"inbox": func(m *miniredis.Miniredis, k conversationKeys) {
			members, _ := m.ZMembers(k.inbox)
			_, _ = m.ZRem(k.inbox, members[0])
			_, _ = m.ZAdd(k.inbox, 2, flip(members[0]))
		},
		"inbox, the one that waits alone": func(m *miniredis.Miniredis, k conversationKeys) {
			members, _ := m.ZMembers(k.inbox)
			m.HSet(k.hot, "ie", flip(members[0]), "is", "2")
		},
		"outbox": func(m *miniredis.Miniredis, k conversationKeys) {
			entries, _ := m.List(k.outbox)
			_, _ = m.Lpop(k.outbox)
			_, _ = m.Lpush(k.outbox, "2.1|"+entries[0][4:])
		},
	}
	for name, tamper := range cases {
		t.Run(name, func(t *testing.T) {
			s, m, k := sealedStore(t, someKeyset(t))
			tamper(m, k)
			ctx := context.Background()
			_, err1 := s.Load(ctx, "telegram:1")
			_, err2 := s.Records(ctx, "telegram:1", "")
			_, err3 := s.Pending(ctx, "telegram:1", time.UnixMilli(1_770_000_000_000), 10)
			if errors.Join(err1, err2, err3) == nil {
				t.Error("nobody noticed")
			}
		})
	}
}

func TestErasedKeyReadsAsEmpty(t *testing.T) {
	k := someKeyset(t)
	_, m, keys := sealedStore(t, k)
	m.HDel(keys.hot, "dk")
	m.HDel(keys.hot, "ki")
	s, ctx := openOn(t, m, k), context.Background()
	snap, err := s.Load(ctx, "telegram:1")
	if err != nil || snap.State != nil || len(snap.Inbox) != 0 || len(snap.Answers) != 0 || snap.Revision != 1 {
		t.Errorf("Load: %+v, %v", snap, err)
	}
	out, err := s.Pending(ctx, "telegram:1", time.UnixMilli(1_770_000_000_000), 10)
	if err != nil || len(out) != 0 {
		t.Errorf("Pending: %v, %v", out, err)
	}
	// What nobody can read any more does not come up again and again, and life goes on with a new key.
	if err := s.Release(ctx, "telegram:1", time.UnixMilli(1_770_000_000_000), time.Time{}); err != nil {
		t.Error(err)
	}
	if names, err := s.Claim(ctx, time.UnixMilli(1_780_000_000_000), 10); err != nil || len(names) != 0 {
		t.Errorf("Claim: %v, %v", names, err)
	}
	snap, err = s.Ingest(ctx, bot.Update{Delivery: "new", Conversation: "telegram:1"}, time.UnixMilli(1_780_000_000_000))
	if err != nil || snap == nil || len(snap.Inbox) != 1 || snap.State != nil {
		t.Errorf("Ingest: %+v, %v", snap, err)
	}
}

func TestEraseRemovesEverythingButDeliveryIDs(t *testing.T) {
	s, m, keys := sealedStore(t, someKeyset(t))
	ctx := context.Background()
	if err := s.Erase(ctx, "telegram:1"); err != nil {
		t.Fatal(err)
	}
	for _, key := range m.Keys() {
		if strings.HasPrefix(key, keys.hot) && key != keys.seen {
			t.Errorf("%s is still there", key)
		}
	}
	for name, err := range s.Conversations(ctx) {
		t.Errorf("still listed: %s, %v", name, err)
	}
	err := s.Commit(ctx, bot.Commit{Conversation: "telegram:1", Revision: 1})
	if !errors.Is(err, bot.ErrMoved) {
		t.Errorf("a step that was under way: %v", err)
	}
	again := bot.Update{Delivery: "1", Conversation: "telegram:1", Seq: 1}
	if snap, err := s.Ingest(ctx, again, time.UnixMilli(1_770_000_001_000)); err != nil || snap != nil {
		t.Errorf("a redelivery brought it back: %v, %v", snap, err)
	}
	again.Delivery = "9"
	if snap, err := s.Ingest(ctx, again, time.UnixMilli(1_770_000_001_000)); err != nil || snap == nil || snap.Revision != 0 {
		t.Errorf("coming back: %v, %v", snap, err)
	}
	if m.TTL(keys.seen) != 0 {
		t.Error("the deliveries of one who came back expire")
	}
}

func TestAnotherWorkersKeyIsUsed(t *testing.T) {
	k := someKeyset(t)
	s, m, _ := sealedStore(t, k)
	other := openOn(t, m, k) // it has no key in its memory
	ctx, now := context.Background(), time.UnixMilli(1_790_000_000_000)
	snap, err := other.Ingest(ctx, bot.Update{Delivery: "3", Conversation: "telegram:1", Seq: 3}, now)
	if err != nil || snap == nil || string(snap.State) != `"`+secret+`"` {
		t.Fatalf("Ingest: %+v, %v", snap, err)
	}
	if err := other.Erase(ctx, "telegram:1"); err != nil {
		t.Fatal(err)
	}
	// The first one still remembers the old key.
	snap, err = s.Ingest(ctx, bot.Update{Delivery: "4", Conversation: "telegram:1", Seq: 4}, now)
	if err != nil || snap == nil || snap.State != nil || len(snap.Inbox) != 1 {
		t.Fatalf("Ingest after another worker erased: %+v, %v", snap, err)
	}
}

func TestKeysetRotation(t *testing.T) {
	old := someKeyset(t)
	_, m, _ := sealedStore(t, old)
	manager := keyset.NewManagerFromHandle(old.handle)
	id, err := manager.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		t.Fatal(err)
	}
	if err := manager.SetPrimary(id); err != nil {
		t.Fatal(err)
	}
	h, err := manager.Handle()
	if err != nil {
		t.Fatal(err)
	}
	rotated, err := FromHandle(h)
	if err != nil {
		t.Fatal(err)
	}
	expect := func(k *Keyset) {
		t.Helper()
		snap, err := openOn(t, m, k).Load(context.Background(), "telegram:1")
		if err != nil || string(snap.State) != `"`+secret+`"` {
			t.Fatalf("under a rotated keyset: %+v, %v", snap, err)
		}
	}
	expect(rotated)
	if n, err := openOn(t, m, rotated).Rewrap(context.Background()); err != nil || n != 1 {
		t.Fatalf("Rewrap: %d, %v", n, err)
	}
	first, err := old.handle.Primary()
	if err != nil {
		t.Fatal(err)
	}
	if err := manager.Delete(first.KeyID()); err != nil {
		t.Fatal(err)
	}
	if h, err = manager.Handle(); err != nil {
		t.Fatal(err)
	}
	renewed, err := FromHandle(h)
	if err != nil {
		t.Fatal(err)
	}
	expect(renewed)
}

func TestKeysetFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keyset.json")
	k := someKeyset(t)
	if err := WriteKeyset(file, k); err != nil {
		t.Fatal(err)
	}
	if err := WriteKeyset(file, k); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a keyset was overwritten: %v", err)
	}
	read, err := ReadKeyset(file)
	if err != nil {
		t.Fatal(err)
	}
	d, err := k.newDataKey("place")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read.unwrap("place", d.wrapped); err != nil {
		t.Errorf("the keyset that was read is another one: %v", err)
	}
	if _, err := read.unwrap("elsewhere", d.wrapped); err == nil {
		t.Error("a data key was opened at another conversation's place")
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadKeyset(file); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a keyset that others may read: %v", err)
	}
}
