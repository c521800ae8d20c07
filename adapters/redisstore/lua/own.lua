-- Takes the leases of conversations that claim.lua found, but for those that an ingest was quicker to take, and for those
-- whose wake was for something that comes too late by now: they are looked at the next time that their last commit
-- named, and nobody reads or writes anything else of them.
-- Running it again with the same lease takes what it took; of what was passed over there is nothing to do, if it is taken.
--
-- KEYS  1 the shard's wake index (zset)  then for each conversation: its hash, outbox (list)
-- ARGV  1 now, ms  2 deadline, ms  3 lease 'worker|ms|deadline|token'  4 how many at most; the others stay due
--       5... their names
-- Returns the names of those that are the caller's now

-- later takes the times that are over out of 'how late, ms|ms ms ...', and gives the first that is not, and the rest; the
-- last one never is over.
local function later(times, wake, now)
  local late, list = string.match(times, '^(%d+)|(.*)$')
  local before = now - tonumber(late)
  while wake < before do
    local first, rest = string.match(list, '^(%d+) ?(.*)$')
    if not first then break end
    wake, list = tonumber(first), rest
  end
  return wake, list ~= '' and late .. '|' .. list or ''
end

local mine, now, most = {}, tonumber(ARGV[1]), tonumber(ARGV[4])
for i = 5, #ARGV do
  local k = 2 * i - 8
  local hot = redis.call('HMGET', KEYS[k], 'ow', 'lt', 'wk', 'n')
  local lease, times, wake = hot[1], hot[2] or '', tonumber(hot[3] or nil) or 0
  if not lease or lease == ARGV[3] or tonumber(string.match(lease, '^[^|]*|[^|]*|(%-?%d+)')) <= now then
    if not lease and times ~= '' and wake <= now and (tonumber(hot[4] or nil) or 0) == 0
      and redis.call('EXISTS', KEYS[k + 1]) == 0 then
      local at, rest = later(times, wake, now)
      if at ~= wake then
        wake = string.format('%.0f', at)
        redis.call('HSET', KEYS[k], 'wk', wake, 'lt', rest)
      end
      if at > now then
        redis.call('ZADD', KEYS[1], wake, ARGV[i])
        wake = nil
      end
    end
    if wake and #mine == most and lease ~= ARGV[3] then
      redis.call('ZADD', KEYS[1], now, ARGV[i])
    elseif wake then
      redis.call('HSET', KEYS[k], 'ow', ARGV[3])
      redis.call('ZADD', KEYS[1], ARGV[2], ARGV[i])
      mine[#mine + 1] = ARGV[i]
    end
  end
end
return mine
