-- One token bucket, as a theoretical arrival time (the generic cell rate algorithm), and a stop.
--
-- KEYS  1 the hash that holds the bucket
-- ARGV  1 now, ms  2 'take', 'give' or 'hold'  3 ms a token, 0: no limit (hold: until when, ms)  4 burst
-- Returns take: 0 with a token taken, or the ms to wait for one; give and hold: 0

local now = tonumber(ARGV[1])
if ARGV[2] == 'hold' then
  local stop = tonumber(redis.call('HGET', KEYS[1], 'ph') or nil) or 0
  if tonumber(ARGV[3]) > stop then redis.call('HSET', KEYS[1], 'ph', ARGV[3]) end
  return 0
end
local bucket = redis.call('HMGET', KEYS[1], 'pt', 'ph')
local each = tonumber(ARGV[3])
local arrival = tonumber(bucket[1] or nil) or 0
if ARGV[2] == 'give' then
  if arrival > now then redis.call('HSET', KEYS[1], 'pt', string.format('%.3f', arrival - each)) end
  return 0
end
local stop = tonumber(bucket[2] or nil) or 0
if stop > now then return math.ceil(stop - now) end
if each == 0 then return 0 end
if arrival < now then arrival = now end
local wait = arrival - now - each * (tonumber(ARGV[4]) - 1)
if wait > 0 then return math.ceil(wait) end
redis.call('HSET', KEYS[1], 'pt', string.format('%.3f', arrival + each))
return 0
