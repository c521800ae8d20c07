-- Reads a conversation at one instant. Under a lease it shows the inbox as it was due when the lease was taken:
-- entries that are held for order stay out of sight until their hold has passed.
--
-- KEYS  1 conversation (hash)  2 inbox (zset)  3 answers (hash)
-- ARGV  1 data key's id that the caller has  2 how many entries to return
-- Returns {snapshot's fields, entries with scores, answers, wrapped data key or '' where the caller has it}

local hot = redis.call('HMGET', KEYS[1], 'rev', 'pk', 'lp', 'lr', 'st', 'nd', 'ki', 'n', 'ow', 'ie', 'is')
local waiting, lease, inbox, wrapped = tonumber(hot[8] or nil) or 0, hot[9], {}, ''
local alone, score = hot[10], hot[11]
for i = 8, 11 do hot[i] = nil end
if waiting > 0 then
  inbox = oldest(alone, score, KEYS[2], ARGV[2])
  if lease then inbox = ready(inbox, tonumber(string.match(lease, '^[^|]*|(%-?%d+)'))) end
end
if hot[7] and hot[7] ~= ARGV[1] then wrapped = redis.call('HGET', KEYS[1], 'dk') or '' end
return {hot, inbox, needed(KEYS[3], hot[6]), wrapped}
