-- Shared by schedule.lua and sweep.lua: it is put before them when they are loaded.

-- attention tells when a conversation that nobody holds needs attention, in ms, as release.lua sets it: for its first inbox
-- entry (0: at once, or when its hold has passed), its outbox (at once, or when the platform takes messages again) and
-- its last commit's wake; nil where it never does. hot is its fields wk, pk, n, ie and ph.
local function attention(hot, inbox, outbox)
  local due = tonumber(hot[1] or nil)
  if due == 0 then due = nil end
  if (tonumber(hot[3] or nil) or 0) > 0 then
    local first = hot[4]
    if not first or first == '' then first = redis.call('ZRANGE', inbox, 0, 0)[1] end
    local at = first and tonumber(string.match(first, '^%d+|(%d+)|')) or 0
    if not due or at < due then due = at end
  end
  if hot[2] ~= '1' and redis.call('EXISTS', outbox) == 1 then
    local at = tonumber(hot[5] or nil) or 0
    if not due or at < due then due = at end
  end
  return due
end
