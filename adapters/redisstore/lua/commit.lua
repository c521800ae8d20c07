-- Writes one step, or nothing. Running it again with the same token changes nothing and answers 'ok'.
--
-- KEYS  1 conversation (hash)  2 inbox (zset)  3 answers (hash)  4 records (hash)  5 journal (stream)
--       6 outbox (list)  7 the shard's wake index (zset)  8 its conversations (set)
-- ARGV  1 conversation's name  2 revision as loaded  3 token  4 data key's id  5 wrapped data key, '' where it is stored
--       6 sealed state or ''   7 needs, one a line or '*'     8 wake, ms, 0: never  9 park: '1', '0' or '' as it was
--       10 '1' to remove every answer first, else '0'
--       11-17 how many follow of each: handled entries, answers to set, to remove, records to set, to remove,
--             journal entries, outbox entries               18 'how late, ms|ms ms ...' or '', as in own.lua
--       then: score and serial of each entry; name and value of each answer; names; key and value of each record;
--             keys; sealed journal entries; outbox members
-- Returns {'ok'} | {'moved'}: another revision, or an entry that is not there | {'key', wrapped}: as ingest.lua

local hot = redis.call('HMGET', KEYS[1], 'rev', 'ct', 'ki', 'hs', 'pk', 'n', 'ow', 'ie', 'is', 'lt')
local rev = tonumber(hot[1] or nil) or 0
if rev ~= tonumber(ARGV[2]) then
  if hot[2] == ARGV[3] and rev == tonumber(ARGV[2]) + 1 then return {'ok'} end
  return {'moved'}
end
if hot[3] ~= ARGV[4] and (hot[3] or ARGV[5] == '') then
  return {'key', redis.call('HGET', KEYS[1], 'dk') or ''}
end

local at, count, waiting = 19, tonumber(ARGV[11]), tonumber(hot[6] or nil) or 0
local alone, done, handled = hot[8] or '', {}, hot[4]
for i = 1, count do
  local score, serial = ARGV[at], ARGV[at + 1]
  if alone ~= '' then
    if score ~= hot[9] or string.sub(alone, 1, #serial + 1) ~= serial .. '|' then return {'moved'} end
    done[i] = alone
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
if alone == '' then
  for i = 1, count do redis.call('ZREM', KEYS[2], done[i]) end
end
if ARGV[10] == '1' then redis.call('DEL', KEYS[3]) end
each('HSET', KEYS[3], 2 * ARGV[12])
each('HDEL', KEYS[3], 1 * ARGV[13])
each('HSET', KEYS[4], 2 * ARGV[14])
each('HDEL', KEYS[4], 1 * ARGV[15])
rev = rev + 1
for i = 1, tonumber(ARGV[16]) do
  redis.call('XADD', KEYS[5], rev .. '-' .. i, 'e', ARGV[at])
  at = at + 1
end
each('RPUSH', KEYS[6], 1 * ARGV[17])

local write = {'rev', rev, 'ct', ARGV[3], 'st', ARGV[6], 'nd', ARGV[7], 'wk', ARGV[8]}
if count > 0 then
  waiting = waiting - count
  write[11], write[12], write[13], write[14] = 'hs', handled, 'n', waiting
  if alone ~= '' then write[15], write[16] = 'ie', '' end
end
if ARGV[18] ~= (hot[10] or '') then write[#write + 1], write[#write + 2] = 'lt', ARGV[18] end
local parked = hot[5]
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
if not hot[7] then
  local wake = tonumber(ARGV[8])
  if wake == 0 then wake = nil end
  if parked ~= '1' and redis.call('EXISTS', KEYS[6]) == 1 then
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
