import CLinux
import Glibc
import NIOCore

/// Who has a socket.
struct SocketHolder: Sendable, Hashable {
    /// The user of the process.
    let user: uid_t?
    /// The process; nil when only its user or root could see it.
    var process: pid_t?
    /// The name of its program (`comm` of proc(5)).
    var program: String?

    /// For a sentence.
    var text: String {
        if let program, let process { return "\(program) (process \(process))" }
        return user.map { "a program of \(ProcessUser($0).name)" } ?? "another program"
    }

    /// Looks up who listens at an address of TCP (/proc/net/tcp of proc(5)); nil when nobody does.
    static func listening(at address: SocketAddress) -> SocketHolder? {
        guard let port = address.port else { return nil }
        let own = hexadecimal(address)
        for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
            for line in (SmallFile.text(table) ?? "").split(separator: "\n").dropFirst() {
                let fields = line.split(separator: " ")
                guard fields.count > 9, fields[3] == "0A" else { continue }
                let local = fields[1].split(separator: ":")
                guard local.count == 2, Int(local[1], radix: 16) == port, isSame(String(local[0]), own) else {
                    continue
                }
                return SocketHolder(user: uid_t(fields[7]), inode: String(fields[9]))
            }
        }
        return nil
    }

    /// Who has the other end of a connected Unix socket.
    init?(ofPeer descriptor: Int32) {
        var process: pid_t = 0
        var user: uid_t = 0
        var group: gid_t = 0
        guard unsafe clinux_peer_credentials(descriptor, &process, &user, &group) == 0 else { return nil }
        self.user = user
        self.process = process
        program = Self.program(process)
    }

    /// A process that is known by other ways.
    init(process: pid_t) {
        user = nil
        self.process = process
        program = Self.program(process)
    }

    private init(user: uid_t?, inode: String) {
        self.user = user
        let link = "socket:[\(inode)]"
        for process in SmallFile.names(in: "/proc").compactMap(pid_t.init) {
            let folder = "/proc/\(process)/fd"
            guard SmallFile.names(in: folder).contains(where: { SmallFile.target(ofLink: "\(folder)/\($0)") == link })
            else {
                continue
            }
            self.process = process
            program = Self.program(process)
            return
        }
    }

    private static func program(_ process: pid_t) -> String? {
        SmallFile.text("/proc/\(process)/comm").map { String($0.prefix { $0 != "\n" }) }
    }

    /// The address as the tables have it: words of 32 bits, each in the byte order of the machine.
    private static func hexadecimal(_ address: SocketAddress) -> String {
        func word(_ value: UInt32) -> String {
            let digits = String(value, radix: 16, uppercase: true)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }
        // Where struct sockaddr_in and sockaddr_in6 have the address (ip(7), ipv6(7)).
        let offsets: [Int] =
            switch address {
            case .v4: [4]
            case .v6: [8, 12, 16, 20]
            case .unixDomainSocket: []
            }
        return unsafe address.withSockAddr { pointer, size in
            let bytes = unsafe UnsafeRawBufferPointer(start: pointer, count: size)
            return offsets.map { unsafe word(bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self)) }.joined()
        }
    }

    /// Whether two addresses exclude each other; zeros stand for all of them, and IPv6 may have IPv4 inside.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.hasSuffix(other) || other.hasSuffix(one) || [one, other].contains { $0.allSatisfy { $0 == "0" } }
    }
}
