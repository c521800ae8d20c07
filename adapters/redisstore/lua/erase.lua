-- Erases a conversation. The ids of its deliveries stay (they hold no words), so that what is redelivered now does not
-- bring it back; they expire by themselves.
--
-- KEYS  1 conversation (hash)  2 inbox  3 answers  4 records  5 journal  6 outbox  7 the shard's wake index (zset)
--       8 its conversations (set)  9 deliveries (zset)
-- ARGV  1 conversation's name  2 ms that deliveries are kept
-- Returns 1, or 0 where there was none

local was = redis.call('SREM', KEYS[8], ARGV[1])
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6])
redis.call('ZREM', KEYS[7], ARGV[1])
redis.call('PEXPIRE', KEYS[9], ARGV[2])
return was
