import Glibc

/// The user that this process runs as.
struct ProcessUser: Sendable, Hashable {
    let number: uid_t
    /// The name, or the number when it has none.
    let name: String

    var isRoot: Bool { number == 0 }

    static var current: ProcessUser { ProcessUser(geteuid()) }

    /// Looks a number up (getpwuid_r(3)).
    init(_ number: uid_t) {
        self.number = number
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        let size = buffer.count
        guard unsafe getpwuid_r(number, &entry, &buffer, size, &found) == 0, unsafe found != nil,
            let name = unsafe entry.pw_name
        else {
            self.name = String(number)
            return
        }
        self.name = unsafe String(cString: name)
    }
}
