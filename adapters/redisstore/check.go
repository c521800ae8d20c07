package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Finding is something about the server that an operator should mend.
type Finding struct {
	Bad  bool   // people's words can be lost; false: a warning
	What string // what is wrong
	Mend string // how to mend it
}

// clockDrift is how far the server's clock may be from ours before it is worth a word. Only retries and nudges would
// be early or late: nothing rests on equal clocks.
const clockDrift = 2 * time.Second

// refuse is what Open insists on; what only the server's owner can see is warned of.
func (s *Store) refuse(ctx context.Context) error {
	var bad []error
	for _, f := range s.inspectServer(ctx) {
		if f.Bad {
			bad = append(bad, fmt.Errorf("%s: %s", f.What, f.Mend))
		} else {
			s.opt.Log.Warn(f.What, "mend", f.Mend)
		}
	}
	return errors.Join(bad...)
}

// Check says what is wrong with the server, for `tandem doctor`: its version, what it evicts, whether it can write and
// keeps what it was told, and its clock. A server that embeds itself (miniredis) tells nothing of these but whether it
// can write, and is not asked.
func (s *Store) Check(ctx context.Context) ([]Finding, error) {
	if err := s.Ping(ctx); err != nil {
		return nil, err
	}
	found := s.inspectServer(ctx)
	if err := s.Ready(ctx); err != nil {
		why := Refusal(err)
		if why == "" {
			return nil, err
		}
		found = append(found, Finding{Bad: true, What: "nothing can be written", Mend: why})
	}
	if info, ok := s.info(ctx, "persistence"); ok {
		found = append(found, inspectPersistence(info, s.config(ctx, "appendfsync"))...)
	}
	found = append(found, s.inspectClock(ctx)...)
	return found, nil
}

// inspectClock compares the server's clock with ours.
func (s *Store) inspectClock(ctx context.Context) []Finding {
	now := s.opt.Clock()
	c := call{args: []any{"time"}}
	if err := s.batch.ask(ctx, &c); err != nil {
		return nil
	}
	d := time.Unix(number(array(c.reply), 0), 0).Sub(now).Abs()
	if d <= clockDrift {
		return nil
	}
	return []Finding{{
		What: fmt.Sprintf("the clock of Redis is %s away from this machine's", d.Round(time.Second)),
		Mend: "let both machines set their clock by NTP",
	}}
}

// inspectServer looks at the version and at the eviction policy.
func (s *Store) inspectServer(ctx context.Context) []Finding {
	info, ok := s.info(ctx, "server")
	if !ok {
		return nil
	}
	var found []Finding
	version := info["redis_version"]
	major, _, _ := strings.Cut(version, ".")
	if n, err := strconv.Atoi(major); err == nil && n < 7 {
		found = append(found, Finding{
			Bad:  true,
			What: fmt.Sprintf("the server is Redis %s", version),
			Mend: "Tandem needs Redis 7.0 or later, or Valkey",
		})
	}
	switch policy := s.config(ctx, "maxmemory-policy"); policy {
	case "noeviction":
	case "":
		found = append(found, Finding{
			What: "the server does not tell its eviction policy",
			Mend: "make sure in its console that maxmemory-policy is noeviction",
		})
	default:
		found = append(found, Finding{
			Bad:  true,
			What: fmt.Sprintf("the server's maxmemory-policy is %q: when memory runs out it would drop what people said", policy),
			Mend: "set maxmemory-policy noeviction in its configuration",
		})
	}
	return found
}

// inspectPersistence looks at what the server writes to its disk.
func inspectPersistence(info map[string]string, fsync string) []Finding {
	var found []Finding
	if info["aof_enabled"] == "0" {
		found = append(found, Finding{
			Bad:  true,
			What: "the server keeps no append-only file: what was said since its last snapshot is lost when it stops",
			Mend: "set appendonly yes in its configuration",
		})
	}
	if fsync == "no" {
		found = append(found, Finding{
			What: "appendfsync is no: when the machine dies, many seconds may be lost",
			Mend: "set appendfsync everysec, or always",
		})
	}
	if status := info["aof_last_write_status"]; status != "" && status != "ok" {
		found = append(found, Finding{
			Bad:  true,
			What: "the server cannot write its append-only file",
			Mend: "look at its log and at the space on its disk",
		})
	}
	return found
}

// info reads a section of INFO; false where the server has none (miniredis).
func (s *Store) info(ctx context.Context, section string) (map[string]string, bool) {
	c := call{args: []any{"info", section}}
	if err := s.batch.ask(ctx, &c); err != nil {
		return nil, false
	}
	raw, _ := c.reply.(string)
	fields := make(map[string]string)
	for line := range strings.Lines(raw) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			fields[name] = value
		}
	}
	return fields, len(fields) > 0
}

// config reads one setting; "" where the server does not tell. In a cluster every master is asked, and one that is set
// otherwise than the others wins: it is the one to mend.
func (s *Store) config(ctx context.Context, name string) string {
	if s.cluster == nil {
		c := call{args: []any{"config", "get", name}}
		_ = s.batch.ask(ctx, &c) // managed servers forbid it
		return text(array(c.reply), 1)
	}
	values := make(chan string, maxShards)
	_ = s.cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
		values <- node.ConfigGet(ctx, name).Val()[name]
		return nil
	})
	close(values)
	value := ""
	for v := range values {
		if value == "" || v != "noeviction" && v != "always" {
			value = v
		}
	}
	return value
}
