import Redis
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: RedisServer.program != nil, Comment(rawValue: RedisServer.absence)))
struct RedisFaultTests {
    @Test func `down at the start, there, gone, and back`() async throws {
        try await RedisServer.with(isStarted: false) { server in
            let log = StateLog()
            try await withClient(RedisConfiguration(server), onStateChange: { log.add($0) }) { client in
                let clock = ContinuousClock()
                let time = await clock.measure {
                    let error = await failure(of: client, "PING")
                    #expect(error == .unavailable("connection refused"))
                }
                #expect(time < .milliseconds(800))
                try await server.start()
                // The try that is under way may have begun before the server listened.
                while !(await client.isConnected) { try? await client.connect() }
                _ = try await client.command("PING")
                server.stop()
                while await client.isConnected { try await Task.sleep(for: .milliseconds(5)) }
                let gone = await failure(of: client, "PING")
                #expect(gone?.mayBeApplied == false)
                try await server.start()
                while !(await client.isConnected) { try? await client.connect() }
                _ = try await client.command("PING")
                let refused = RedisState.disconnected(.unavailable("connection refused"))
                let states = log.all
                #expect(states.first == refused)
                #expect(states.count { $0 == .connected } == 2)
                #expect(states.last == .connected)
            }
        }
    }

    @Test func `a server that hangs keeps nobody longer than the timeout, and comes back`() async throws {
        try await RedisServer.with { server in
            var configuration = RedisConfiguration(server)
            configuration.commandTimeout = .seconds(2)
            try await withClient(configuration) { client in
                server.hang()
                let clock = ContinuousClock()
                var time = await clock.measure {
                    let error = await failure(of: client, "PING", timeout: .milliseconds(100))
                    #expect(error == .timedOut)
                }
                #expect(time < .milliseconds(1800))
                // One late reply does not break the connection for the others.
                server.wake()
                let reply = try await client.command("ECHO", "mine", timeout: .seconds(10))
                #expect(reply == .bulk(Array("mine".utf8)))
                server.hang()
                time = await clock.measure {
                    let error = await failure(of: client, "PING")
                    #expect(error == .timedOut)
                }
                #expect(time > .milliseconds(1900))
                // The connection is given up, so the next one need not wait.
                let error = await failure(of: client, "PING")
                guard case .unavailable = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                server.wake()
                while await failure(of: client, "PING") != nil { try await Task.sleep(for: .milliseconds(20)) }
            }
        }
    }

    @Test func `says what is wrong with a password, without the password`() async throws {
        try await RedisServer.with(["--requirepass", "correct-horse"]) { server in
            var configuration = RedisConfiguration(server)
            for (password, code) in [(nil, "NOAUTH"), ("wrong-battery", "WRONGPASS")] {
                configuration.credentials = password.map { RedisCredentials(password: Array($0.utf8)) }
                try await withClient(configuration) { client in
                    let error = await failure(of: client, "PING")
                    #expect(error?.description.contains(code) == true)
                    #expect(error?.description.contains("battery") == false)
                }
            }
            configuration.credentials = RedisCredentials(password: Array("correct-horse".utf8))
            try await withClient(configuration) { client in
                _ = try await client.command("ACL", "SETUSER", "api", "on", ">open sesame", "~*", "+get")
            }
            configuration.credentials = RedisCredentials(user: "api", password: Array("open sesame".utf8))
            try await withClient(configuration) { client in
                let reply = try await client.command("GET", "key")
                #expect(reply == .null)
                let error = await failure(of: client, "SET", "key", "value")
                #expect(error?.refusalCode == "NOPERM")
            }
            var text = ""
            dump(configuration, to: &text)
            #expect(!text.contains("sesame") && !"\(configuration)".contains("sesame"))
        }
    }

    @Test func `a server without our AUTH does not bring the password into the error`() async throws {
        try await RedisServer.with(["--rename-command", "AUTH", "LOGIN"]) { server in
            var configuration = RedisConfiguration(server)
            configuration.credentials = RedisCredentials(user: "api", password: Array("open-sesame".utf8))
            try await withClient(configuration) { client in
                let error = await failure(of: client, "PING")
                #expect(error?.description.contains("unknown command") == true)
                #expect(error?.description.contains("sesame") == false)
            }
        }
    }

