package redisstore

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// dumpFields bounds the fields of one dumped command.
const dumpFields = 256

// dump gives commands that make an empty server hold what this one holds, key by key. Keys that are to expire (the
// delivery ids of an erased person) are left out: this server's clock does not run.
func (e *embedded) dump(record func(args []string) error) error {
	for _, key := range e.redis.Keys() {
		if e.redis.TTL(key) > 0 {
			continue
		}
		if err := e.dumpKey(key, record); err != nil {
			return err
		}
	}
	return nil
}

// dumpKey gives the commands of one key, by its type.
func (e *embedded) dumpKey(key string, record func(args []string) error) error {
	switch kind := e.redis.Type(key); kind {
	case "hash":
		fields, err := e.redis.HKeys(key)
		if err != nil {
			return fmt.Errorf("dump hash: %w", err)
		}
		var pairs []string
		for _, f := range fields {
			pairs = append(pairs, f, e.redis.HGet(key, f))
		}
		return inParts([]string{"hset", key}, pairs, record)
	case "zset":
		scores, err := e.redis.SortedSet(key)
		if err != nil {
			return fmt.Errorf("dump sorted set: %w", err)
		}
		var pairs []string
		for _, member := range slices.Sorted(maps.Keys(scores)) {
			pairs = append(pairs, strconv.FormatFloat(scores[member], 'f', -1, 64), member)
		}
		return inParts([]string{"zadd", key}, pairs, record)
	case "set":
		members, err := e.redis.Members(key)
		if err != nil {
			return fmt.Errorf("dump set: %w", err)
		}
		return inParts([]string{"sadd", key}, members, record)
	case "list":
		entries, err := e.redis.List(key)
		if err != nil {
			return fmt.Errorf("dump list: %w", err)
		}
		return inParts([]string{"rpush", key}, entries, record)
	case "stream":
		entries, err := e.redis.Stream(key)
		if err != nil {
			return fmt.Errorf("dump stream: %w", err)
		}
		for _, entry := range entries {
			if err := record(append([]string{"xadd", key, entry.ID}, entry.Values...)); err != nil {
				return err
			}
		}
		return nil
	default:
		return fmt.Errorf("dump: a key has the type %q, which the store does not use", kind)
	}
}

// inParts records a command with some of its operands at a time. dumpFields is even: pairs stay together.
func inParts(command, operands []string, record func(args []string) error) error {
	for part := range slices.Chunk(operands, dumpFields) {
		if err := record(append(slices.Clone(command), part...)); err != nil {
			return err
		}
	}
	return nil
}
