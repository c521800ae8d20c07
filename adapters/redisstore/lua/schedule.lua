-- Has conversations of one shard looked at by a time at the latest. Those that the caller holds are given back; for those
-- that another worker holds the time is noted, and counts when they are released.
--
-- KEYS  1 the shard's wake index (zset)  then for each conversation: its hash, inbox (zset), outbox (list)
-- ARGV  1 worker and '|'  then for each conversation: its name, ms
-- Returns how many were changed

local changed, k = 0, 2
local free, back = {'ZADD', KEYS[1], 'LT', 'CH'}, {'ZADD', KEYS[1]} -- many in one command
-- add runs a command that has anything behind its first words, and empties it. It returns the command's reply.
local function add(command, words)
  if #command == words then return 0 end
  local reply = redis.call(unpack(command))
  for i = #command, words + 1, -1 do command[i] = nil end
  return reply
end
for i = 2, #ARGV, 2 do
  local name, at = ARGV[i], ARGV[i + 1]
  local lease = redis.call('HGET', KEYS[k], 'ow')
  if not lease then
    free[#free + 1], free[#free + 2] = at, name
    if #free > 200 then changed = changed + add(free, 4) end
  elseif string.sub(lease, 1, #ARGV[1]) == ARGV[1] then
    local hot = redis.call('HMGET', KEYS[k], 'wk', 'pk', 'n', 'ie', 'ph')
    local due = attention(hot, KEYS[k + 1], KEYS[k + 2])
    if due and due < tonumber(at) then at = string.format('%.0f', due) end
    redis.call('HDEL', KEYS[k], 'ow')
    back[#back + 1], back[#back + 2] = at, name
    if #back > 200 then add(back, 2) end
    changed = changed + 1
  else
    local wake = tonumber(redis.call('HGET', KEYS[k], 'wk') or nil) or 0
    if wake == 0 or tonumber(at) < wake then
      redis.call('HSET', KEYS[k], 'wk', at)
      changed = changed + 1
    end
  end
  k = k + 3
end
add(back, 2)
return changed + add(free, 4)
