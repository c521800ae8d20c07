-- Takes in one delivery: claims it, puts it into the inbox, and takes the lease where the conversation is free.
-- Running it again with the same token changes nothing and gives the same answer.
--
-- KEYS  1 conversation (hash)  2 inbox (zset)  3 deliveries (zset)  4 answers (hash)
--       5 the shard's wake index (zset)  6 its leases (hash)  7 its conversations (set)
-- ARGV  1 conversation's name     2 now, ms        3 delivery id        4 sequence number, 0: after all
--       5 hold, ms                6 sealed update  7 data key's id      8 wrapped data key, '' where it is stored
--       9 lease 'worker|ms|token' 10 deadline, ms  11 forget deliveries before, ms  12 how many entries to return
-- Returns {'key', wrapped}: another data key is in use ('' none at all); nothing was written
--         {'known'}: the delivery was claimed before
--         {'stored'}: it is in the inbox, and not this worker's to handle now
--         {'ours', snapshot's fields, entries with scores, answers}

local now = tonumber(ARGV[2])
local hot = redis.call('HMGET', KEYS[1], 'rev', 'pk', 'lp', 'lr', 'st', 'nd', 'ki', 'sn', 'hs')
if hot[7] ~= ARGV[7] and (hot[7] or ARGV[8] == '') then
  return {'key', redis.call('HGET', KEYS[1], 'dk') or ''}
end

if redis.call('ZADD', KEYS[3], 'NX', ARGV[2], ARGV[3]) == 0 then
  if redis.call('HGET', KEYS[6], ARGV[1]) ~= ARGV[9] then return {'known'} end
else
  local serial = (tonumber(hot[8]) or 0) + 1
  local seq = ARGV[4]
  if seq == '0' then
    seq = hot[9] or '0'
    local last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2]
    if last and tonumber(last) > tonumber(seq) then seq = last end
  end
  local held = '0'
  if ARGV[5] ~= '0' then held = string.format('%.0f', now + tonumber(ARGV[5])) end
  redis.call('ZADD', KEYS[2], seq, string.format('%012d|%s|', serial, held) .. ARGV[6])
  if hot[7] then
    redis.call('HSET', KEYS[1], 'sn', serial)
  else
    redis.call('HSET', KEYS[1], 'sn', serial, 'ki', ARGV[7], 'dk', ARGV[8])
    redis.call('SADD', KEYS[7], ARGV[1])
    redis.call('PERSIST', KEYS[3]) -- erase.lua had it expire
  end
  if serial % 16 == 0 then redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', '(' .. ARGV[11]) end

  local leased = redis.call('HGET', KEYS[6], ARGV[1])
  if leased or held ~= '0' then
    local due = tonumber(redis.call('ZSCORE', KEYS[5], ARGV[1]) or nil)
    if leased and due and due > now then return {'stored'} end
    if held ~= '0' then
      if not due or due > tonumber(held) then redis.call('ZADD', KEYS[5], held, ARGV[1]) end
      return {'stored'}
    end
  end
end

local inbox = ready(redis.call('ZRANGE', KEYS[2], 0, ARGV[12] - 1, 'WITHSCORES'), now)
if #inbox == 0 then return {'stored'} end
redis.call('HSET', KEYS[6], ARGV[1], ARGV[9])
redis.call('ZADD', KEYS[5], ARGV[10], ARGV[1])
hot[8], hot[9] = nil, nil
return {'ours', hot, inbox, needed(KEYS[4], hot[6])}
