package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tandem/bot"
)

// PutFlow implements bot.FlowShelf. Since is set to now, or to just after the newest version's where clocks differ.
func (s *Store) PutFlow(ctx context.Context, f bot.StoredFlow) error {
	if f.ID == "" || f.Version == "" {
		return errors.New("store flow: it has no id or no version")
	}
	f.Since = time.Time{}
	source, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("store flow: %w", err)
	}
	sources, order := s.keys.flow(f.ID)
	c := call{
		script: s.scripts.putFlow,
		keys:   []string{sources, order},
		args:   []any{f.Version, source, s.opt.Clock().UnixMilli()},
	}
	if err := s.batch.do(ctx, &c); err != nil {
		return fmt.Errorf("store flow: %w", err)
	}
	return nil
}

// Flow implements bot.FlowShelf. An empty version means the newest.
func (s *Store) Flow(ctx context.Context, id, version string) (bot.StoredFlow, error) {
	sources, order := s.keys.flow(id)
	if version == "" {
		newest := call{args: []any{"zrange", order, -1, -1}}
		if err := s.batch.ask(ctx, &newest); err != nil {
			return bot.StoredFlow{}, fmt.Errorf("read the newest flow: %w", err)
		}
		if version = text(array(newest.reply), 0); version == "" {
			return bot.StoredFlow{}, bot.ErrNoFlow
		}
	}
	source := call{args: []any{"hget", sources, version}}
	since := call{args: []any{"zscore", order, version}}
	if err := s.batch.ask(ctx, &source, &since); err != nil {
		return bot.StoredFlow{}, fmt.Errorf("read flow: %w", err)
	}
	raw, ok := source.reply.(string)
	if !ok {
		return bot.StoredFlow{}, bot.ErrNoFlow
	}
	var f bot.StoredFlow
	if err := json.Unmarshal([]byte(raw), &f); err != nil {
		return bot.StoredFlow{}, fmt.Errorf("read flow: %w", err)
	}
	f.Since = time.UnixMilli(number([]any{since.reply}, 0)).UTC()
	return f, nil
}
