-- Moves the conversations of one shard that are due, the longest due first, to the deadline of the lease under which
-- own.lua then puts them. Who dies between the two leaves them to be claimed again after that deadline.
--
-- KEYS  1 the shard's wake index (zset)
-- ARGV  1 now, ms  2 deadline, ms  3 how many at most
-- Returns the names of the conversations

local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, name in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[2], name) end
return due