    @Test func `error replies have their code and leave the connection`() async throws {
        try await RedisServer.with { server in
            try await withClient(RedisConfiguration(server)) { client in
                _ = try await client.command("CONFIG", "SET", "maxmemory", "1")
                let full = await failure(of: client, "SET", "key", "value")
                #expect(full?.refusalCode == "OOM")
                _ = try await client.command("CONFIG", "SET", "maxmemory", "0")
                _ = try await client.command("REPLICAOF", "127.0.0.1", "1")
                let readOnly = await failure(of: client, "SET", "key", "value")
                #expect(readOnly?.refusalCode == "READONLY")
                #expect(readOnly?.mayBeApplied == false)
                _ = try await client.command("REPLICAOF", "NO", "ONE")
                let unknown = await failure(of: client, "NOSUCH", "secret argument")
                #expect(unknown?.refusalCode == "ERR")
                #expect(unknown?.description.contains("secret") == false)
                let isConnected = await client.isConnected
                #expect(isConnected)
            }
        }
    }

    @Test func `waits until the server has loaded its data`() async throws {
        // Loading takes a second: 2000 keys, 500 µs each.
        let slow = ["--key-load-delay", "500", "--loading-process-events-interval-bytes", "1024"]
        try await RedisServer.with(slow + ["--enable-debug-command", "yes"]) { server in
            let log = StateLog()
            try await withClient(RedisConfiguration(server), onStateChange: { log.add($0) }) { client in
                _ = try await client.command("DEBUG", "POPULATE", "2000")
                _ = try await client.command("SAVE", timeout: .seconds(10))
                server.stop()
                try await server.start()
                while await failure(of: client, "PING") != nil { try await Task.sleep(for: .milliseconds(20)) }
                let size = try await client.command("DBSIZE")
                #expect(size.integer == 2000)
                let sawLoading = log.all.contains { state in
                    guard case .disconnected(let error) = state else { return false }
                    return error.refusalCode == "LOADING"
                }
                #expect(sawLoading)
            }
        }
    }

    @Test func `a server with no room says so, and is tried again`() async throws {
        try await RedisServer.with(["--maxclients", "1"]) { server in
            try await withClient(RedisConfiguration(server)) { first in
                // Until the server has seen the one go that looked for its port.
                while await failure(of: first, "PING") != nil { try await Task.sleep(for: .milliseconds(20)) }
                try await withClient(RedisConfiguration(server)) { second in
                    let error = await failure(of: second, "PING")
                    #expect(error?.mayBeApplied == false)
                    await first.close()
                    while await failure(of: second, "PING") != nil { try await Task.sleep(for: .milliseconds(20)) }
                }
            }
        }
    }

    @Test func `a lost reply is told as such, and what is single-use stays used`() async throws {
        try await RedisServer.with { server in
            try await CuttingProxy.with(to: server.port) { proxy, port in
                try await withClient(RedisConfiguration(port: port)) { client in
                    _ = try await client.command("SET", "token", "unused")
                    proxy.loseNextReply()
                    let error = await failure(of: client, "GETDEL", "token")
                    #expect(error?.mayBeApplied == true)
                    while await failure(of: client, "PING") != nil { try await Task.sleep(for: .milliseconds(20)) }
                    let again = try await client.command("GETDEL", "token")
                    #expect(again == .null)
                }
            }
        }
    }

    @Test(arguments: [
        Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), Array(repeating: 0, count: 100),
        Array("*2147483647\r\n".utf8), Array(("$" + "200000\r\n" + String(repeating: "x", count: 200_000)).utf8),
        Array("+OK\r\n+OK\r\n".utf8),
    ])
    func `garbage and huge replies break the connection`(answer: [UInt8]) async throws {
        try await FaultyServer.with(answer: answer) { port in
            var configuration = RedisConfiguration(port: port)
            configuration.replyBytes = 100_000
            let log = StateLog()
            try await withClient(configuration, onStateChange: { log.add($0) }) { client in
                _ = await failure(of: client, "PING")
                while log.all.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
                guard case .disconnected(.protocolError) = log.all[1] else {
                    Issue.record("\(log.all)")
                    return
                }
            }
        }
    }

    @Test func `a connection that is cut in the middle of a reply fails the command`() async throws {
        try await FaultyServer.with(answer: Array("$10\r\nhalf".utf8), closes: true) { port in
            try await withClient(RedisConfiguration(port: port)) { client in
                let error = await failure(of: client, "GET", "key")
                guard case .connectionLost = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
        }
    }
}
