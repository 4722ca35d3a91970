// Sends and receives ZFS streams over the transfer socket of zfs-apid. Needs Swift on Linux and nothing else.
//
//     swiftc -O transfer.swift -o transfer
//     transfer fetch PLACE < token > stream       the daemon sends
//     transfer put PLACE < stream 3< token        the daemon receives
//
// PLACE is ADDRESS:PORT, with an IPv4 address, or the path of a Unix socket.
import Foundation
import Glibc

struct Failure: Error { let text: String }

func check(_ result: Int, _ call: String) throws -> Int {
    guard result >= 0 else { throw Failure(text: "\(call): \(String(cString: strerror(errno)))") }
    return result
}

func connect(to place: String) throws -> Int32 {
    let isUnix = place.hasPrefix("/")
    let descriptor = Int32(try check(Int(socket(isUnix ? AF_UNIX : AF_INET, Int32(SOCK_STREAM.rawValue), 0)), "socket"))
    func connect<Address>(_ address: Address) throws {
        let result = withUnsafeBytes(of: address) {
            Glibc.connect(
                descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(MemoryLayout<Address>.size))
        }
        _ = try check(Int(result), "connect")
    }
    if isUnix {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard place.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { throw Failure(text: "path too long") }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: place.utf8) }
        try connect(address)
    } else {
        let parts = place.split(separator: ":")
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        guard parts.count == 2, let port = UInt16(parts[1]),
            inet_pton(AF_INET, String(parts[0]), &address.sin_addr) == 1
        else { throw Failure(text: "PLACE must be ADDRESS:PORT or a path") }
        address.sin_port = port.bigEndian
        try connect(address)
    }
    return descriptor
}

/// At most `count` bytes; none at the end.
func readSome(_ descriptor: Int32, _ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: min(count, 1 << 20))
    let size = bytes.count
    bytes.removeLast(size - (try check(read(descriptor, &bytes, size), "read")))
    return bytes
}

func readExactly(_ descriptor: Int32, _ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
        let piece = try readSome(descriptor, count - bytes.count)
        guard !piece.isEmpty else { throw Failure(text: "the connection ended early") }
        bytes += piece
    }
    return bytes
}

func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) throws {
    var start = 0
    while start < bytes.count {
        start += try check(
            bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + start, bytes.count - start) }, "write")
    }
}

func number(_ bytes: [UInt8]) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

func message(_ connection: Int32) throws -> [String: Any] {
    let text = try readExactly(connection, Int(number(try readExactly(connection, 4))))
    return try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any] ?? [:]
}

func expect(_ status: String, _ message: [String: Any]) throws {
    guard message["status"] as? String != status else { return }
    let resume = (message["resume_token"] as? String).map { "\nresume token: \($0)" } ?? ""
    throw Failure(text: "\(message["reason"] ?? ""): \(message["error"] ?? message)\(resume)")
}

func begin(_ connection: Int32, tokenFrom descriptor: Int32) throws {
    let token = try readSome(descriptor, 4096).filter { $0 > 0x20 }
    let length = withUnsafeBytes(of: UInt32(token.count).bigEndian) { Array($0) }
    try writeAll(connection, length + token)
    try expect("started", message(connection))
}

func fetch(_ connection: Int32) throws {
    try begin(connection, tokenFrom: 0)
    while true {
        var left = number(try readExactly(connection, 8))
        if left == 0 { return }
        if left == .max { return try expect("completed", message(connection)) }
        while left > 0 {
            let piece = try readSome(connection, Int(min(left, 1 << 20)))
            guard !piece.isEmpty else { throw Failure(text: "the connection ended early") }
            try writeAll(1, piece)
            left -= UInt64(piece.count)
        }
    }
}

func put(_ connection: Int32) throws {
    try begin(connection, tokenFrom: 3)
    while true {
        let piece = try readSome(0, 1 << 20)
        // When the daemon wants no more, it says why.
        var event = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
        if piece.isEmpty || poll(&event, 1, 0) > 0 { break }
        guard (try? writeAll(connection, piece)) != nil else { break }
    }
    shutdown(connection, Int32(SHUT_WR))
    try expect("completed", message(connection))
}

signal(SIGPIPE, SIG_IGN)
do {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { throw Failure(text: "usage: transfer fetch|put PLACE") }
    switch arguments[1] {
    case "fetch": try fetch(try connect(to: arguments[2]))
    case "put": try put(try connect(to: arguments[2]))
    default: throw Failure(text: "usage: transfer fetch|put PLACE")
    }
} catch let failure as Failure {
    FileHandle.standardError.write(Data("transfer: \(failure.text)\n".utf8))
    exit(1)
}
