-- Removes entries that nobody can read any more, because the person's key was erased.
--
-- KEYS  1 inbox or outbox (zset)
-- ARGV  the members
-- Returns how many were removed

local gone = 0
for i = 1, #ARGV do gone = gone + redis.call('ZREM', KEYS[1], ARGV[i]) end
return gone
