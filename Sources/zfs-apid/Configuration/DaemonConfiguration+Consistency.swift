import APIServer

extension DaemonConfiguration {
    /// Reports what is wrong between keys that are each right alone.
    func checkConsistency(_ findings: inout ConfigurationFindings) {
        checkTLS(&findings)
        checkReach(&findings)
        checkProxies(&findings)
        checkUnixSockets(&findings)
        checkTransferPort(&findings)
        checkRedis(&findings)
        if let previous = auth.previousSecretFile, previous == secretFile {
            let advice = "is the file of the present key too; name the file of the key before it, or leave it out"
            findings.report(["auth.previous_secret_file", "auth.secret_file"], advice)
        }
    }

    private func checkTLS(_ findings: inout ConfigurationFindings) {
        if tls.certificate != nil, tls.key == nil {
            findings.report(["tls.certificate", "tls.key"], "needs tls.key, the file of its private key")
        }
        if tls.key != nil, tls.certificate == nil {
            findings.report(["tls.key", "tls.certificate"], "needs tls.certificate, the file of the certificate")
        }
        if tls.clientCertificates != .none, tls.clientCA == nil {
            let advice = "needs tls.client_ca, the file of the authorities that sign client certificates"
            findings.report(["tls.client_certificates", "tls.client_ca"], advice)
        }
        if tls.clientCertificates != .none, !tls.isOn, tls.key == nil {
            let advice = "needs TLS; set tls.certificate and tls.key"
            findings.report(["tls.client_certificates", "tls.certificate", "tls.key"], advice)
        }
        if tls.clientCA != nil, tls.clientCertificates == .none {
            let advice = "has no effect; set tls.client_certificates to optional or required"
            findings.report(["tls.client_ca", "tls.client_certificates"], advice)
        }
    }

    /// What must hold before anybody but this machine is served.
    private func checkReach(_ findings: inout ConfigurationFindings) {
        // A key that somebody chose to set is there to sign tokens of `zfs-apid token issue`.
        let hasSecret = auth.token != nil || auth.tokenFile != nil || auth.secretKey != nil || auth.secretFile != nil
        let hasPeers = !auth.peers.isEmpty && server.unixHTTP.path != nil
        if !LoopbackName.matches(server.http.host) {
            checkEncryption("server.http", &findings)
            if auth.users.isEmpty, !hasSecret, !hasPeers {
                let advice = """
                    is not a loopback address, and nobody could log in; add auth.users or auth.token_file, or set \
                    auth.secret_file for tokens of zfs-apid token issue
                    """
                let keys = ["server.http.host", "auth.users", "auth.token_file", "auth.secret_file", "auth.peers"]
                findings.report(keys + ["auth.token", "auth.secret_key"], advice)
            }
        }
        guard server.tcp.enabled, !LoopbackName.matches(server.tcp.host) else { return }
        checkEncryption("server.tcp", &findings)
        if tls.required, tls.isOn, !server.tcp.tls {
            let advice = "must be true beyond loopback, or tls.required false where something else encrypts"
            findings.report(["server.tcp.tls", "server.tcp.host", "tls.required"], advice)
        }
    }

    private func checkEncryption(_ section: String, _ findings: inout ConfigurationFindings) {
        guard tls.required, tls.certificate == nil, tls.key == nil else { return }
        let advice = """
            is not a loopback address, and passwords and tokens would cross the network in plain text; set \
            tls.certificate and tls.key, or tls.required: false where something else encrypts
            """
        findings.report(["\(section).host", "tls.required", "tls.certificate", "tls.key"], advice)
    }

    private func checkProxies(_ findings: inout ConfigurationFindings) {
        if auth.localhostBypass, let proxy = auth.trustedProxies.first(where: \.touchesLoopback) {
            let advice = """
                has \(proxy), a proxy on this machine: a request it forwards without saying so would be taken for a local \
                caller and have all rights; set auth.localhost_bypass: false
                """
            findings.report(["auth.trusted_proxies", "auth.localhost_bypass"], advice)
        }
    }

    private func checkUnixSockets(_ findings: inout ConfigurationFindings) {
        for (section, socket) in [("server.unix_http", server.unixHTTP), ("server.unix", server.unix)] {
            guard socket.path == nil, socket.group != nil else { continue }
            findings.report(["\(section).group", "\(section).path"], "has no effect without \(section).path")
        }
        if let path = server.unix.path, path == server.unixHTTP.path {
            let advice = "is the socket of HTTP too; use another one"
            findings.report(["server.unix.path", "server.unix_http.path"], advice)
        }
        guard server.unixHTTP.path == nil, server.unix.path == nil, !auth.peers.isEmpty else { return }
        let advice = """
            has no effect without server.unix_http.path or server.unix.path: peers are recognised on Unix sockets
            """
        findings.report(["auth.peers", "server.unix_http.path", "server.unix.path"], advice)
    }

    private func checkTransferPort(_ findings: inout ConfigurationFindings) {
        guard server.tcp.enabled, server.tcp.port != 0, server.tcp.port == server.http.port,
            server.tcp.host == server.http.host
        else { return }
        findings.report(["server.tcp.port", "server.http.port"], "is the port of server.http too; use another one")
    }

    private func checkRedis(_ findings: inout ConfigurationFindings) {
        if redis.host != nil, redis.path != nil {
            findings.report(["redis.path", "redis.host"], "cannot be together with redis.host; keep one")
        }
        if redis.user != nil, redis.passwordFile == nil {
            findings.report(["redis.user", "redis.password_file"], "needs redis.password_file")
        }
        if redis.passwordFile != nil, redis.endpoint == nil {
            let advice = "has no effect without redis.host or redis.path"
            findings.report(["redis.password_file", "redis.host", "redis.path"], advice)
        }
    }
}
