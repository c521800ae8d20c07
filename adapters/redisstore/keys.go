package redisstore

import (
	"hash/fnv"
	"strconv"
)

// keys names every key in Redis. Each begins with the prefix; the part in braces decides its slot, so that the keys of
// one conversation, and of all conversations of its shard, are together.
type keys struct {
	prefix string
	shards []shardKeys
}

// shardKeys are the keys that the conversations of one shard share.
type shardKeys struct {
	tag string // "<prefix>:{s<N>}:"
	// wake (zset): conversation by the ms of when it next needs attention; under a lease, by the lease's deadline.
	// Written by ingest, claim, own, pending, release, commit, schedule, sweep, erase, reap.
	wake string
	// all (set): every conversation of the shard. Written by ingest, commit, erase.
	all string
}

// conversationKeys are the keys of one conversation.
type conversationKeys struct {
	name  string // the conversation
	shard *shardKeys
	// hot (hash): what every turn reads. Written by ingest (sn: serial of the last entry; n: entries in the inbox; ie, is:
	// the entry that waits alone, as in the inbox, "" none, and its sequence number; ki, dk: id of the data key and the
	// key, wrapped; ow: lease "worker|ms it was taken|deadline, ms|token"), own (ow, wk, lt), pending, release and reap
	// (ow), commit (rev: revision; ct: token of the last commit; st: sealed state; nd: needs; wk: wake, ms; lt: how late it
	// may be, and the times after it; hs: highest sequence number handled; pk: "1" parked; n, ie, ki, dk), schedule (ow,
	// wk), sent (lp, lr: last prompt and its message), drop (n, ie), rewrap (dk), pace (pt, ph: token bucket and stop),
	// erase.
	hot string
	// inbox (zset), where two or more wait: "serial|ms it is held until, or 0|sealed update" by sequence number.
	// Written by ingest, commit, drop, erase.
	inbox string
	// seen (zset): delivery id by the ms it came. Written by ingest, erase.
	seen string
	// answers (hash): answer's name to sealed value. Written by commit, erase.
	answers string
	// records (hash): "kind/id" to sealed value. Written by commit, erase.
	records string
	// journal (stream): "e", a sealed entry, under "revision-number within the commit". Written by commit, erase.
	journal string
	// outbox (list): "revision.number|prompt|sealed entry" in the order of sending. Written by commit, sent, drop, erase.
	outbox string
}

// newKeys names the keys for a number of shards.
func newKeys(prefix string, shards int) keys {
	k := keys{prefix: prefix, shards: make([]shardKeys, shards)}
	for i := range k.shards {
		tag := prefix + ":{s" + strconv.Itoa(i) + "}:"
		k.shards[i] = shardKeys{tag: tag, wake: tag + "wake", all: tag + "all"}
	}
	return k
}

// conversation names the keys of a conversation.
func (k keys) conversation(name string) conversationKeys {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	shard := &k.shards[h.Sum32()%uint32(len(k.shards))]
	all := shard.tag + "c:" + name
	// One string for all of them: they are named several times in every turn.
	rest := all + ":in" + all + ":seen" + all + ":ans" + all + ":rec" + all + ":log" + all + ":out"
	next := func(suffix int) (key string) {
		key, rest = rest[:len(all)+suffix], rest[len(all)+suffix:]
		return key
	}
	return conversationKeys{
		name: name, shard: shard,
		hot:     all,
		inbox:   next(len(":in")),
		seen:    next(len(":seen")),
		answers: next(len(":ans")),
		records: next(len(":rec")),
		journal: next(len(":log")),
		outbox:  next(len(":out")),
	}
}

// meta (hash): format, shards, check (a value that the keyset must open). Written by meta at the first start, and by
// Rewrap (check).
func (k keys) meta() string { return k.prefix + ":meta" }

// probe (string, a minute at most): says that this shard's server takes writes. Written by Ready.
func (k shardKeys) probe() string { return k.tag + "probe" }

// platformPace (hash: pt, ph): the token bucket of a platform. Written by pace.
func (k keys) platformPace(platform string) string { return k.prefix + ":{pace:" + platform + "}" }

// arrived (hash: top, last, open) and gaps (zset): how far a bot's updates have come. Written by arrived.
func (k keys) arrived(bot string) (counter, gaps string) {
	tag := k.prefix + ":{arrived:" + bot + "}"
	return tag, tag + ":gaps"
}

// flow (hash: version to source, JSON) and order (zset: version by the ms it was put). Written by putflow.
func (k keys) flow(id string) (sources, order string) {
	tag := k.prefix + ":{flow:" + id + "}"
	return tag + ":src", tag + ":put"
}
