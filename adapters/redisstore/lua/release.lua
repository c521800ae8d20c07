-- Gives the lease back and sets when the conversation is looked at again: the earliest of its first inbox entry (at
-- once, or when its hold has passed), its outbox (at the retry time, unless it is parked) and its last commit's wake.
--
-- KEYS  1 conversation (hash)  2 inbox (zset)  3 outbox (list)  4 the shard's wake index (zset)
-- ARGV  1 conversation's name  2 worker and '|'  3 now, ms  4 retry, ms
-- Returns 'lost', or 'ok'

local hot = redis.call('HMGET', KEYS[1], 'ow', 'wk', 'pk', 'n', 'ie')
local lease, wake = hot[1], tonumber(hot[2] or nil)
if not lease or string.sub(lease, 1, #ARGV[2]) ~= ARGV[2] then return 'lost' end
if wake == 0 then wake = nil end
if (tonumber(hot[4] or nil) or 0) > 0 then
  local first = hot[5]
  if not first or first == '' then first = redis.call('ZRANGE', KEYS[2], 0, 0)[1] end
  local at = math.max(tonumber(ARGV[3]), tonumber(string.match(first, '^%d+|(%d+)|')))
  if not wake or at < wake then wake = at end
end
if hot[3] ~= '1' and redis.call('EXISTS', KEYS[3]) == 1 then
  local at = tonumber(ARGV[4])
  if not wake or at < wake then wake = at end
end
redis.call('HDEL', KEYS[1], 'ow')
if wake then
  redis.call('ZADD', KEYS[4], wake, ARGV[1])
else
  redis.call('ZREM', KEYS[4], ARGV[1])
end
return 'ok'
