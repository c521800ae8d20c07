package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"tandem/adapters/redisstore"
)

const (
	knockEvery = 500 * time.Millisecond // between tries to reach Redis at the start
	pingEvery  = time.Second
)

// openStore opens the store: Redis, or the data folder where none is named. While Redis cannot be reached it is tried
// again, for as long as wait; what it refuses, it refuses at once.
func openStore(ctx context.Context, p *plan, wait time.Duration) (*redisstore.Store, error) {
	o := redisstore.Options{
		URL: p.RedisURL, Keyset: p.keyset, Lease: p.Lease, Rates: p.rates(), Log: p.log,
	}
	if p.RedisURL == "" {
		store, err := redisstore.OpenEmbedded(ctx, p.Data, o)
		if err != nil {
			return nil, badSetting("open the data folder: %w", err)
		}
		return store, nil
	}
	began := time.Now()
	for tries := 0; ; tries++ {
		store, err := redisstore.Open(ctx, o)
		left := wait - time.Since(began)
		switch {
		case err == nil:
			return store, nil
		case !unreachable(err):
			return nil, badSetting("REDIS_URL: %w", err)
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case left <= 0:
			return nil, fmt.Errorf("redis could not be reached within %s: %w", wait, err)
		case tries%10 == 0:
			p.log.Warn("Redis cannot be reached; trying again", "error", err, "left", left.Round(time.Second).String())
		}
		select {
		case <-ctx.Done():
		case <-time.After(knockEvery):
		}
	}
}

// unreachable tells a server that is not there, or not ready yet, from one that must not be used.
func unreachable(err error) bool {
	var network net.Error
	if errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return true
	}
	for _, word := range []string{"connection refused", "connection reset"} {
		if strings.Contains(err.Error(), word) {
			return true
		}
	}
	return redisstore.Refusal(err) != "" && !strings.Contains(err.Error(), "NOPERM ") // it may pass
}

// watchStore asks the store again and again whether it is there and can write, and says when that changes.
func (s *service) watchStore(ctx context.Context) {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		err := s.store.Ready(ctx)
		if ctx.Err() != nil {
			return
		}
		trouble := redisstore.Refusal(err)
		if err != nil && trouble == "" {
			trouble = "does not answer"
		}
		switch news := s.health.set(theStore, trouble); {
		case news && err != nil:
			s.plan.log.Error("the store cannot be used; nothing is acknowledged until it can", "trouble", trouble, "error", err)
		case news:
			s.plan.log.Info("the store can be used")
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
