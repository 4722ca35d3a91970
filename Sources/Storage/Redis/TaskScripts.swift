internal import Redis
internal import ZFSRPC

/// The scripts of the tasks in Redis, each one atomic step.
///
/// Keys, after the prefix: a hash for each task (`task:ID`); sorted sets by the order of creation, of the tasks of a status and
/// user, each of which may be empty for all (`index:STATUS:USER`), and of those of a node that wait (`waiting:NODE`); the set
/// of those that run (`running`); a sorted set of those that have ended, by when (`ended`); and a stream (`events`).
///
/// A queue is a sorted set and not a stream with a consumer group: a group gives out entries in their order, and here one
/// whose place is taken, or that shall wait, is passed over in the same step in which the next one is taken.
///
/// Sequence numbers are microseconds since 1970 by the clock of Redis, or one more than the last one: also when Redis comes
/// back with yesterday's dump, what is new has a higher number than anything that a client has seen.
enum TaskScripts {
    /// What all begin with: `KEYS[1]` is the prefix, `ARGV[1...2]` the node and this run of its daemon.
    private static let prelude = """
        local P, node, instance = KEYS[1], ARGV[1], ARGV[2]
        local clock = redis.call('TIME')
        local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
        local function whole(n) return string.format('%.0f', n) end
        local function key(id) return P .. 'task:' .. id end
        local function next_in(counter)
          local n = math.max(tonumber(redis.call('GET', P .. counter) or '0') + 1, clock[1] * 1000000 + clock[2])
          redis.call('SET', P .. counter, whole(n))
          return whole(n)
        end
        local function file(id, user, status, sequence)
          redis.call('ZADD', P .. 'index:' .. status .. ':', sequence, id)
          redis.call('ZADD', P .. 'index:' .. status .. ':' .. user, sequence, id)
        end
        local function unfile(id, user, status)
          redis.call('ZREM', P .. 'index:' .. status .. ':', id)
          redis.call('ZREM', P .. 'index:' .. status .. ':' .. user, id)
        end
        local function forget(id)
          local v = redis.call('HMGET', key(id), 'user', 'status')
          if v[1] then
            unfile(id, v[1], '')
            unfile(id, v[1], v[2])
          end
          redis.call('ZREM', P .. 'ended', id)
          redis.call('DEL', key(id))
        end
        local function tell(what, id, status, time)
          local user = redis.call('HGET', key(id), 'user')
          redis.call('XADD', P .. 'events', 'MAXLEN', '~', '\(eventHistory)', next_in('event') .. '-0',
            'task', id, 'user', user, 'time', time, 'status', status, 'what', what)
        end
        -- A task gets a status; `v` is its user, sequence, node, and the status before.
        local function become(id, v, status, time)
          redis.call('HSET', key(id), 'status', status)
          unfile(id, v[1], v[4])
          file(id, v[1], status, v[2])
          if status == 'pending' then
            redis.call('ZADD', P .. 'waiting:' .. v[3], v[2], id)
          else
            redis.call('ZREM', P .. 'waiting:' .. v[3], id)
          end
          if status == 'running' then
            redis.call('SADD', P .. 'running', id)
          else
            redis.call('SREM', P .. 'running', id)
            if status ~= 'pending' then
              redis.call('HSET', key(id), 'ended', time)
              redis.call('ZADD', P .. 'ended', time, id)
            end
          end
        end
        local function traits(id) return redis.call('HMGET', key(id), 'user', 'sequence', 'node', 'status') end

        """

    /// Roughly how many events are kept.
    private static let eventHistory = TaskHistory().events

    private static func script(_ body: String) -> RedisScript { RedisScript(prelude + body) }

    /// Identifier, status (`pending` or `running`), time, word of the event, tasks that are kept, the oldest time of one that
    /// is, lease, and the fields; answers whether it is new.
    static let add = script(
        """
        local id, status, time = ARGV[3], ARGV[4], ARGV[5]
        if redis.call('EXISTS', key(id)) == 1 then return 0 end
        local sequence = next_in('sequence')
        redis.call('HSET', key(id), 'sequence', sequence, 'node', node, 'owner_instance', instance,
          'lease', whole(now + tonumber(ARGV[9])), unpack(ARGV, 10))
        local user = redis.call('HGET', key(id), 'user')
        file(id, user, '', sequence)
        become(id, {user, sequence, node, status}, status, time)
        tell(ARGV[6], id, status, time)
        local ended = P .. 'ended'
        for _, old in ipairs(redis.call('ZRANGEBYSCORE', ended, '-inf', '(' .. ARGV[8], 'LIMIT', 0, 100)) do forget(old) end
        local more = math.min(100, redis.call('ZCARD', ended) - tonumber(ARGV[7]))
        if more > 0 then
          for _, old in ipairs(redis.call('ZRANGE', ended, 0, more - 1)) do forget(old) end
        end
        return 1
        """)

    /// An identifier; answers the fields, or nothing.
    static let task = script(
        """
        if redis.call('EXISTS', key(ARGV[3])) == 0 then return false end
        return redis.call('HGETALL', key(ARGV[3]))
        """)

