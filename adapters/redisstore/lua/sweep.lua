-- Puts conversations of one shard into its wake index that need attention and are not in it, or stand there much later.
-- A conversation under a lease needs attention at the lease's deadline: whoever holds it does the rest.
--
-- KEYS  1 the shard's wake index (zset)  then for each conversation: its hash, inbox (zset), outbox (list)
-- ARGV  1 now, ms  2 how much later than it should, ms, a conversation may stand in the index  3... their names
-- Returns how many were put right

local now, slack, mended = tonumber(ARGV[1]), tonumber(ARGV[2]), 0
for i = 3, #ARGV do
  local k = 3 * i - 7
  local hot = redis.call('HMGET', KEYS[k], 'wk', 'pk', 'n', 'ie', 'ph', 'ow')
  local due
  if hot[6] then
    due = tonumber(string.match(hot[6], '^[^|]*|[^|]*|(%-?%d+)'))
  else
    due = attention(hot, KEYS[k + 1], KEYS[k + 2])
  end
  if due then
    local at = redis.call('ZSCORE', KEYS[1], ARGV[i])
    if not at or tonumber(at) > math.max(due, now) + slack then
      redis.call('ZADD', KEYS[1], string.format('%.0f', due), ARGV[i])
      mended = mended + 1
    end
  end
end
return mended
