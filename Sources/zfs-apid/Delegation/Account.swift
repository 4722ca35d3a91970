import Glibc

/// A user of this machine and the groups it is in.
struct Account {
    let name: String
    let groups: [String]

    /// Looks a user up (`getpwnam_r(3)`, `getgrouplist(3)`); nil when there is none of that name.
    init?(named name: String) {
        var record = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var text = [CChar](repeating: 0, count: 16_384)
        let size = text.count
        guard unsafe getpwnam_r(name, &record, &text, size, &found) == 0, unsafe found != nil else { return nil }
        let group = unsafe record.pw_gid
        var identifiers = [gid_t](repeating: 0, count: 1024)
        var count = Int32(identifiers.count)
        guard unsafe getgrouplist(name, group, &identifiers, &count) >= 0 else { return nil }
        self.name = name
        groups = identifiers.prefix(Int(count)).compactMap(Self.groupName)
    }

    private static func groupName(_ identifier: gid_t) -> String? {
        var record = unsafe group()
        var found: UnsafeMutablePointer<group>?
        var text = [CChar](repeating: 0, count: 65_536)
        let size = text.count
        guard unsafe getgrgid_r(identifier, &record, &text, size, &found) == 0, unsafe found != nil,
            let name = unsafe record.gr_name
        else { return nil }
        return unsafe String(cString: name)
    }
}
