-- Renews the caller's lease and reads the head of the outbox. A lease that ran out but that nobody else took is still
-- the caller's.
--
-- KEYS  1 conversation (hash)  2 outbox (zset)  3 the shard's wake index (zset)  4 its leases (hash)
-- ARGV  1 conversation's name  2 worker and '|'  3 deadline, ms  4 how many at most  5 data key's id that the caller has
-- Returns {'lost'} | {'ours', members with ids, data key's id, wrapped data key or '' where the caller has it}

local leased = redis.call('HGET', KEYS[4], ARGV[1])
if not leased or string.sub(leased, 1, #ARGV[2]) ~= ARGV[2] then return {'lost'} end
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
local members = redis.call('ZRANGE', KEYS[2], 0, ARGV[4] - 1, 'WITHSCORES')
if #members == 0 then return {'ours', members, '', ''} end
local key = redis.call('HMGET', KEYS[1], 'ki', 'dk')
if key[1] == ARGV[5] then key[2] = '' end
return {'ours', members, key[1] or '', key[2] or ''}
