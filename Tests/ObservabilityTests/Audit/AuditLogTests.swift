import Foundation
import Testing
import ZFSRPC

@testable import Observability

@Suite struct AuditLogTests {
    let folder: AuditFolder

    init() throws { folder = try AuditFolder() }

    @Test func `has the intent on disk before a change runs, and the outcome after it`() async throws {
        let log = try folder.log()
        try await log.willRun(.sample())
        let before = try folder.objects
        #expect(before.count == 1)
        #expect(before.first?["phase"] == "intent")
        #expect(before.first?["result"] == nil)
        await log.didRun(.sample(), error: nil, duration: .microseconds(1500))
        try await log.flush()
        let outcome = try #require(try folder.objects.last)
        #expect(try folder.lines.count == 2)
        #expect(outcome["phase"] == "outcome")
        #expect(outcome["user"] == "alice")
        #expect(outcome["kind"] == "token")
        #expect(outcome["role"] == "operator")
        #expect(outcome["token_id"] == "t1")
        #expect(outcome["peer"] == "192.0.2.7")
        #expect(outcome["method"] == "dataset_destroy")
        #expect(outcome["parameters"]?["dataset"] == "tank/a")
        #expect(outcome["request_id"] == "r1")
        #expect(outcome["result"] == "ok")
        #expect(outcome["duration_us"] == .number("1500"))
        guard case .string(let time) = outcome["time"] else { return #expect(Bool(false), "no time") }
        #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/) != nil)
    }

    @Test func `says why a change failed`() async throws {
        let log = try folder.log()
        await log.didRun(.sample(), error: RPCError(.conflict, "busy", "It is busy."), duration: .zero)
        try await log.flush()
        let outcome = try #require(try folder.objects.last)
        #expect(outcome["result"] == "error")
        #expect(outcome["code"] == .number("-32051"))
        #expect(outcome["reason"] == "busy")
    }

    @Test(arguments: [
        (RPCError.Code.authenticationRequired, "pool_list"), (.credentialsRefused, "pool_list"),
        (.notAllowed, "pool_list"), (.credentialsRefused, "auth_login"), (.rateLimited, "auth_login"),
    ])
    func `records every refused authentication`(code: RPCError.Code, method: String) async throws {
        let log = try folder.log()
        let call = CallRecord.sample(method, isWrite: false, principal: nil, parameters: "")
        await log.didRun(call, error: RPCError(code, "refused", "No."), duration: .zero)
        try await log.flush()
        let line = try #require(try folder.objects.last)
        #expect(line["code"] == .number("\(code.rawValue)"))
        #expect(line["user"] == .null)
        #expect(line["method"] == .string(method))
    }

    @Test func `records reads only when told to`() async throws {
        let call = CallRecord.sample("pool_list", isWrite: false)
        do {
            let log = try folder.log()
            try await log.willRun(call)
            await log.didRun(call, error: nil, duration: .zero)
            await log.didRun(call, error: RPCError(.rateLimited, "rate_limited", ""), duration: .zero)
            try await log.flush()
            #expect(try folder.lines.isEmpty)
        }
        let other = try AuditFolder()
        let log = try other.log(reads: true)
        try await log.willRun(call)
        await log.didRun(call, error: nil, duration: .zero)
        try await log.flush()
        #expect(try other.objects.map { $0["phase"] } == ["outcome"])
    }

    @Test func `makes one line of an event whatever it holds`() async throws {
        let log = try folder.log()
        let evil = "a\r\n{\"time\":\"forged\"}\u{1b}[31m\u{0}\u{7f}"
        let call = CallRecord(
            method: "dataset_create", isWrite: true,
            principal: Principal(name: evil, role: .admin, kind: .token, tokenID: evil), peer: evil, requestID: evil,
            parameters: Array("{\"dataset\":\n\"\(evil)\"}".utf8))
        await log.didRun(call, error: RPCError(.invalidValue, evil, evil), duration: .zero)
        try await log.flush()
        #expect(try folder.bytes.filter { $0 < 0x20 || $0 == 0x7F } == [0x0A])
        let line = try #require(try folder.objects.first)
        #expect(line["user"] == .string(evil))
        #expect(line["parameters"] == nil)
        #expect(line["parameters_bytes"] == .number("\(call.parameters.count)"))
    }

    @Test(arguments: ["x", "\u{1}", "\"", "é"])
    func `keeps lines below 16 KiB`(filling: String) async throws {
        let log = try folder.log()
        let long = String(repeating: filling, count: 1 << 16)
        let call = CallRecord(
            method: long, isWrite: true, principal: Principal(name: long, role: .admin, kind: .token, tokenID: long),
            peer: long, requestID: long, parameters: Array(long.utf8))
        try await log.willRun(call)
        await log.didRun(call, error: RPCError(.invalidValue, long, long), duration: .zero)
        for size in stride(from: 8_000, to: 14_000, by: 500) {
            let json = #"{"a":""# + String(repeating: "x", count: size) + #""}"#
            let call = CallRecord(
                method: long, isWrite: true, principal: call.principal, peer: long, requestID: long,
                parameters: Array(json.utf8))
            await log.didRun(call, error: RPCError(.invalidValue, long, long), duration: .zero)
        }
        try await log.flush()
        #expect(try folder.lines.map(\.utf8.count).allSatisfy { $0 <= AuditEntry.longest })
        #expect(try folder.verify().isIntact)
    }

    @Test func `keeps parameters of 12 KiB whole`() async throws {
        let log = try folder.log()
        let parameters = #"{"dataset":""# + String(repeating: "x", count: 12_000) + #""}"#
        try await log.willRun(.sample(parameters: parameters))
        #expect(try folder.lines.first?.contains(parameters) == true)
        #expect(try folder.lines.map(\.utf8.count).allSatisfy { $0 <= AuditEntry.longest })
    }

    @Test func `waits for the disk once for many calls`() async throws {
        let log = try folder.log()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<1000 {
                group.addTask {
                    let call = CallRecord.sample(requestID: "r\(number)")
                    try await log.willRun(call)
                    await log.didRun(call, error: nil, duration: .zero)
                }
            }
            try await group.waitForAll()
        }
        #expect(log.syncCount < 500)
        try await log.flush()
        let objects = try folder.objects
        #expect(objects.count == 2000)
        var intents: Set<JSONValue> = []
        for object in objects {
            guard let id = object["request_id"] else { continue }
            if object["phase"] == "intent" { intents.insert(id) } else { #expect(intents.contains(id)) }
        }
        #expect(intents.count == 1000)
        #expect(try folder.verify().isIntact)
    }

    @Test func `makes a file that nobody else reads`() async throws {
        let log = try folder.log()
        try await log.flush()
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `goes on in a new file after the old one was renamed`() async throws {
        let log = try folder.log()
        try await log.willRun(.sample(requestID: "old"))
        let old = try folder.verify()
        try FileManager.default.moveItem(atPath: folder.file, toPath: folder.file + ".1")
        log.reopen()
        try await log.willRun(.sample(requestID: "new"))
        #expect(try folder.objects.map { $0["request_id"] } == ["new"])
        let new = try folder.verify(following: old.head)
        #expect(new.isIntact)
        #expect(new.follows == old.head)
        #expect(try !folder.verify(following: AuditChain.beginning).isIntact)
    }

    @Test func `goes on in the same file after a restart`() async throws {
        var log: AuditLog? = try folder.log()
        try await log?.willRun(.sample())
        log = nil
        folder.waitUntilReleased()
        let next = try folder.log()
        try await next.willRun(.sample())
        let check = try folder.verify()
        #expect(check.isIntact)
        #expect(check.lines == 2)
        #expect(check.follows == AuditChain.beginning)
    }

    @Test func `closes off a line that a crash cut`() async throws {
        do {
            let log = try folder.log()
            try await log.willRun(.sample())
            try await log.willRun(.sample())
        }
        let whole = try folder.bytes
        try FileManager.default.removeItem(atPath: folder.file)
        try folder.replace(whole.dropLast(40))
        #expect(try folder.verify().endsTorn)
        let log = try folder.log()
        #expect(folder.notices.count == 1)
        try await log.willRun(.sample(requestID: "after"))
        let check = try folder.verify()
        #expect(check.isIntact)
        #expect(check.tornLines == [2])
        #expect(check.lines == 4)
        let objects = try folder.lines.suffix(2).map { try JSONParser.parse(Array($0.utf8)) }
        #expect(objects.first?["event"] == "torn_line")
        #expect(objects.last?["request_id"] == "after")
    }

    @Test func `refuses what is no audit log`() async throws {
        try folder.replace(Array("root:x:0:0\n".utf8))
        #expect(throws: AuditError.self) { try folder.log() }
        #expect(try folder.bytes == Array("root:x:0:0\n".utf8))
        #expect(throws: AuditError.self) {
            try AuditLog(AuditConfiguration(path: "/dev/null"), hash: AuditFolder.hash, notice: { _ in })
        }
        #expect(throws: AuditError.self) {
            try AuditLog(AuditConfiguration(path: folder.path + "/no/file"), hash: AuditFolder.hash, notice: { _ in })
        }
    }

