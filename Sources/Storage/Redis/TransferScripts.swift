internal import Redis

/// The scripts of the store, each one atomic step.
///
/// Keys, after the prefix: a hash for each token (`token:DIGEST`) and session (`session:ID`); sorted sets of all by age
/// (`tokens`), of those of a user by age (`tokens:USER`) and of all by when they can be forgotten (`token.ends`);
/// `statistics`; and for each node the sessions that it runs (`running:NODE`).
enum TransferScripts {
    /// What all begin with: `KEYS[1]` is the prefix, `ARGV[1...3]` the time of the daemon.
    ///
    /// `life` names the data of this server since it was loaded: `run_id` is new whenever the server starts and loads a
    /// dump, `master_replid` whenever it takes the data of another server (INFO). What was made in another life is
    /// refused: it may have been used after that data was copied.
    private static let prelude = """
        local P, boot, since, wall = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
        local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
        local data = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)')
        if not run or not data then
          return redis.error_reply('ERR INFO does not tell run_id and master_replid')
        end
        local life = run .. data
        -- Why there is no such token or session; nothing when there is.
        local function absence(key)
          local v = redis.call('HMGET', key, 'life', 'boot', 'boot_end', 'wall_start', 'wall_end', 'state')
          if v[1] ~= life then return 'unknown' end
          if v[6] == 'running' then return nil end
          local isOver
          if v[2] ~= '' and v[2] == boot then
            isOver = since >= tonumber(v[3])
          else
            isOver = wall >= tonumber(v[5]) or tonumber(v[4]) > wall + \(Expiry.skew)
          end
          return isOver and 'expired' or nil
        end
        local function forget(kind, id, user)
          redis.call('DEL', P .. kind .. ':' .. id)
          redis.call('ZREM', P .. kind .. 's:' .. user, id)
          redis.call('ZREM', P .. kind .. 's', id .. ':' .. user)
          redis.call('ZREM', P .. kind .. '.ends', id .. ':' .. user)
        end
        local function split(member)
          local colon = string.find(member, ':', 1, true)
          return string.sub(member, 1, colon - 1), string.sub(member, colon + 1)
        end
        local function count(name) redis.call('HINCRBY', P .. 'statistics', name, 1) end

        """

    private static func script(_ body: String) -> RedisScript { RedisScript(prelude + body) }

    /// Kind, identifier, user, limit of a user, limit of all, milliseconds of life, counter or nothing, and the fields.
    ///
    /// Answers `added`, `exists`, `user` or `total`.
    static let add = script(
        """
        local kind, id, user, perUser, total = ARGV[4], ARGV[5], ARGV[6], tonumber(ARGV[7]), tonumber(ARGV[8])
        local lifetime, member = tonumber(ARGV[9]), ARGV[5] .. ':' .. ARGV[6]
        local key, all, own, ends = P .. kind .. ':' .. id, P .. kind .. 's', P .. kind .. 's:' .. user, P .. kind .. '.ends'
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        for _, old in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', string.format('%.0f', now), 'LIMIT', 0, 50)) do
          local id, user = split(old)
          if absence(P .. kind .. ':' .. id) then
            forget(kind, id, user)
          else
            redis.call('ZADD', ends, string.format('%.0f', now + 3600000), old)
          end
        end
        if not absence(key) then return 'exists' end
        local before = redis.call('HGET', key, 'user')
        if before then forget(kind, id, before) end
        local function isDispensable(key)
          local v = redis.call('HMGET', key, 'uses', 'maximum_uses', 'state')
          if v[1] and v[2] and tonumber(v[1]) >= tonumber(v[2]) then return true end
          return v[3] == 'completed' or v[3] == 'cancelled'
        end
        local function isFull(index, limit) return redis.call('ZCARD', index) >= limit end
        for _, mayForget in ipairs({absence, isDispensable}) do
          if isFull(own, perUser) then
            for _, id in ipairs(redis.call('ZRANGE', own, 0, -1)) do
              if mayForget(P .. kind .. ':' .. id) then forget(kind, id, user) end
            end
          end
          if isFull(all, total) then
            for _, member in ipairs(redis.call('ZRANGE', all, 0, 999)) do
              local id, user = split(member)
              if mayForget(P .. kind .. ':' .. id) then forget(kind, id, user) end
            end
          end
        end
        if isFull(own, perUser) then return 'user' end
        if isFull(all, total) then return 'total' end
        local sequence = redis.call('INCR', P .. 'sequence')
        redis.call('HSET', key, 'life', life, 'lifetime', ARGV[9], unpack(ARGV, 11))
        redis.call('PEXPIRE', key, string.format('%.0f', lifetime + \(slack)))
        redis.call('ZADD', own, sequence, id)
        redis.call('ZADD', all, sequence, member)
        redis.call('ZADD', ends, string.format('%.0f', now + lifetime + 600000), member)
        if ARGV[10] ~= '' then count(ARGV[10]) end
        return 'added'
        """)

    /// Redis itself forgets what is over for so long, by its own clock; in milliseconds.
    private static let slack: Int64 = 86_400_000

