-- Notes a bot's update and says how long to hold it. `top` is the number up to which all are here or given up; those
-- beyond it wait in a sorted set, each with the time until which the gap before it is waited for.
--
-- KEYS  1 the bot's counter (hash: top, last: ms of the last update, open: ms until which the first ones are held)
--       2 numbers beyond a gap (zset: 'number|ms' by number)
-- ARGV  1 number  2 now, ms  3 how long to wait for a gap, ms  4 ms of silence after which the platform may count anew
-- Returns ms to hold

local n, now, patience = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local state = redis.call('HMGET', KEYS[1], 'top', 'last', 'open')
local top, open = tonumber(state[1] or nil), tonumber(state[3] or nil) or 0
if not top or now - (tonumber(state[2] or nil) or 0) > tonumber(ARGV[4]) then
  -- Which number is the first is not known: whatever comes within the patience may be before this one.
  redis.call('DEL', KEYS[2])
  redis.call('HSET', KEYS[1], 'top', ARGV[1], 'last', ARGV[2], 'open', now + patience)
  return patience
end

if n > top then
  local by = now + patience
  local before = redis.call('ZRANGEBYSCORE', KEYS[2], n - 1, n - 1)[1]
  if before then by = tonumber(string.match(before, '|(.*)$')) end
  redis.call('ZADD', KEYS[2], n, ARGV[1] .. '|' .. string.format('%.0f', by))
  local waiting = redis.call('ZRANGE', KEYS[2], 0, 127, 'WITHSCORES')
  for i = 1, #waiting, 2 do
    local number = tonumber(waiting[i + 1])
    local deadline = tonumber(string.match(waiting[i], '|(.*)$'))
    if number > top + 1 and deadline > now then break end
    top = math.max(top, number)
  end
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', top)
  redis.call('HSET', KEYS[1], 'top', string.format('%.0f', top), 'last', ARGV[2])
  if n > top then return math.max(0, by - now) end
else
  redis.call('HSET', KEYS[1], 'last', ARGV[2])
end
if open > now then return open - now end
return 0
