package redisstore

import (
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

// Options say how a store is opened. The zero value of each has a meaning; only URL and Keyset are required (neither
// by OpenEmbedded).
type Options struct {
	// URL tells where Redis is:
	//
	//	redis://user:password@host:6379/0                                 one server
	//	rediss://host:6380                                                the same over TLS
	//	redis://h1:7000,h2:7001,h3:7002?cluster=true                      a Redis Cluster (rediss:// over TLS)
	//	redis+sentinel://user:password@h1:26379,h2:26379/0?master=name    a master that Sentinels watch over
	//
	// With Sentinel, "sentinel_username" and "sentinel_password" are those of the Sentinels, where they ask for any;
	// rediss+sentinel:// speaks TLS.
	URL string
	// Keyset wraps the keys that people's words are sealed with.
	Keyset *Keyset
	// Shards is how many parts the conversations are kept in, at most 1024. It is fixed when the store is first
	// opened; 0 takes what is stored, or 16.
	Shards int
	// Worker names this process among those that hold leases. It must be another one at each start. Empty: a new ULID.
	Worker string
	// Lease is how long a worker has a conversation for itself without renewing. 0: 60 s.
	Lease time.Duration
	// Rates are the limits of each platform, by its name ("telegram"). nil: DefaultRates.
	Rates map[string]Rates
	// Patience is how long a gap in a bot's updates is waited for (bot.Sequencer). 0: 300 ms.
	Patience time.Duration
	// Prefix begins every key, so that several Tandems can share a Redis. Empty: "tandem".
	Prefix string
	// Keys is how many conversations' data keys are kept in memory, 1 kB each. 0: 16,384.
	Keys int
	// Log takes what an operator should know; never a person's words. nil: slog.Default().
	Log *slog.Logger
	// Clock tells the time where no caller does: of a flow that is put, and for comparison with the server's. nil: time.Now.
	Clock func() time.Time
}

// maxShards bounds Options.Shards: each costs a command a poll.
const maxShards = 1024

// withDefaults fills in what is not said, and refuses what makes no sense.
func (o Options) withDefaults() (Options, error) {
	if o.Keyset == nil {
		return o, errors.New("redisstore: Options.Keyset is not set")
	}
	if o.Shards < 0 || o.Shards > maxShards {
		return o, errors.New("redisstore: Options.Shards must be 0 to 1024")
	}
	if o.Prefix == "" {
		o.Prefix = "tandem"
	}
	if strings.ContainsAny(o.Prefix, "{}") {
		return o, errors.New("redisstore: Options.Prefix must not hold braces")
	}
	if o.Worker == "" {
		o.Worker = ulid.Make().String()
	}
	if strings.Contains(o.Worker, "|") {
		return o, errors.New("redisstore: Options.Worker must not hold '|'")
	}
	if o.Lease <= 0 {
		o.Lease = time.Minute
	}
	if o.Patience <= 0 {
		o.Patience = 300 * time.Millisecond
	}
	if o.Rates == nil {
		o.Rates = DefaultRates()
	}
	if o.Keys <= 0 {
		o.Keys = 16384
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return o, nil
}

// Rates are how fast a platform may be sent to. A zero Rate is no limit.
type Rates struct {
	Chat  Rate // to one conversation
	Group Rate // to one group chat, in place of Chat
	All   Rate // to the whole platform
}

// Rate is a token bucket: one message each Every on average, and Burst of them at once after a rest.
type Rate struct {
	Every time.Duration
	Burst int // less than 1 counts as 1
}

// DefaultRates are what the platforms ask for. Telegram: about one message a second to a chat, 20 a minute to a group,
// 30 a second overall; the group's pace is chosen so that a burst and a minute after it stay within 20. Slack: one
// message a second to a channel. Other platforms have no limit.
func DefaultRates() map[string]Rates {
	return map[string]Rates{
		"telegram": {
			Chat:  Rate{Every: time.Second, Burst: 3},
			Group: Rate{Every: 3500 * time.Millisecond, Burst: 3},
			All:   Rate{Every: time.Second / 30, Burst: 5},
		},
		"slack": {Chat: Rate{Every: time.Second, Burst: 3}},
	}
}
