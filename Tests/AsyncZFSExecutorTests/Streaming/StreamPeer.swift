import AsyncZFSExecutor
import Glibc
import Synchronization
import TestSupport

/// The other end of a sink or source: a descriptor that a thread of its own reads or writes.
final class StreamPeer: Sendable {
    /// Kinds of ends.
    enum Kind: CaseIterable, Sendable {
        case unix, unixNonblocking, tcp, tcpNonblocking, pipe
    }

    /// Which way the bytes go.
    enum Direction { case fromStream, toStream }

    private let released: Mutex<Descriptor?>
    /// What the test has.
    let own: Descriptor
    private let collected = Mutex<[UInt8]?>(nil)

    init(_ kind: Kind, _ direction: Direction) throws {
        let (first, second) = try Self.pair(kind)
        // A pipe is read at its first end.
        let isSwapped = kind == .pipe && direction == .fromStream
        released = Mutex(Descriptor(owning: isSwapped ? second : first))
        own = Descriptor(owning: isSwapped ? first : second)
    }

    /// What the stream gets.
    var end: Descriptor {
        get throws {
            guard let end = released.withLock({ $0 }) else { throw TestError("it is closed") }
            return end
        }
    }

    /// Closes what the stream got.
    func closeEnd() { released.withLock { $0 = nil } }

    /// Collects what comes until the end.
    func collect() {
        _ = OwnThread.start { [self] in
            var all: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(own.number, $0.baseAddress, $0.count) }
                if count <= 0 { break }
                all += buffer[..<count]
            }
            collected.withLock { $0 = all }
        }
    }

    /// What was collected, once there is an end.
    func bytes() async throws -> [UInt8] {
        for _ in 0..<2000 {
            if let all = collected.withLock({ $0 }) { return all }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw TestError("the peer sees no end")
    }

    /// Writes from a thread of its own, then half-closes unless told otherwise.
    func give(_ bytes: [UInt8], andEnd: Bool = true) {
        _ = OwnThread.start { [self] in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = unsafe rest.withUnsafeBytes { unsafe send(own.number, $0.baseAddress, $0.count, 0x4000) }
                if count <= 0 { break }
                rest = rest.dropFirst(count)
            }
            if andEnd { shutdown(own.number, Int32(SHUT_WR)) }
        }
    }

    /// Closes the test's end, of a TCP socket by a reset.
    func reset() throws {
        var option = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(own.number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        // Its number stays in use.
        let nothing = try StreamFixture.open("/dev/null", O_RDWR)
        guard dup2(nothing.number, own.number) >= 0 else { throw TestError("dup2: \(errno)") }
        withExtendedLifetime(nothing) {}
    }

    private static func pair(_ kind: Kind) throws -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        let stream = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        switch kind {
        case .pipe:
            guard unsafe Glibc.pipe(&ends) == 0 else { throw TestError("pipe") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        case .unix, .unixNonblocking:
            guard unsafe socketpair(AF_UNIX, stream, 0, &ends) == 0 else { throw TestError("socketpair") }
        case .tcp, .tcpNonblocking:
            ends = try tcpPair(stream)
        }
        if kind == .unixNonblocking || kind == .tcpNonblocking { _ = fcntl(ends[0], F_SETFL, O_NONBLOCK) }
        return (ends[0], ends[1])
    }

    private static func tcpPair(_ type: Int32) throws -> [Int32] {
        let listener = socket(AF_INET, type, 0)
        let client = socket(AF_INET, type, 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int32 in
                guard unsafe bind(listener, address, length) == 0, listen(listener, 1) == 0 else { return -1 }
                guard unsafe getsockname(listener, address, &length) == 0 else { return -1 }
                return unsafe connect(client, address, length)
            }
        }
        guard result == 0 else { throw TestError("connect: \(errno)") }
        let server = accept(listener, nil, nil)
        guard server >= 0 else { throw TestError("accept: \(errno)") }
        _ = fcntl(server, F_SETFD, FD_CLOEXEC)
        return [server, client]
    }
}
