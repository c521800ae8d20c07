-- Replaces a wrapped data key by the same key, wrapped anew.
--
-- KEYS  1 conversation (hash)
-- ARGV  1 data key's id  2 wrapped data key
-- Returns 1, or 0 where the conversation has another data key, or none, by now

if redis.call('HGET', KEYS[1], 'ki') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'dk', ARGV[2])
return 1
