-- Frees every lease of a shard: for a store that only one process uses, which has just started.
--
-- KEYS  1 the shard's wake index (zset)  2 its leases (hash)
-- Returns how many were freed

local leased = redis.call('HKEYS', KEYS[2])
for _, name in ipairs(leased) do redis.call('ZADD', KEYS[1], 0, name) end
redis.call('DEL', KEYS[2])
return #leased
