import AsyncZFSExecutor
import Glibc
import TestSupport
import Testing
import ZFSRPC

@testable import APIServer

/// A client that sends exactly the bytes it is told to, and takes no more than it asks for.
struct TransferClient {
    /// Where a server listens.
    enum Place: Sendable {
        case tcp(port: Int)
        case unix(path: String)
    }

    /// How long a client waits before a test has failed.
    private static let patience = Duration.seconds(20)
    private static let poller = try? SocketPoller.start()

    let socket: Descriptor
    private let connection: PlainTransferConnection
    /// The same connection, so that a test can wait for both directions at once.
    private let output: PlainTransferConnection

    init(_ place: Place) throws {
        let poller = try #require(Self.poller)
        socket = try Self.connected(to: place)
        connection = PlainTransferConnection(socket: socket, poller: poller)
        output = PlainTransferConnection(socket: try #require(socket.duplicate()), poller: poller)
    }

    func send(_ bytes: [UInt8]) async throws {
        try await output.write(bytes, until: .now + Self.patience)
    }

    /// Sends a token with its length.
    func send(token: String) async throws {
        try await send(TransferMessage.bytes(UInt32(token.utf8.count)) + Array(token.utf8))
    }

    /// Sends a header with its metadata.
    func send(operation: UInt32, metadata: String) async throws {
        try await send(
            TransferMessage.bytes(operation) + TransferMessage.bytes(UInt32(metadata.utf8.count)) + Array(metadata.utf8)
        )
    }

    func halfClose() { socket.endOutput() }

    /// Makes the end of this client a reset, on TCP.
    func resetOnClose() { socket.resetOnClose() }

    func read(_ count: Int) async throws -> [UInt8] {
        try await connection.read(count, until: .now + Self.patience)
    }

    /// A number of 4 or 8 bytes.
    func number(_ count: Int) async throws -> UInt64 {
        try await read(count).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A message with its length.
    func message() async throws -> JSONValue {
        try JSONParser.parse(try await read(Int(number(4))))
    }

    /// The first answer of the header protocol.
    func reply() async throws -> JSONValue {
        let bytes = try await read(8192)
        let text = bytes.reversed().drop { $0 == UInt8(ascii: " ") }
        return try JSONParser.parse(text.reversed())
    }

    /// The chunks of a send and what follows them: nil for the end mark, or the error.
    func chunks() async throws -> (bytes: [UInt8], error: JSONValue?) {
        var bytes: [UInt8] = []
        while true {
            let length = try await number(8)
            switch length {
            case 0: return (bytes, nil)
            case .max: return (bytes, try await message())
            case 1...(16 << 20): bytes += try await read(Int(length))
            default: throw TestError("a chunk of \(length) bytes")
            }
        }
    }

    /// Reads to the end; false when it was a reset.
    func rest() async throws -> (bytes: [UInt8], isWhole: Bool) {
        var bytes: [UInt8] = []
        do throws(TransferFault) {
            while true {
                switch socket.receive(64 << 10, into: &bytes) {
                case .moved: break
                case .wouldBlock: bytes += try await connection.read(1, until: .now + Self.patience)
                case .end: return (bytes, true)
                case .failed: return (bytes, false)
                }
            }
        } catch {
            switch error {
            case .ended: return (bytes, true)
            case .broken: return (bytes, false)
            case .late, .cancelled: throw error
            }
        }
    }

    private static func connected(to place: Place) throws -> Descriptor {
        let result: Int32
        let descriptor: Int32
        switch place {
        case .tcp(let port):
            descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(UInt16(port).bigEndian)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            result = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        case .unix(let path):
            descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
            result = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }
        guard result == 0 else { throw TestError("connect: \(errno)") }
        return Descriptor(owning: descriptor)
    }
}
