import Foundation
import Glibc
import TestSupport
import Testing

@testable import ZFSAPIClient

/// The token protocol, against a socket that says what the test decides.
@Suite struct TransferTests {
    private static let token = String(repeating: "t", count: 64)
    private static let started = message(#"{"status":"started","operation":"send"}"#)

    private static func message(_ text: String) -> [UInt8] {
        let length = text.utf8.count
        return [0, 0, UInt8(length >> 8), UInt8(length & 255)] + text.utf8
    }

    private static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        (0..<8).map { UInt8(bytes.count >> (56 - 8 * $0) & 255) } + bytes
    }

    /// A listening Unix socket whose one connection gets these bytes and then ends.
    private static func serve(_ bytes: [UInt8], in folder: TemporaryFolder, readingAll: Bool = false) throws
        -> TransferAddress
    {
        let path = folder.file("socket")
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let isReady = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                unsafe bind(descriptor, place, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
                    && listen(descriptor, 1) == 0
            }
        }
        guard isReady else { throw TestError("no socket") }
        Thread.detachNewThread {
            let connection = accept(descriptor, nil, nil)
            close(descriptor)
            var piece = [UInt8](repeating: 0, count: 64 << 10)
            // The token alone, or all to the end of the other side.
            repeat {
                let count = unsafe piece.withUnsafeMutableBytes { unsafe read(connection, $0.baseAddress, $0.count) }
                if count <= 0 { break }
                if readingAll {
                    _ = unsafe Self.started.withUnsafeBytes {
                        unsafe send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                    }
                }
                while readingAll {
                    let count = unsafe piece.withUnsafeMutableBytes {
                        unsafe read(connection, $0.baseAddress, $0.count)
                    }
                    if count <= 0 { break }
                }
            } while false
            _ = unsafe bytes.withUnsafeBytes {
                unsafe send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            close(connection)
        }
        return .unix(path: path)
    }

    /// Fetches into a file.
    private static func fetch(_ bytes: [UInt8]) async throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let place = try serve(bytes, in: folder)
        try folder.write("", to: "out")
        let descriptor = unsafe open(folder.file("out"), O_WRONLY | O_CLOEXEC)
        defer { close(descriptor) }
        try await Client.with(ClientConfiguration()) { client in
            try await client.fetch(token: token, from: place, to: descriptor)
        }
        return Array(FileManager.default.contents(atPath: folder.file("out")) ?? Data())
    }

    @Test func `a stream is whole at its zero`() async throws {
        let data = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        let bytes =
            Self.started + Self.chunk(Array(data[..<70_000])) + Self.chunk(Array(data[70_000...])) + Self.chunk([])
        #expect(try await Self.fetch(bytes) == data)
    }

    @Test(arguments: [0, 4, 8, 5_000, 10_008])
    func `a stream that is cut anywhere is none`(length: Int) async throws {
        let stream = Self.chunk([UInt8](repeating: 7, count: 10_000)) + Self.chunk([])
        let error = await #expect(throws: ClientError.self) {
            try await Self.fetch(Self.started + stream[..<length])
        }
        #expect(error?.kind == .streamCut)
    }

    @Test func `a send that fails says why`() async throws {
        let failed = Self.message(
            #"{"status":"failed","error":"no","code":-32010,"reason":"io_error","retryable":true}"#)
        let bytes = Self.started + Self.chunk([1, 2, 3]) + [UInt8](repeating: 255, count: 8) + failed
        let error = await #expect(throws: ClientError.self) { try await Self.fetch(bytes) }
        #expect(error?.kind == .transferFailed)
        #expect(error?.reason == "io_error" && error?.isRetryable == true)
    }

    @Test(arguments: [[1, 0, 0, 0, 0, 0, 0, 0] as [UInt8], [0, 0, 0, 0, 1, 0, 0, 1]])
    func `a chunk that is too long is refused`(head: [UInt8]) async throws {
        let error = await #expect(throws: ClientError.self) { try await Self.fetch(Self.started + head) }
        #expect(error?.kind == .protocolError)
    }

    @Test func `a receive ends with what the daemon says`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("the stream", to: "in")
        let answer = #"{"status":"completed","bytes":10,"snapshots":["b@s"],"duration":0.5}"#
        let place = try Self.serve(Self.message(answer), in: folder, readingAll: true)
        let descriptor = unsafe open(folder.file("in"), O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        let counter = ByteCounter()
        let received = try await Client.with(ClientConfiguration()) { client in
            try await client.put(token: Self.token, to: place, from: descriptor, counting: counter)
        }
        #expect(received.snapshots == ["b@s"])
        #expect(counter.bytes == 10)
    }

    @Test func `a receive of which nothing is said is not done`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("the stream", to: "in")
        let place = try Self.serve([], in: folder, readingAll: true)
        let descriptor = unsafe open(folder.file("in"), O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        let error = await #expect(throws: ClientError.self) {
            try await Client.with(ClientConfiguration()) { client in
                try await client.put(token: Self.token, to: place, from: descriptor)
            }
        }
        #expect(error?.kind == .streamCut)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a receive ends with its daemon while nothing comes in`() async throws {
        let folder = try TemporaryFolder()
        let place = try Self.serve(Self.started, in: folder)
        var ends: [Int32] = [0, 0]
        #expect(unsafe pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        let input = ends[0]
        try await Client.with(ClientConfiguration()) { client in
            let error = await #expect(throws: ClientError.self) {
                try await client.put(token: Self.token, to: place, from: input)
            }
            #expect(error?.kind == .streamCut)
        }
    }

    @Test func `a transfer that waits can be cancelled`() async throws {
        let folder = try TemporaryFolder()
        let place = try Self.serve(Self.message(#"{"status":"completed"}"#), in: folder, readingAll: true)
        var ends: [Int32] = [0, 0]
        #expect(unsafe pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        let input = ends[0]
        try await Client.with(ClientConfiguration()) { client in
            let task = Task { try await client.put(token: Self.token, to: place, from: input) }
            task.cancel()
            let error = await #expect(throws: ClientError.self) { try await task.value }
            #expect(error?.kind == .cancelled)
        }
    }

    @Test func `nobody listens`() async throws {
        let port = try LoopbackPort.free()
        for place in [TransferAddress.unix(path: "/nowhere/socket"), .tcp(HostPort(host: "127.0.0.1", port: port))] {
            let error = await #expect(throws: ClientError.self) {
                try await Client.with(ClientConfiguration()) {
                    try await $0.fetch(token: Self.token, from: place, to: 1)
                }
            }
            #expect(error?.reason == "not_connected")
        }
    }
}
