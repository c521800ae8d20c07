-- Takes the leases of conversations that claim.lua found, but for those that an ingest was quicker to take.
-- Running it again with the same lease changes nothing and gives the same answer.
--
-- KEYS  1 the shard's wake index (zset)  2... conversations (hash)
-- ARGV  1 now, ms  2 deadline, ms  3 lease 'worker|ms|deadline|token'  4... their names
-- Returns the names of those that are the caller's now

local mine = {}
for i = 2, #KEYS do
  local lease = redis.call('HGET', KEYS[i], 'ow')
  if not lease or lease == ARGV[3] or tonumber(string.match(lease, '^[^|]*|[^|]*|(%-?%d+)')) <= tonumber(ARGV[1]) then
    redis.call('HSET', KEYS[i], 'ow', ARGV[3])
    redis.call('ZADD', KEYS[1], ARGV[2], ARGV[i + 2])
    mine[#mine + 1] = ARGV[i + 2]
  end
end
return mine
