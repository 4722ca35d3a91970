import ZFSRPC

extension Setting {
    /// Every key of the configuration file, a list being one key, and each secret of the environment.
    static var all: [Setting] {
        server + transfers + tls + auth + limits + stores + [
            Setting("state_dir", \.stateDirectory, .restart),
            Setting("logging.level", \.logging.level, .reload),
            Setting("logging.format", \.logging.format, .restart),
        ] + zfs
    }

    private static var server: [Setting] {
        [
            Setting("server.http.host", \.server.http.host, .restart),
            Setting("server.http.port", \.server.http.port, .restart),
            Setting("server.http.limits.body_bytes", \.server.http.limits.bodyBytes, .restart),
            Setting("server.http.limits.header_bytes", \.server.http.limits.headerBytes, .restart),
            Setting("server.http.limits.header_timeout", \.server.http.limits.headerTimeout, .restart),
            Setting("server.http.limits.request_timeout", \.server.http.limits.requestTimeout, .restart),
            Setting("server.http.limits.idle_timeout", \.server.http.limits.idleTimeout, .restart),
            Setting("server.http.limits.connections", \.server.http.limits.connections, .restart),
            Setting("server.http.limits.connections_per_peer", \.server.http.limits.connectionsPerPeer, .restart),
            Setting("server.unix_http.path", \.server.unixHTTP.path, .restart),
            Setting("server.unix_http.mode", \.server.unixHTTP.mode, .restart) { "0" + String($0, radix: 8) },
            Setting("server.unix_http.group", \.server.unixHTTP.group, .restart),
        ]
    }

    private static var transfers: [Setting] {
        [
            Setting("server.tcp.enabled", \.server.tcp.enabled, .restart),
            Setting("server.tcp.host", \.server.tcp.host, .restart),
            Setting("server.tcp.port", \.server.tcp.port, .restart),
            Setting("server.tcp.tls", \.server.tcp.tls, .restart),
            Setting("server.unix.path", \.server.unix.path, .restart),
            Setting("server.unix.mode", \.server.unix.mode, .restart) { "0" + String($0, radix: 8) },
            Setting("server.unix.group", \.server.unix.group, .restart),
            Setting("files.roots", \.files.roots, .restart),
            Setting("streams.max", \.streams.max, .restart),
            Setting("streams.stall_timeout", \.streams.stallTimeout, .restart),
            Setting("ssh.user", \.ssh.user, .restart),
            Setting("ssh.port", \.ssh.port, .restart),
            Setting("ssh.identity_file", \.ssh.identityFile, .restart),
            Setting("ssh.known_hosts_file", \.ssh.knownHostsFile, .restart),
            Setting("ssh.receive_buffer", \.ssh.receiveBuffer, .restart),
            Setting("task_manager.migration_workers", \.taskManager.migrationWorkers, .restart),
            Setting("task_manager.history_tasks", \.taskManager.history.tasks, .restart),
            Setting("task_manager.history_days", \.taskManager.history.days, .restart),
        ]
    }

    private static var tls: [Setting] {
        [
            Setting("tls.certificate", \.tls.certificate, .reload),
            Setting("tls.key", \.tls.key, .reload),
            Setting("tls.client_ca", \.tls.clientCA, .reload),
            Setting("tls.client_certificates", \.tls.clientCertificates, .restart),
            Setting("tls.required", \.tls.required, .restart),
        ]
    }

    private static var auth: [Setting] {
        [
            Setting("auth.users", \.auth.users, .reload),
            Setting("auth.peers", \.auth.peers, .reload),
            Setting("auth.secret_file", \.auth.secretFile, .reload),
            Setting("auth.previous_secret_file", \.auth.previousSecretFile, .reload),
            Setting("auth.secret_key", \.auth.secretKey, .restart),
            Setting("auth.token_file", \.auth.tokenFile, .reload),
            Setting("auth.token", \.auth.token, .restart),
            Setting("auth.token_role", \.auth.tokenRole, .reload),
            Setting("auth.token_lifetime", \.auth.tokenLifetime, .reload),
            Setting("auth.audience", \.auth.audience, .reload),
            Setting("auth.localhost_bypass", \.auth.localhostBypass, .reload),
            Setting("auth.trusted_proxies", \.auth.trustedProxies, .reload),
            Setting("auth.login_limit.requests", \.auth.loginLimit.requests, .reload),
            Setting("auth.login_limit.window", \.auth.loginLimit.window, .reload),
        ]
    }

    private static var limits: [Setting] {
        [
            Setting("rate_limit.enabled", \.rateLimit.enabled, .reload),
            Setting("rate_limit.requests", \.rateLimit.limit.requests, .reload),
            Setting("rate_limit.window", \.rateLimit.limit.window, .reload),
        ]
    }

    private static var stores: [Setting] {
        [
            Setting("redis.host", \.redis.host, .restart),
            Setting("redis.port", \.redis.port, .restart),
            Setting("redis.path", \.redis.path, .restart),
            Setting("redis.db", \.redis.database, .restart),
            Setting("redis.user", \.redis.user, .restart),
            Setting("redis.password_file", \.redis.passwordFile, .restart),
            Setting("audit.enabled", \.audit.enabled, .restart),
            Setting("audit.file", \.audit.file, .restart),
            Setting("audit.required", \.audit.required, .restart),
            Setting("audit.reads", \.audit.reads, .restart),
            Setting("metrics.enabled", \.metrics.enabled, .restart),
            Setting("metrics.public", \.metrics.isPublic, .restart),
        ]
    }

    private static var zfs: [Setting] {
        [
            Setting("zfs.path", \.zfs.path, .restart),
            Setting("zfs.max_processes", \.zfs.maxProcesses, .restart),
            Setting("zfs.queue", \.zfs.queue, .restart),
            Setting("zfs.deadline", \.zfs.deadline, .restart),
            Setting("zfs.share_reads", \.zfs.shareReads, .restart),
        ]
    }
}
