-- Leases the conversations of one shard that are due, the longest due first.
--
-- KEYS  1 the shard's wake index (zset)  2 its leases (hash)
-- ARGV  1 now, ms  2 deadline, ms  3 how many at most  4 lease 'worker|ms|token'
-- Returns the names of the conversations

local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, name in ipairs(due) do
  redis.call('ZADD', KEYS[1], ARGV[2], name)
  redis.call('HSET', KEYS[2], name, ARGV[4])
end
return due
