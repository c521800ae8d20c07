-- Removes entries that nobody can read any more, because the person's key was erased.
--
-- KEYS  1 conversation (hash)  2 inbox or outbox (zset)
-- ARGV  1 the field that counts them, '' none  2... the members
-- Returns how many were removed

local gone = 0
for i = 2, #ARGV do gone = gone + redis.call('ZREM', KEYS[2], ARGV[i]) end
if ARGV[1] ~= '' and gone > 0 then redis.call('HINCRBY', KEYS[1], ARGV[1], -gone) end
return gone