    /// A digest; answers the fields after the claim, or why it is refused.
    static let claim = script(
        """
        local key = P .. 'token:' .. ARGV[4]
        local refusal = absence(key)
        if not refusal then
          local v = redis.call('HMGET', key, 'uses', 'maximum_uses', 'operation')
          if tonumber(v[1]) < tonumber(v[2]) then
            redis.call('HINCRBY', key, 'uses', 1)
            count('used.' .. v[3])
            return redis.call('HGETALL', key)
          end
          refusal = 'used'
        end
        count('refused.' .. refusal)
        return refusal
        """)

    /// A digest, whether the user matters (`1` or `0`), and the user; answers 1 when there was such a token.
    static let revoke = script(
        """
        local key = P .. 'token:' .. ARGV[4]
        if absence(key) then return 0 end
        local v = redis.call('HMGET', key, 'user', 'operation')
        if ARGV[5] == '1' and v[1] ~= ARGV[6] then return 0 end
        forget('token', ARGV[4], v[1])
        count('revoked.' .. v[2])
        return 1
        """)

    /// Kind, whether the user matters, the user, and how many; answers the fields of each, oldest first.
    static let list = script(
        """
        local kind, isOwn, limit, found, start = ARGV[4], ARGV[5] == '1', tonumber(ARGV[7]), {}, 0
        local index = P .. kind .. 's'
        if isOwn then index = index .. ':' .. ARGV[6] end
        while start < 20000 do
          local members = redis.call('ZRANGE', index, start, start + 999)
          for _, member in ipairs(members) do
            local key = P .. kind .. ':' .. (isOwn and member or split(member))
            if not absence(key) then
              found[#found + 1] = redis.call('HGETALL', key)
              if #found >= limit then return found end
            end
          end
          if #members < 1000 then return found end
          start = start + 1000
        end
        return found
        """)

    /// Where to begin in the list of tokens; answers how many were looked at, and how many of them can be used.
    ///
    /// In parts, so that no other client of Redis waits long.
    static let active = script(
        """
        local start, active = tonumber(ARGV[4]), 0
        local members = redis.call('ZRANGE', P .. 'tokens', start, start + 999)
        for _, member in ipairs(members) do
          local key = P .. 'token:' .. split(member)
          if not absence(key) then
            local v = redis.call('HMGET', key, 'uses', 'maximum_uses')
            if tonumber(v[1]) < tonumber(v[2]) then active = active + 1 end
          end
        end
        return {#members, active}
        """)

    /// An identifier; answers the fields of the session, or nothing.
    static let session = script(
        """
        local key = P .. 'session:' .. ARGV[4]
        if absence(key) then return false end
        return redis.call('HGETALL', key)
        """)

    /// Identifier, node, instance, and the name of this try, which is again that of one before whose answer was lost.
    ///
    /// Answers the fields, or `inUse`, or why there is none.
    static let begin = script(
        """
        local key = P .. 'session:' .. ARGV[4]
        local refusal = absence(key)
        if refusal then return refusal end
        local v = redis.call('HMGET', key, 'state', 'attempt')
        if v[1] == 'cancelled' then return 'used' end
        if v[1] == 'running' and v[2] ~= ARGV[7] then return 'inUse' end
        redis.call('HSET', key, 'state', 'running', 'bytes', '0', 'owner_node', ARGV[5], 'owner_instance', ARGV[6],
          'owner_boot', boot, 'attempt', ARGV[7])
        -- A run may take longer than the session would have lived.
        redis.call('PEXPIRE', key, '\(30 * slack)')
        redis.call('SADD', P .. 'running:' .. ARGV[5], ARGV[4])
        return redis.call('HGETALL', key)
        """)

    /// Identifier, state and bytes.
    static let end = script(
        """
        local key = P .. 'session:' .. ARGV[4]
        local v = redis.call('HMGET', key, 'life', 'state', 'bytes', 'owner_node', 'lifetime')
        if v[1] ~= life then return 0 end
        if v[2] ~= 'cancelled' then
          redis.call('HSET', key, 'state', ARGV[5], 'bytes', ARGV[6])
        elseif tonumber(ARGV[6]) > tonumber(v[3]) then
          redis.call('HSET', key, 'bytes', ARGV[6])
        end
        redis.call('PEXPIRE', key, string.format('%.0f', tonumber(v[5]) + \(slack)))
        if v[4] then redis.call('SREM', P .. 'running:' .. v[4], ARGV[4]) end
        return 1
        """)

    /// Node and instance: what other instances of the node left running has failed.
    static let adopt = script(
        """
        local running = P .. 'running:' .. ARGV[4]
        for _, id in ipairs(redis.call('SMEMBERS', running)) do
          local key = P .. 'session:' .. id
          local v = redis.call('HMGET', key, 'state', 'owner_instance')
          if v[2] ~= ARGV[5] then
            if v[1] == 'running' then redis.call('HSET', key, 'state', 'failed') end
            redis.call('SREM', running, id)
          end
        end
        return 1
        """)

    /// Writes a little.
    static let check = script("count('checks')\nreturn 1")
}
