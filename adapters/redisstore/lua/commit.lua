-- Writes one step, or nothing. Running it again with the same token changes nothing and answers 'ok'.
--
-- KEYS  1 conversation (hash)  2 inbox (zset)  3 answers (hash)  4 records (hash)  5 journal (stream)
--       6 outbox (zset)  7 the shard's wake index (zset)  8 its conversations (set)
-- ARGV  1 conversation's name  2 revision as loaded  3 token  4 data key's id  5 wrapped data key, '' where it is stored
--       6 sealed state or ''   7 needs, one a line or '*'     8 wake, ms, 0: never  9 park: '1', '0' or '' as it was
--       10-16 how many follow of each: handled entries, answers to set, to remove, records to set, to remove,
--             journal entries, outbox entries
--       then: score and serial of each entry; name and value of each answer; names; key and value of each record;
--             keys; sealed journal entries; outbox members
-- Returns {'ok'} | {'moved'}: another revision, or an entry that is not there | {'key', wrapped}: as ingest.lua

local hot = redis.call('HMGET', KEYS[1], 'rev', 'ct', 'ki', 'oid', 'hs', 'pk', 'sn', 'n', 'ow', 'hd')
local rev = tonumber(hot[1] or nil) or 0
if rev ~= tonumber(ARGV[2]) then
  if hot[2] == ARGV[3] and rev == tonumber(ARGV[2]) + 1 then return {'ok'} end
  return {'moved'}
end
if hot[3] ~= ARGV[4] and (hot[3] or ARGV[5] == '') then
  return {'key', redis.call('HGET', KEYS[1], 'dk') or ''}
end

local at, count, waiting = 17, tonumber(ARGV[10]), tonumber(hot[8] or nil) or 0
local done, handled, popped = {}, hot[5], tonumber(hot[10] or nil) or 0
local before = popped
for i = 1, count do
  local score, serial = ARGV[at], ARGV[at + 1]
  local n = tonumber(serial)
  if waiting == 1 and count == 1 and n == tonumber(hot[7]) and n > before then
    done = nil -- the last that came, and not handled yet: it is the whole inbox
  else
    for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], score, score)) do
      if string.sub(member, 1, #serial + 1) == serial .. '|' then
        done[i] = member
        break
      end
    end
    if not done[i] then return {'moved'} end
  end
  if not handled or tonumber(score) > tonumber(handled) then handled = score end
  if n > popped then popped = n end
  at = at + 2
end

-- Everything is checked: from here on there are only writes.
local function each(command, key, size)
  while size > 0 do
    local some = math.min(size, 200)
    redis.call(command, key, unpack(ARGV, at, at + some - 1))
    at = at + some
    size = size - some
  end
end
if done then
  for i = 1, count do redis.call('ZREM', KEYS[2], done[i]) end
else
  redis.call('DEL', KEYS[2])
end
each('HSET', KEYS[3], 2 * ARGV[11])
each('HDEL', KEYS[3], 1 * ARGV[12])
each('HSET', KEYS[4], 2 * ARGV[13])
each('HDEL', KEYS[4], 1 * ARGV[14])
rev = rev + 1
for i = 1, tonumber(ARGV[15]) do
  redis.call('XADD', KEYS[5], rev .. '-' .. i, 'e', ARGV[at])
  at = at + 1
end
local sent = tonumber(hot[4]) or 0
for _ = 1, tonumber(ARGV[16]) do
  sent = sent + 1
  redis.call('ZADD', KEYS[6], sent, ARGV[at])
  at = at + 1
end

local write = {'rev', rev, 'ct', ARGV[3], 'st', ARGV[6], 'nd', ARGV[7], 'wk', ARGV[8], 'oid', sent}
if count > 0 then
  waiting = waiting - count
  write[13], write[14], write[15], write[16], write[17], write[18] = 'hs', handled, 'n', waiting, 'hd', popped
end
local parked = hot[6]
if ARGV[9] ~= '' then
  parked = ARGV[9]
  write[#write + 1], write[#write + 2] = 'pk', parked
end
if not hot[3] then
  write[#write + 1], write[#write + 2] = 'ki', ARGV[4]
  write[#write + 1], write[#write + 2] = 'dk', ARGV[5]
  redis.call('SADD', KEYS[8], ARGV[1])
end
redis.call('HSET', KEYS[1], unpack(write))

-- Whoever holds the lease sets the wake time on release. Where nobody does, it is set here.
if not hot[9] then
  local wake = tonumber(ARGV[8])
  if wake == 0 then wake = nil end
  if parked ~= '1' and redis.call('ZCARD', KEYS[6]) > 0 then
    wake = 0
  elseif waiting > 0 then
    local due = tonumber(redis.call('ZSCORE', KEYS[7], ARGV[1]) or nil) or 0
    if not wake or due < wake then wake = due end
  end
  if wake then
    redis.call('ZADD', KEYS[7], wake, ARGV[1])
  else
    redis.call('ZREM', KEYS[7], ARGV[1])
  end
end
return {'ok'}
