// Package redisstore keeps Tandem's conversations in Redis: what platforms delivered, what was answered, what is to be
// said, and when each conversation next needs attention. It is the only code that speaks Redis; bot.Store is its
// contract, bottest.StoreConformance the proof.
//
// # What is promised
//
// Each call that writes is one Lua script over the keys of one conversation, which share a hash slot: it takes effect
// whole or not at all, on a single server, under Sentinel and on a Cluster alike. Scripts that write check everything
// before their first write, and carry a token, so that one that is sent again after a lost answer changes nothing.
// What a call acknowledged is as safe as the server makes it: "appendonly yes" with "appendfsync always" loses
// nothing, "everysec" up to a second when the machine dies. The embedded store (OpenEmbedded) syncs its journal before
// it acknowledges.
//
// # What is not
//
// A lease keeps two workers from working at once, not from writing: correctness rests on Commit's revision. A worker
// that dies, or a call to Ingest or Claim whose answer is lost for good, leaves the conversation alone until its lease
// runs out. Sends are at least once.
//
// # Encryption
//
// Every value that can hold a person's words is sealed with AES-256-GCM under a data key of its conversation, which is
// stored wrapped by the keyset. The associated data is the value's place: the Redis key and, where there is one, the
// field. Key and field names, delivery ids, prompt ids, message ids of the platform and times are not sealed. A value
// sealed under a data key that is gone (an erased person) reads as if it were not there; a value that was tampered
// with or moved is an error.
package redisstore
