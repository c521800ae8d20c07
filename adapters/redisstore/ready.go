package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// probeLife is how long a probe is kept, in ms. Nobody reads it.
const probeLife = 60_000

// Ready tells whether the store can write: Redis may answer and yet refuse to, because its memory or its disk is full,
// or because it is a replica. It writes a small key that expires, in a cluster one for each shard. Refusal has the
// error in plain words.
func (s *Store) Ready(ctx context.Context) error {
	shards := s.keys.shards
	if s.cluster == nil {
		shards = shards[:1] // all are on one server
	}
	probes := make([]*call, len(shards))
	for i, k := range shards {
		probes[i] = &call{args: []any{"set", k.probe(), "1", "px", probeLife}}
	}
	if err := s.batch.ask(ctx, probes...); err != nil {
		return fmt.Errorf("write a probe: %w", err)
	}
	return nil
}

// Refusal says in plain words why the store refuses to write; "" where err is no refusal but silence.
func Refusal(err error) string {
	if errors.Is(err, errJournal) {
		return "the journal cannot be written: see that the disk of the data folder has room"
	}
	if err == nil {
		return ""
	}
	for _, r := range []struct{ code, why string }{
		{"OOM ", "Redis has no memory left for writing: raise its maxmemory"},
		{"READONLY ", "Redis is a replica that takes no writes: point REDIS_URL at the master"},
		{"MISCONF ", "Redis cannot save to its disk, and takes no writes: look at its log and at the space on its disk"},
		{"LOADING ", "Redis is still reading its data"},
		{"NOREPLICAS ", "Redis has fewer replicas than it asks for (min-replicas-to-write)"},
		{"MASTERDOWN ", "Redis is a replica that has lost its master"},
		{"CLUSTERDOWN ", "the Redis Cluster is incomplete"},
		{"NOPERM ", "the user of REDIS_URL may not write"},
	} {
		if strings.Contains(err.Error(), r.code) {
			return r.why
		}
	}
	return ""
}