    @Test func `refuses a file that another log writes`() async throws {
        let log = try folder.log()
        #expect(throws: AuditError.self) { try folder.log() }
        try await log.flush()
    }

    @Test func `refuses changes while the file cannot be had, and takes them again by itself`() async throws {
        let log = try folder.log()
        try await log.willRun(.sample())
        try FileManager.default.removeItem(atPath: folder.file)
        try FileManager.default.createDirectory(atPath: folder.file, withIntermediateDirectories: false)
        log.reopen()
        let refusal = await #expect(throws: RPCError.self) { try await log.willRun(.sample(requestID: "lost")) }
        #expect(refusal?.code == .unavailable)
        #expect(refusal?.reason == "audit_unavailable")
        #expect(!log.isWritable)
        await log.didRun(.sample(requestID: "kept"), error: refusal, duration: .zero)
        try FileManager.default.removeItem(atPath: folder.file)
        try await log.willRun(.sample(requestID: "again"))
        #expect(log.isWritable)
        #expect(try folder.objects.map { $0["request_id"] } == ["kept", "again"])
        #expect(folder.notices.count == 2)
    }

    @Test func `lets changes run without record when it is not required`() async throws {
        let log = try folder.log(required: false)
        try FileManager.default.removeItem(atPath: folder.path)
        log.reopen()
        try await log.willRun(.sample())
        #expect(!log.isWritable)
    }
}
