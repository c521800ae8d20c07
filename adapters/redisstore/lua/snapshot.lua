-- Shared by ingest.lua and load.lua: it is put before them when they are loaded.

-- ready cuts an inbox, as ZRANGE WITHSCORES gives it, before the first entry whose hold runs past `now`.
local function ready(inbox, now)
  for i = 1, #inbox, 2 do
    local held = tonumber(string.match(inbox[i], '^%d+|(%d+)|'))
    if held > now then
      local cut = {}
      for j = 1, i - 1 do cut[j] = inbox[j] end
      return cut
    end
  end
  return inbox
end

-- oldest gives the first entries of an inbox with their scores: the one that waits alone in the conversation's hash, or
-- those in the zset.
local function oldest(member, score, key, most)
  if member and member ~= '' then return {member, score} end
  return redis.call('ZRANGE', key, 0, most - 1, 'WITHSCORES')
end

-- needed reads the answers that the last commit asked for: all of them as field and value, or the values in the
-- order of the names (false where there is none).
local function needed(key, names)
  if not names or names == '' then return {} end
  if names == '*' then return redis.call('HGETALL', key) end
  if not string.find(names, '\n', 1, true) then return redis.call('HMGET', key, names) end
  local list = {}
  for name in string.gmatch(names, '[^\n]+') do list[#list + 1] = name end
  if #list <= 200 then return redis.call('HMGET', key, unpack(list)) end
  local values = {}
  for i, name in ipairs(list) do values[i] = redis.call('HGET', key, name) end
  return values
end
