-- Writes what this store is, at its first start, and reads what it was made as.
--
-- KEYS  1 the store's description (hash)
-- ARGV  1 format  2 shard count  3 a value sealed with the keyset
-- Returns {format, shard count, sealed value}

if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HSET', KEYS[1], 'format', ARGV[1], 'shards', ARGV[2], 'check', ARGV[3])
end
return redis.call('HMGET', KEYS[1], 'format', 'shards', 'check')
