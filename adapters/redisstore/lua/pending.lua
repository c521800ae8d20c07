-- Renews the caller's lease and reads the head of the outbox. A lease that ran out but that nobody else took is still
-- the caller's.
--
-- KEYS  1 conversation (hash)  2 outbox (list)  3 the shard's wake index (zset)
-- ARGV  1 conversation's name  2 worker and '|'  3 deadline, ms  4 how many at most  5 data key's id that the caller has
-- Returns {'lost'} | {'ours', entries, data key's id, wrapped data key or '' where the caller has it}

local hot = redis.call('HMGET', KEYS[1], 'ow', 'ki')
local lease, key, wrapped = hot[1], hot[2] or '', ''
if not lease or string.sub(lease, 1, #ARGV[2]) ~= ARGV[2] then return {'lost'} end
local who, token = string.match(lease, '^([^|]*|[^|]*|)%-?%d+(|.*)$')
redis.call('HSET', KEYS[1], 'ow', who .. ARGV[3] .. token)
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
local entries = redis.call('LRANGE', KEYS[2], 0, ARGV[4] - 1)
if #entries > 0 and key ~= '' and key ~= ARGV[5] then wrapped = redis.call('HGET', KEYS[1], 'dk') or '' end
return {'ours', entries, key, wrapped}
