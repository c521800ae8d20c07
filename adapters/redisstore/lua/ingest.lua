-- Takes in one delivery: claims it, puts it into the inbox, and takes the lease where the conversation is free.
-- Running it again with the same lease changes nothing and gives the same answer.
--
-- KEYS  1 conversation (hash)  2 inbox (zset)  3 deliveries (zset)  4 answers (hash)
--       5 the shard's wake index (zset)  6 its conversations (set)
-- ARGV  1 conversation's name     2 now, ms        3 delivery id        4 sequence number, 0: after all
--       5 hold, ms                6 sealed update  7 data key's id      8 wrapped data key, '' where it is stored
--       9 lease 'worker|ms|deadline|token'  10 deadline, ms  11 forget deliveries before, ms  12 how many entries to return
--       13 token of the commit after which the caller knows the state and the answers that were needed, '' none
-- Returns {'key', wrapped}: another data key is in use ('' none at all); nothing was written
--         {'known'}: the delivery was claimed before
--         {'stored'}: it is in the inbox, and not this worker's to handle now
--         {'same', snapshot's fields without the state, entries with scores, {}}: nothing was committed since ARGV 13
--         {'ours', snapshot's fields and the last commit's token, entries with scores, answers}
--         In 'same' and 'ours' this update's entry may come without the update.

local now = tonumber(ARGV[2])
local hot = redis.call('HMGET', KEYS[1], 'rev', 'pk', 'lp', 'lr', 'ct', 'nd', 'ki', 'sn', 'hs', 'n', 'ow', 'ie', 'is')
local key, serial, waiting, lease = hot[7], hot[8], tonumber(hot[10] or nil) or 0, hot[11]
local alone, score = hot[12] or '', hot[13]
if key ~= ARGV[7] and (key or ARGV[8] == '') then
  return {'key', redis.call('HGET', KEYS[1], 'dk') or ''}
end

local function ours(inbox)
  local token = hot[5]
  for i = 9, 13 do hot[i] = nil end
  hot[5], hot[8] = false, token
  if token and token == ARGV[13] then return {'same', hot, inbox, {}} end
  hot[5] = redis.call('HGET', KEYS[1], 'st')
  return {'ours', hot, inbox, needed(KEYS[4], hot[6])}
end

if redis.call('ZADD', KEYS[3], 'NX', ARGV[2], ARGV[3]) == 0 then
  if lease ~= ARGV[9] then return {'known'} end
  return ours(ready(oldest(alone, score, KEYS[2], ARGV[12]), now))
end

serial = (tonumber(serial or nil) or 0) + 1
local seq, held = ARGV[4], '0'
if seq == '0' then
  seq = hot[9] or '0'
  local last = score
  if waiting > 0 and alone == '' then last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2] end
  if waiting > 0 and tonumber(last) > tonumber(seq) then seq = last end
end
if ARGV[5] ~= '0' then held = string.format('%.0f', now + tonumber(ARGV[5])) end
local place = string.format('%012d|%s|', serial, held)
local write = {'sn', serial, 'n', waiting + 1}
if waiting == 0 then -- most entries wait alone, and not for long: a field is cheaper than a zset
  write[5], write[6], write[7], write[8] = 'ie', place .. ARGV[6], 'is', seq
else
  if alone ~= '' then
    redis.call('ZADD', KEYS[2], score, alone)
    write[5], write[6] = 'ie', ''
  end
  redis.call('ZADD', KEYS[2], seq, place .. ARGV[6])
end
if serial % 16 == 0 then redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', '(' .. ARGV[11]) end

local free = not lease or tonumber(string.match(lease, '^[^|]*|[^|]*|(%-?%d+)')) <= now
local inbox
if free and held == '0' then
  inbox = {place, seq}
  if waiting > 0 then
    inbox = ready(redis.call('ZRANGE', KEYS[2], 0, ARGV[12] - 1, 'WITHSCORES'), now)
    if #inbox == 0 then inbox = nil end
  end
end
if inbox then write[#write + 1], write[#write + 2] = 'ow', ARGV[9] end
if not key then
  write[#write + 1], write[#write + 2] = 'ki', ARGV[7]
  write[#write + 1], write[#write + 2] = 'dk', ARGV[8]
  redis.call('SADD', KEYS[6], ARGV[1])
  redis.call('PERSIST', KEYS[3]) -- erase.lua had it expire
end
redis.call('HSET', KEYS[1], unpack(write))

if inbox then
  redis.call('ZADD', KEYS[5], ARGV[10], ARGV[1])
  return ours(inbox)
end
if free and held ~= '0' then
  local due = tonumber(redis.call('ZSCORE', KEYS[5], ARGV[1]) or nil)
  if not due or due > tonumber(held) then redis.call('ZADD', KEYS[5], held, ARGV[1]) end
end
return {'stored'}
