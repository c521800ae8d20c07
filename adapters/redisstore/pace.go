package redisstore

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Take implements bot.Pace. The platform is what stands before the colon of the conversation's name. A Telegram chat
// whose number is negative ("telegram:-1001") is a group, and has the group's pace; that is how Telegram numbers them.
func (s *Store) Take(ctx context.Context, conversation string, now time.Time) (time.Duration, error) {
	platform, id, _ := strings.Cut(conversation, ":")
	rates := s.opt.Rates[platform]
	chat := rates.Chat
	if platform == "telegram" && strings.HasPrefix(id, "-") {
		chat = rates.Group
	}
	one := s.pace(s.keys.conversation(conversation).hot, now, "take", chat)
	all := s.pace(s.keys.platformPace(platform), now, "take", rates.All)
	if err := s.batch.do(ctx, one, all); err != nil {
		return 0, fmt.Errorf("take a token: %w", err)
	}
	waitOne, _ := one.reply.(int64)
	waitAll, _ := all.reply.(int64)
	if waitOne == 0 && waitAll == 0 {
		return 0, nil
	}
	// Both buckets were asked in one round trip, in different slots: a token that one of them gave is given back.
	var back []*call
	if waitOne == 0 && chat.Every > 0 {
		back = append(back, s.pace(s.keys.conversation(conversation).hot, now, "give", chat))
	}
	if waitAll == 0 && rates.All.Every > 0 {
		back = append(back, s.pace(s.keys.platformPace(platform), now, "give", rates.All))
	}
	if len(back) > 0 {
		if err := s.batch.do(ctx, back...); err != nil {
			return 0, fmt.Errorf("give a token back: %w", err)
		}
	}
	return time.Duration(max(waitOne, waitAll)) * time.Millisecond, nil
}

// Hold implements bot.Pace. A shorter hold does not end a longer one.
func (s *Store) Hold(ctx context.Context, conversation string, all bool, now time.Time, d time.Duration) error {
	place := s.keys.conversation(conversation).hot
	if all {
		platform, _, _ := strings.Cut(conversation, ":")
		place = s.keys.platformPace(platform)
	}
	c := call{
		script: s.scripts.pace,
		keys:   []string{place},
		args:   []any{now.UnixMilli(), "hold", now.UnixMilli() + ceilMillis(d), 0},
	}
	if err := s.batch.do(ctx, &c); err != nil {
		return fmt.Errorf("hold sending: %w", err)
	}
	return nil
}

// pace is a call upon one bucket.
func (s *Store) pace(place string, now time.Time, what string, r Rate) *call {
	each := float64(r.Every) / float64(time.Millisecond)
	return &call{
		script: s.scripts.pace,
		keys:   []string{place},
		args:   []any{now.UnixMilli(), what, each, max(1, r.Burst)},
	}
}
