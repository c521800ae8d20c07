-- Stores a version of a flow and makes it the newest.
--
-- KEYS  1 sources (hash: version to source)  2 order (zset: version by when it was put, ms)
-- ARGV  1 version  2 source  3 now, ms
-- Returns when it was put, ms: now, or just after the newest one so far

local at = tonumber(ARGV[3])
local newest = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
if newest[2] and tonumber(newest[2]) >= at then at = tonumber(newest[2]) + 1 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], at, ARGV[1])
return at
