import APIServer
import Glibc
import TestSupport
import Testing
import ZFSRPC

@testable import zfs_apid

@Suite struct PortCheckTests {
    private func check(_ place: Listener.Place, plain: Bool = true) -> PortCheck {
        PortCheck(listener: Listener(section: "server.http", place: place, speaksPlainHTTP: plain))
    }

    private func judge(_ state: PortCheck.State, health: String? = nil, ready: String? = nil) throws -> [Finding] {
        func value(_ text: String?) throws -> JSONValue? { try text.map { try JSONParser.parse(Array($0.utf8)) } }
        return check(.tcp(host: "127.0.0.1", port: 8545)).judge(
            state, health: try value(health), ready: try value(ready))
    }

    @Test func `a port that is free is free, and afterwards too`() async throws {
        let port = try LoopbackPort.free()
        for _ in 0..<2 {
            let findings = await check(.tcp(host: "127.0.0.1", port: port)).findings()
            #expect(findings == [.ok("port", "server.http 127.0.0.1:\(port) is free")])
        }
    }

    @Test func `a daemon of this version is recognised by its answer`() throws {
        let healthy = #"{"status":"healthy","version":"\#(Version.current)"}"#
        #expect(
            try judge(.held(nil), health: healthy, ready: #"{"status":"ready","checks":{}}"#).map(\.status) == [.ok])
        let unready = #"{"status":"unavailable","checks":{"zfs":{"ok":false,"detail":"gone"},"store":{"ok":true}}}"#
        let findings = try judge(.held(nil), health: healthy, ready: unready)
        #expect(findings.map(\.status) == [.problem])
        #expect(findings.first?.message.hasSuffix("which is not ready: zfs: gone") == true)
        #expect(try judge(.held(nil), health: #"{"status":"healthy","version":"0"}"#).map(\.status) == [.warning])
    }

    @Test(arguments: [
        (PortCheck.State.forbidden(EACCES), "CAP_NET_BIND_SERVICE"), (.forbidden(EADDRNOTAVAIL), "server.http.host"),
        (.blocked, "server.http.port"),
    ])
    func `what cannot be had has a remedy`(state: PortCheck.State, remedy: String) throws {
        let findings = try judge(state)
        #expect(findings.map(\.status) == [.problem])
        #expect(findings.first?.remedy?.contains(remedy) == true)
    }

    @Test(.enabled(if: RedisServer.program != nil, "\(RedisServer.absence)"))
    func `a port that another program has is named with it`() async throws {
        try await RedisServer.with { server in
            let findings = await check(.tcp(host: "0.0.0.0", port: server.port)).findings()
            #expect(findings.map(\.status) == [.problem])
            #expect(findings.first?.message.contains("is in use by redis-server (process ") == true)
            let socket = await check(.unix(path: server.socketPath)).findings()
            #expect(socket.first?.message.contains("is in use by redis-server (process ") == true)
        }
    }

    @Test func `a socket is free where its folder can be written, and no other file is in its way`() async throws {
        let folder = try TemporaryFolder()
        #expect(await check(.unix(path: folder.file("s"))).findings().map(\.status) == [.ok])
        try folder.write("", to: "s")
        #expect(await check(.unix(path: folder.file("s"))).findings().map(\.status) == [.problem])
        let lost = await check(.unix(path: "/nowhere/at/all/s")).findings()
        #expect(lost.first?.remedy?.hasPrefix("make its folder") == true)
    }

    @Test func `the holder of a lock is found by device and inode`() {
        let text = """
            1: POSIX  ADVISORY  WRITE 7 fe:01:42 0 EOF
            2: FLOCK  ADVISORY  WRITE 8 fe:02:42 0 EOF
            2: -> FLOCK  ADVISORY  WRITE 9 fe:01:42 0 EOF
            3: FLOCK  ADVISORY  WRITE 10 fe:01:42 0 EOF
            """
        #expect(FileLock.holder(in: text, device: 0xFE01, inode: 42) == 10)
        #expect(FileLock.holder(in: text, device: 0xFE01, inode: 43) == nil)
        #expect(FileLock.holder(in: "", device: 0, inode: 0) == nil)
    }

    @Test func `answers that are no document are none`() {
        #expect(HTTPQuestion.document(in: Array("HTTP/1.1 200 OK\r\n\r\n{\"a\":1}".utf8))?["a"] == 1)
        for text in ["", "HTTP/1.1 200 OK", "SSH-2.0-OpenSSH\r\n\r\n{}", "HTTP/1.1 200 OK\r\n\r\n<html>"] {
            #expect(HTTPQuestion.document(in: Array(text.utf8)) == nil)
        }
    }
}
