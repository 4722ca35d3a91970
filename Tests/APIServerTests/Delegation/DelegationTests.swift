import Glibc
import Testing
import ZFSCommandBuilder
import ZFSRPC

@testable import zfs_apid

@Suite struct DelegationTests {
    @Test(arguments: Role.allCases) func `names permissions once, in order, as zfs takes them`(role: Role) throws {
        let permissions = Delegation.permissions(of: role)
        #expect(permissions == Set(permissions).sorted())
        for permission in permissions { _ = try Permission(permission) }
    }

    @Test func `gives each role what the lower ones have`() {
        let sets = Role.allCases.sorted().map { Set(Delegation.permissions(of: $0)) }
        #expect(sets[0].isStrictSubset(of: sets[1]) && sets[1].isStrictSubset(of: sets[2]))
    }

    @Test(arguments: ["mountpoint", "sharenfs", "sharesmb", "zoned", "setuid", "devices", "allow"])
    func `gives nobody what makes root's machine obey`(permission: String) {
        #expect(!Delegation.permissions(of: .admin).contains(permission))
    }

    @Test func `quotes a dataset with a blank`() {
        let command = Delegation.command(granting: ["hold", "send"], to: "zfs-apid", on: "tank/a b")
        #expect(command == "zfs allow -u zfs-apid hold,send 'tank/a b'")
    }

    @Test(arguments: Role.allCases) func `is what the page on delegation says`(role: Role) throws {
        var folder = #filePath.split(separator: "/")
        folder.removeLast(4)
        let page = try #require(text(of: "/\(folder.joined(separator: "/"))/Docs/delegation.md"))
        let command = Delegation.command(
            granting: Delegation.permissions(of: role), to: "zfs-apid", on: "tank/data")
        #expect(page.contains("\n\(command)\n"))
    }

    @Test func `says which permissions are missing`() throws {
        let account = try #require(Account(named: "root"))
        let text =
            "---- Permissions on tank ---\nLocal+Descendent permissions:\n\tuser root hold,diff\n\tgroup root send\n"
        let missing = CheckPermissions.missing(in: text, role: .operator, account: account, dataset: "tank")
        #expect(missing == Delegation.permissions(of: .operator).filter { !["hold", "diff", "send"].contains($0) })
        #expect(CheckPermissions.missing(in: text, role: .viewer, account: account, dataset: "tank") == [])
    }

    @Test func `knows the users of this machine only`() {
        #expect(Account(named: "root")?.groups.contains("root") == true)
        #expect(Account(named: "no-such-user-here") == nil)
    }

    private func text(of path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let size = bytes.count
        let count = unsafe read(descriptor, &bytes, size)
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