    /// Status and user, each empty for all, the sequence number before which the list goes on, and how many.
    ///
    /// Answers how many there are in all, and the fields of each, the newest first.
    static let list = script(
        """
        local index = P .. 'index:' .. ARGV[3] .. ':' .. ARGV[4]
        local found = {redis.call('ZCARD', index)}
        for _, id in ipairs(redis.call('ZREVRANGEBYSCORE', index, '(' .. ARGV[5], '-inf', 'LIMIT', 0, ARGV[6])) do
          if redis.call('EXISTS', key(id)) == 1 then
            found[#found + 1] = redis.call('HGETALL', key(id))
          else
            redis.call('ZREM', index, id)
          end
        end
        return found
        """)

    /// The time and a lease in milliseconds; answers the fields of the oldest task of this node that may be taken, or nothing.
    static let claim = script(
        """
        local time = ARGV[3]
        -- What is written to, as a path that begins with its host.
        local function place(v, node) return (v[1] == '' and '@' .. node or v[1]) .. '/' .. v[2] .. '/' end
        local taken = {}
        for _, id in ipairs(redis.call('SMEMBERS', P .. 'running')) do
          local v = redis.call('HMGET', key(id), 'place_host', 'place_dataset', 'node')
          if v[3] then taken[#taken + 1] = place(v, v[3]) else redis.call('SREM', P .. 'running', id) end
        end
        local function isFree(place)
          for _, other in ipairs(taken) do
            local length = math.min(#place, #other)
            if string.sub(place, 1, length) == string.sub(other, 1, length) then return false end
          end
          return true
        end
        local function isDue(v)
          local wait = tonumber(v[3]) - tonumber(time)
          return v[5] or wait <= 0 or wait > \(TaskRecord.longestWait)
        end
        local waiting, start = P .. 'waiting:' .. node, 0
        while true do
          local ids = redis.call('ZRANGE', waiting, start, start + 199)
          for _, id in ipairs(ids) do
            local v = redis.call('HMGET', key(id), 'place_host', 'place_dataset', 'not_before', 'started', 'end_wanted')
            if not v[1] then
              redis.call('ZREM', waiting, id)
              start = start - 1
            elseif isDue(v) and isFree(place(v, node)) then
              become(id, traits(id), 'running', time)
              redis.call('HSET', key(id), 'owner_instance', instance, 'lease', whole(now + tonumber(ARGV[4])))
              redis.call('HINCRBY', key(id), 'attempts', 1)
              if v[4] == '' then redis.call('HSET', key(id), 'started', time) end
              tell('started', id, 'running', time)
              return redis.call('HGETALL', key(id))
            end
          end
          if #ids < 200 then return false end
          start = start + 200
        end
        """)

    /// Identifier, status that it must have, time, word of the event or nothing, lease, status that it gets, and the fields
    /// that change; answers its fields, or nothing when it is not as it was thought to be.
    static let change = script(
        """
        local id, from, time, what, status = ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[8]
        local v = redis.call('HMGET', key(id), 'status', 'owner_instance')
        if v[1] ~= from or from == 'running' and v[2] ~= instance then return false end
        if #ARGV > 8 then redis.call('HSET', key(id), unpack(ARGV, 9)) end
        if status ~= from then become(id, traits(id), status, time) end
        if status == 'running' then redis.call('HSET', key(id), 'lease', whole(now + tonumber(ARGV[7]))) end
        if what ~= '' then tell(what, id, status, time) end
        return redis.call('HGETALL', key(id))
        """)

    /// Identifier, field and value; answers the fields, or nothing when there is no such task or it has ended.
    static let ask = script(
        """
        local status = redis.call('HGET', key(ARGV[3]), 'status')
        if status ~= 'pending' and status ~= 'running' then return false end
        redis.call('HSET', key(ARGV[3]), ARGV[4], ARGV[5])
        return redis.call('HGETALL', key(ARGV[3]))
        """)

    /// The time, and the tasks that this daemon does; answers how many wait again.
    ///
    /// What another run of the daemon has stays with it as long as it renews the lease: it may be a second machine of the same
    /// name.
    static let recover = script(
        """
        local isKnown, count = {}, 0
        for index = 4, #ARGV do isKnown[ARGV[index]] = true end
        for _, id in ipairs(redis.call('SMEMBERS', P .. 'running')) do
          local v = redis.call('HMGET', key(id), 'node', 'owner_instance', 'lease')
          local isLeft
          if v[2] == instance then isLeft = not isKnown[id] else isLeft = now >= tonumber(v[3] or '0') end
          if v[1] == node and isLeft then
            become(id, traits(id), 'pending', ARGV[3])
            tell('interrupted', id, 'pending', ARGV[3])
            count = count + 1
          end
        end
        return count
        """)

    /// Answers the sequence number of the last event, or nothing.
    static let lastEvent = script("return redis.call('GET', P .. 'event')")

    /// A sequence number, task and user, each empty for all, and how many; answers number and fields of each event after it.
    static let events = script(
        """
        local found, start, limit = {}, '(' .. ARGV[3] .. '-0', tonumber(ARGV[6])
        while true do
          local page = redis.call('XRANGE', P .. 'events', start, '+', 'COUNT', 500)
          for _, entry in ipairs(page) do
            local fields = entry[2]
            if (ARGV[4] == '' or fields[2] == ARGV[4]) and (ARGV[5] == '' or fields[4] == ARGV[5]) then
              found[#found + 1] = {string.match(entry[1], '%d+'), fields}
              if #found >= limit then return found end
            end
            start = '(' .. entry[1]
          end
          if #page < 500 then return found end
        end
        """)
}
