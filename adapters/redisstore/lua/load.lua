-- Reads a conversation at one instant. Under a lease it shows the inbox as it was due when the lease was taken:
-- entries that are held for order stay out of sight until their hold has passed.
--
-- KEYS  1 conversation (hash)  2 inbox (zset)  3 answers (hash)  4 the shard's leases (hash)
-- ARGV  1 conversation's name  2 data key's id that the caller has  3 how many entries to return
-- Returns {snapshot's fields, entries with scores, answers, wrapped data key or '' where the caller has it}

local hot = redis.call('HMGET', KEYS[1], unpack(fields))
local inbox = redis.call('ZRANGE', KEYS[2], 0, ARGV[3] - 1, 'WITHSCORES')
if #inbox > 0 then
  local leased = redis.call('HGET', KEYS[4], ARGV[1])
  if leased then inbox = ready(inbox, tonumber(string.match(leased, '|(%-?%d+)|'))) end
end
local wrapped = ''
if hot[7] and hot[7] ~= ARGV[2] then wrapped = redis.call('HGET', KEYS[1], 'dk') or '' end
return {hot, inbox, needed(KEYS[3], hot[6]), wrapped}
