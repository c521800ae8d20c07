-- Moves the conversations of one shard that are due, the longest due first, out of the way of other claims, for as long
-- as it takes own.lua to put them under a lease. Who dies between the two leaves them to be claimed again after that.
--
-- KEYS  1 the shard's wake index (zset)
-- ARGV  1 now, ms  2 when they are due again, ms  3 how many at most
-- Returns the names of the conversations

local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, name in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[2], name) end
return due
