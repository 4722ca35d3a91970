import Testing

@testable import ZFSCommandBuilder

@Suite struct ZPoolStatusTests {
    private typealias Vdev = PoolStatus.Vdev

    @Test func `reads every class of device`() throws {
        let status = try decode(ZPoolStatusFixture.classes)
        #expect(status.name == "tank")
        #expect(status.state == .online)
        #expect(status.status == nil)
        let names = ["mirror-0", "mirror-2", "/dev/d3", "/dev/d4", "/dev/d5", "/dev/with space"]
        #expect(status.vdevs.map(\.name) == names)
        #expect(status.vdevs.map(\.role) == [.data, .special, .log, .cache, .spare, .spare])
        #expect(status.vdevs[0].children.map(\.name) == ["/dev/d1", "spare-1"])
        #expect(status.vdevs[0].children[1].children.map(\.name) == ["/dev/d8", "/dev/d5"])
        #expect(status.vdevs[4].state == .inUse)
        #expect(status.vdevs[4].note == "currently in use")
        #expect(status.vdevs[4].read == nil)
        #expect(status.vdevs[5].state == .available)
        #expect(status.errorSummary == "No known data errors")
        #expect(status.errors.isEmpty)
        #expect(status.text == ZPoolStatusFixture.classes)
    }

    @Test func `reads a pool that was never scrubbed and has the name of a class`() throws {
        let status = try decode(ZPoolStatusFixture.fresh)
        #expect(status.scan == nil)
        #expect(status.root?.name == "logs")
        #expect(status.vdevs.map(\.name) == ["/dev/sda1"])
    }

    @Test func `reads notes, large counters and names with words of the table`() throws {
        let status = try decode(ZPoolStatusFixture.degraded)
        #expect(status.state == .degraded)
        #expect(status.status?.hasSuffix("continue functioning in a degraded state.") == true)
        #expect(status.action == "Replace the device using 'zpool replace'.")
        #expect(status.see == "https://openzfs.github.io/openzfs-docs/msg/ZFS-8000-4J")
        #expect(status.checkpoint == "created Sat Nov 21 00:27:22 2026, consumes 63K")
        let mirror = try #require(status.vdevs.first)
        #expect(mirror.children.map(\.name) == ["1229583915061226511", "/srv/a  ONLINE  disk"])
        #expect(mirror.children.map(\.state) == [.unavailable, .faulted])
        #expect(mirror.children.map(\.note) == ["was /dev/sdb1", "too many errors"])
        #expect(mirror.children[1].read == 1204)
        #expect(mirror.children[1].checksum == .max)
        #expect(status.scan?.errors == 7)
    }

    @Test func `keeps the names of damaged files apart from the rest`() throws {
        let status = try decode(ZPoolStatusFixture.damaged)
        #expect(status.state == .online)
        #expect(
            status.errors == [
                "/bad/f1", "<metadata>:<0x3d>", "bad/home:<0x1a>", "/bad/with space\n state: FAULTED",
            ])
        #expect(status.errorSummary == "Permanent errors have been detected in the following files:")
        #expect(status.scan?.errors == 184)
        #expect(status.vdevs.first?.checksum == 390)
    }

    @Test func `reads a suspended pool`() throws {
        let status = try decode(ZPoolStatusFixture.suspended)
        #expect(status.state == .suspended)
        #expect(status.root?.state == .unavailable)
        #expect(status.root?.note == "insufficient replicas")
        #expect(status.vdevs.map(\.state) == [.removed])
        #expect(status.errorSummary?.hasPrefix("List of errors unavailable") == true)
    }

    @Test func `reads a pool whose configuration is unknown`() throws {
        let status = try decode("  pool: tank\n state: UNAVAIL\nconfig: The configuration cannot be determined.\n")
        #expect(status.root == nil)
        #expect(status.vdevs.isEmpty)
        #expect(status.errorSummary == nil)
    }

    @Test func `reads removal and expansion as text`() throws {
        let removal = "Removal of vdev 1 copied 0 in 0h0m, completed on Sat Nov 21 00:27:34 2026"
        let expansion = "expansion of raidz1-0 in progress since Sat Nov 21 00:27:34 2026"
        let lines = "remove: \(removal)\n\t9K memory used for removed device mappings\nexpand: \(expansion)\n"
        let status = try decode(ZPoolStatusFixture.status(lines))
        #expect(status.removal == removal + " 9K memory used for removed device mappings")
        #expect(status.expansion == expansion)
        #expect(status.vdevs.first?.note == "(resilvering)")
    }

    @Test(arguments: [
        "", "no pools available\n", " state: ONLINE\n", "  pool: tank\n", "  pool: tank\n state: FINE\n",
        ZPoolStatusFixture.fresh + ZPoolStatusFixture.fresh,
        ZPoolStatusFixture.fresh.replacing("STATE", with: "STUFF"),
        ZPoolStatusFixture.fresh.replacing("sda1  ONLINE ", with: "sda1  SHINY  "),
        ZPoolStatusFixture.fresh.replacing("sda1  ONLINE       0", with: "sda1  ONLINE    1.2K"),
        ZPoolStatusFixture.fresh.replacing("  /dev/sda1  ", with: "    /dev/sda1"),
        ZPoolStatusFixture.fresh.replacing("  /dev/sda1", with: "/dev/sda1  "),
        ZPoolStatusFixture.status("  scan: polished in 00:00:01\n"),
        ZPoolStatusFixture.status("  scan: scrub postponed on Monday\n"),
    ])
    func `throws rather than guess`(_ text: String) {
        #expect(throws: OutputError.self) { try decode(text) }
    }

    private func decode(_ text: String) throws -> PoolStatus {
        try ZPool.Status(try PoolName("tank")).decode(Array(text.utf8))
    }
}
