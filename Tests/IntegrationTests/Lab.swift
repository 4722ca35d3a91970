import AsyncZFSExecutor
import Foundation
import Testing
import ZFSCommandBuilder

@testable import ZFSRPC

/// Real OpenZFS in the lab's guest, with one pool that all tests share, each in datasets of its own.
enum Lab {
    /// Whether this is the lab's guest; nowhere else are pools made and destroyed.
    static let isInside = FileManager.default.fileExists(atPath: "/run/zfs-lab/settings")
    static let remedy: Comment = "needs real OpenZFS: Lab/zfs-lab run -- .build/debug/zfs-apidPackageTests.xctest ..."

    static let pool = "tank"

    /// Runs a program of the guest and gives its standard output.
    @discardableResult
    static func shell(_ words: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(words) ended with \(process.terminationStatus)")
        return String(decoding: output, as: UTF8.self)
    }

    private static let prepared: Result<Executor, any Error> = Result {
        // The guest may run several test bundles one after the other.
        let isThere = FileManager.default.fileExists(atPath: "/proc/spl/kstat/zfs/\(pool)")
        if !isThere { try shell("zpool", "create", pool, "/dev/ubda") }
        return try Executor()
    }

    /// A service on the shared pool.
    static func server() throws -> RPCServer {
        RPCServer(runner: try prepared.get(), service: ServiceDescription(version: "test", spoolFolders: ["/tmp"]))
    }

    /// A new file system for one test.
    static func dataset(_ name: String = #function) throws -> String {
        _ = try prepared.get()
        let letters = name.unicodeScalars.filter { CharacterSet.alphanumerics.contains($0) && $0.isASCII }
        let dataset = "\(pool)/\(String(String.UnicodeScalarView(letters)).suffix(40))"
        try shell("zfs", "create", dataset)
        return dataset
    }

    /// A pool on a disk, gone afterwards; suites run at the same time and take different ones.
    static func withPool(
        _ name: String, on disk: String = "/dev/ubdb", _ body: () async throws -> Void
    ) async throws {
        try shell("zpool", "create", "-f", name, disk)
        defer { _ = try? shell("zpool", "destroy", "-f", name) }
        try await body()
    }
}

extension RPCServer {
    /// The answer to one call.
    func call(
        _ method: String,
        _ parameters: KeyValuePairs<String, JSONValue> = [:],
        by principal: Principal = .localhost
    ) async throws -> JSONValue {
        let request: JSONValue = .object([
            "jsonrpc": "2.0", "id": 1, "method": .string(method),
            "params": .object(parameters.map { JSONMember($0.key, $0.value) }),
        ])
        let context = RequestContext(requestID: "test", caller: .principal(principal))
        let answer = try #require(await respond(to: request.encoded, context: context))
        var bytes: [UInt8] = []
        try await answer.forEachChunk { bytes += $0 }
        return try JSONParser.parse(bytes)
    }

    /// The result of one call, which must have the form that the method declares.
    @discardableResult
    func result(
        _ method: String,
        _ parameters: KeyValuePairs<String, JSONValue> = [:],
        by principal: Principal = .localhost
    ) async throws -> JSONValue {
        let answer = try await call(method, parameters, by: principal)
        let result = try #require(answer["result"], "\(method): \(String(decoding: answer.encoded, as: UTF8.self))")
        let declaration = try #require(Method.catalogue.first { $0.name == method })
        #expect(declaration.result.mismatch(result) == nil)
        return result
    }

    /// The code and reason of a call that must fail.
    func failure(
        _ method: String,
        _ parameters: KeyValuePairs<String, JSONValue> = [:],
        by principal: Principal = .localhost
    ) async throws -> Failure {
        let answer = try await call(method, parameters, by: principal)
        let error = try #require(answer["error"], "\(method): \(String(decoding: answer.encoded, as: UTF8.self))")
        guard case .number(let code) = error["code"], case .string(let reason) = error["data"]?["reason"] else {
            throw Failure(code: 0, reason: "an error without code or reason")
        }
        return Failure(code: Int(code) ?? 0, reason: reason)
    }
}

/// An error as programs see it.
struct Failure: Error, Equatable {
    let code: Int
    let reason: String

    init(code: Int, reason: String) {
        self.code = code
        self.reason = reason
    }

    init(_ code: Int, _ reason: String) {
        self.init(code: code, reason: reason)
    }
}

extension JSONValue {
    /// The strings of an array of strings.
    var strings: [String] {
        guard case .array(let elements) = self else { return [] }
        return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// A number as an integer.
    var integer: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
