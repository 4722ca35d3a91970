import Testing

@testable import zfs_apid

@Suite struct GrantedPermissionsTests {
    /// Captured from OpenZFS 2.3.
    static let text = """
        ---- Permissions on tank/a -------------------------------------------
        Local permissions:
        \tuser alice @backup,quota
        Descendent permissions:
        \tuser alice send
        Local+Descendent permissions:
        \tuser bob hold,snapshot
        \tgroup staff rollback
        ---- Permissions on tank ---------------------------------------------
        Permission sets:
        \t@backup hold,send
        Create time permissions:
        \tdestroy
        Descendent permissions:
        \tuser alice clone
        Local permissions:
        \tuser alice promote
        Local+Descendent permissions:
        \teveryone diff

        """

    private func permissions(_ holders: Set<GrantedPermissions.Holder>, of dataset: String = "tank/a") -> Set<String> {
        GrantedPermissions(Self.text, of: dataset).permissions(of: holders)
    }

    @Test func `counts what holds on the dataset and below it`() {
        // send: on the dataset by the set, below it by name; hold and quota: on the dataset only.
        #expect(permissions([.user("alice")]) == ["send", "clone"])
        #expect(permissions([.user("bob")]) == ["hold", "snapshot"])
    }

    @Test func `puts together what user, groups and everyone have`() {
        let holders: Set<GrantedPermissions.Holder> = [.user("bob"), .group("staff"), .everyone]
        #expect(permissions(holders) == ["hold", "snapshot", "rollback", "diff"])
    }

    @Test func `does not take a user for a group, nor a creator for anybody`() {
        #expect(permissions([.user("staff"), .group("bob"), .user("destroy")]) == [])
    }

    @Test(arguments: [
        "", "---- Permissions on tank", "\tuser", "Local+Descendent permissions:\n\tuser bob", "\n\n\t\t",
    ])
    func `finds nothing in a text that is not whole`(text: String) {
        #expect(GrantedPermissions(text, of: "tank").permissions(of: [.user("bob"), .everyone]) == [])
    }

    @Test(arguments: ["tank/a b--", "tank/-", "tank/very" + String(repeating: "y", count: 80)])
    func `knows a dataset with an unusual name`(name: String) {
        // As zfs_main.c pads it: dashes up to 70 columns, none behind a longer name.
        let title = "---- Permissions on \(name) "
        let text =
            title + String(repeating: "-", count: max(0, 70 - title.utf8.count))
            + "\nLocal permissions:\n\tuser bob send\nDescendent permissions:\n\tuser bob send\n"
        #expect(GrantedPermissions(text, of: name).permissions(of: [.user("bob")]) == ["send"])
    }
}
