-- Gives the lease back and sets when the conversation is looked at again: the earliest of its first inbox entry (at
-- once, or when its hold has passed), its outbox (at the retry time, unless it is parked) and its last commit's wake.
--
-- KEYS  1 conversation (hash)  2 inbox (zset)  3 outbox (zset)  4 the shard's wake index (zset)  5 its leases (hash)
-- ARGV  1 conversation's name  2 worker and '|'  3 now, ms  4 retry, ms
-- Returns 'lost', or 'ok'

local leased = redis.call('HGET', KEYS[5], ARGV[1])
if not leased or string.sub(leased, 1, #ARGV[2]) ~= ARGV[2] then return 'lost' end
local hot = redis.call('HMGET', KEYS[1], 'wk', 'pk')
local wake = tonumber(hot[1] or nil)
if wake == 0 then wake = nil end
local first = redis.call('ZRANGE', KEYS[2], 0, 0)[1]
if first then
  local at = math.max(tonumber(ARGV[3]), tonumber(string.match(first, '^%d+|(%d+)|')))
  if not wake or at < wake then wake = at end
end
if hot[2] ~= '1' and redis.call('ZCARD', KEYS[3]) > 0 then
  local at = tonumber(ARGV[4])
  if not wake or at < wake then wake = at end
end
redis.call('HDEL', KEYS[5], ARGV[1])
if wake then
  redis.call('ZADD', KEYS[4], wake, ARGV[1])
else
  redis.call('ZREM', KEYS[4], ARGV[1])
end
return 'ok'
