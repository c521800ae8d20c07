-- Removes entries that nobody can read any more, because the person's key was erased.
--
-- KEYS  1 conversation (hash)  2 inbox (zset) or outbox (list)
-- ARGV  1 'n' for the inbox: the field that counts them; '' for the outbox  2... the members
-- Returns how many were removed

local gone = 0
if ARGV[1] == '' then
  for i = 2, #ARGV do gone = gone + redis.call('LREM', KEYS[2], 1, ARGV[i]) end
  return gone
end
local alone = redis.call('HGET', KEYS[1], 'ie')
for i = 2, #ARGV do
  if alone == ARGV[i] then
    redis.call('HSET', KEYS[1], 'ie', '')
    gone = gone + 1
  else
    gone = gone + redis.call('ZREM', KEYS[2], ARGV[i])
  end
end
if gone > 0 then redis.call('HINCRBY', KEYS[1], ARGV[1], -gone) end
return gone
