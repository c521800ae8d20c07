-- Ends a lease, whoever holds it: for a store that only one process uses, which has just started.
--
-- KEYS  1 conversation (hash)  2 the shard's wake index (zset)
-- ARGV  1 conversation's name
-- Returns 1, or 0 where there was none

if redis.call('HDEL', KEYS[1], 'ow') == 0 then return 0 end
redis.call('ZADD', KEYS[2], 0, ARGV[1])
return 1
