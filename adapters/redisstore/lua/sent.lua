-- Takes the first entry off the outbox: entries are sent in order. The message of a question is remembered, so that it
-- can be settled later.
--
-- KEYS  1 conversation (hash)  2 outbox (list)
-- ARGV  1 entry's place and '|'  2 the platform's id of the message, '' where it was not taken
-- Returns 1, or 0 where the entry is not the first

local entry = redis.call('LINDEX', KEYS[2], 0)
if not entry or string.sub(entry, 1, #ARGV[1]) ~= ARGV[1] then return 0 end
redis.call('LPOP', KEYS[2])
local prompt = string.match(entry, '^[^|]*|([^|]*)|')
if prompt ~= '' and ARGV[2] ~= '' then redis.call('HSET', KEYS[1], 'lp', prompt, 'lr', ARGV[2]) end
return 1
