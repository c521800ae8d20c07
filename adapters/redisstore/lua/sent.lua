-- Takes one entry off the outbox. The message of a question is remembered, so that it can be settled later.
--
-- KEYS  1 conversation (hash)  2 outbox (zset)
-- ARGV  1 entry's id  2 the platform's id of the message, '' where it was not taken
-- Returns 1, or 0 where the entry was not there

local member = redis.call('ZRANGEBYSCORE', KEYS[2], ARGV[1], ARGV[1])[1]
if not member then return 0 end
redis.call('ZREM', KEYS[2], member)
local prompt = string.match(member, '^[^|]*|([^|]*)|')
if prompt ~= '' and ARGV[2] ~= '' then redis.call('HSET', KEYS[1], 'lp', prompt, 'lr', ARGV[2]) end
return 1
