import Testing

@testable import ZFSCommandBuilder

@Suite struct ZFSDecodingTests {
    let dataset: DatasetName
    let snapshot: SnapshotName

    init() throws {
        dataset = try DatasetName("tank/a")
        snapshot = try SnapshotName("tank/a@s2")
    }

    private func decode<C: ReportingCommand>(_ command: C, _ output: String) throws(OutputError) -> C.Output {
        try command.decode(Array(output.utf8))
    }

    @Test func `reads what destroy names and frees`() throws {
        let report = try decode(ZFS.Destroy(dataset), "destroy\ttank/a@s 1\ndestroy\ttank/a\nreclaim\t98304\n")
        #expect(report == DestroyReport(destroyed: ["tank/a@s 1", "tank/a"], reclaimed: 98304))
        #expect(try decode(ZFS.Destroy(dataset), "destroy\ttank/a\n").reclaimed == nil)
        #expect(try decode(ZFS.Destroy(dataset), "") == DestroyReport(destroyed: [], reclaimed: nil))
    }

    @Test(arguments: ["would destroy tank/a\n", "destroy\ta\tb\n", "reclaim\t96K\n", "keep\ta\n"])
    func `refuses another output of destroy`(_ output: String) throws {
        let command = ZFS.Destroy(dataset)
        #expect(throws: OutputError.self) { try decode(command, output) }
    }

    @Test func `reads the columns of list`() throws {
        let command = ZFS.List(columns: [.name, .used, .mountpoint])
        let rows = try decode(command, "tank\t98304\t/tank\ntank/a b\t0\tnone\n")
        #expect(rows == [["tank", "98304", "/tank"], ["tank/a b", "0", "none"]])
        #expect(try decode(command, "") == [])
        #expect(throws: OutputError.self) { try decode(command, "tank\t98304\n") }
        #expect(throws: OutputError.self) { try decode(command, "tank\t98304\t/a\tb\n") }
    }

    @Test func `keeps empty values in their column`() throws {
        let command = ZFS.Get([.dataset(dataset)], columns: [.name, .value, .source])
        #expect(try decode(command, "tank/a\t\tlocal\n") == [["tank/a", "", "local"]])
    }

    @Test(arguments: [("on\n", "on"), ("\n", ""), ("a\tb\nc\n", "a\tb\nc"), ("a\n\n", "a\n")])
    func `reads one value whole`(_ output: String, _ value: String) throws {
        #expect(try decode(ZFS.GetValue(.dataset(dataset), .compression), output) == value)
    }

    @Test func `refuses a value that is cut off`() throws {
        let command = ZFS.GetValue(.dataset(dataset), .compression)
        #expect(throws: OutputError.self) { try decode(command, "") }
        #expect(throws: OutputError.self) { try decode(command, "on") }
    }

    @Test func `reads holds`() throws {
        let rows = try decode(ZFS.Holds([snapshot]), "tank/a@s2\tkeep\tTue Nov 18 10:00 2025\ntank/a@s2\ta\tb\t1\n")
        #expect(rows.map(\.snapshot) == ["tank/a@s2", "tank/a@s2"])
        #expect(rows.map(\.tag) == ["keep", "a\tb"])
        #expect(rows.map(\.timestamp) == ["Tue Nov 18 10:00 2025", "1"])
        #expect(throws: OutputError.self) { try decode(ZFS.Holds([snapshot]), "tank/a@s2\tkeep\n") }
    }

    @Test(
        arguments: [
            ("full\ttank/a@s2\t1234\nsize\t1234\n", nil, 1234), ("full\ttank/a@s2\nsize\t0\n", nil, nil),
            ("incremental\ts1\ttank/a@s2\t624\nsize\t624\n", "s1", 624),
            ("resume token contents:\nnvlist version: 0\n\ttoname = tank/a@s2\nfull\ttank/a@s2\t9\nsize\t9\n", nil, 9),
        ] as [(String, String?, UInt64?)])
    func `reads an estimate`(_ output: String, _ from: String?, _ bytes: UInt64?) throws {
        let estimate = try decode(ZFS.Send(snapshot, dryRun: true), output)
        #expect(estimate.steps == [SendEstimate.Step(from: from, snapshot: "tank/a@s2", bytes: bytes)])
        #expect(estimate.bytes == bytes ?? 0)
    }

    @Test(arguments: [
        "", "full\ttank/a@s2\t1\n", "full\ta\t1K\nsize\t1\n", "size\t-1\n", "size\t1\t2\n", "full\nsize\t1\n",
    ])
    func `refuses an estimate without its numbers`(_ output: String) {
        let command = ZFS.Send(snapshot, dryRun: true)
        #expect(throws: OutputError.self) { try decode(command, output) }
    }

    @Test(
        arguments: [
            ("F", .file), ("/", .directory), ("@", .link), ("B", .blockDevice), ("C", .characterDevice), ("|", .pipe),
            ("=", .socket), (">", .other), ("P", .other), ("?", .other),
        ] as [(String, DiffEntry.Kind)])
    func `reads what kind of file differs`(_ character: String, _ kind: DiffEntry.Kind) throws {
        let rows = try decode(ZFS.Diff(snapshot), "+\t\(character)\t/tank/a\n")
        #expect(rows.map(\.kind) == [kind])
    }

    @Test func `reads what changed`() throws {
        let output = """
            M\t/\t/tank/a/
            M\tF\t/tank/a/linked\t(+1)
            M\tF\t/tank/a/unlinked\t(-2)
            R\tF\t/tank/a/old\\0040name\t/tank/a/n\\0303\\0244w
            -\tF\t/tank/a/\\0012-\\0134
            +\tF\t/tank/a/\\0377

            """
        let rows = try decode(ZFS.Diff(snapshot), output)
        #expect(rows.map(\.change) == [.modified, .modified, .modified, .renamed, .removed, .added])
        #expect(rows.map(\.linkChange) == [nil, 1, -2, nil, nil, nil])
        #expect(rows[3].path == "/tank/a/old name")
        #expect(rows[3].newPath == "/tank/a/näw")
        #expect(rows[4].path == "/tank/a/\n-\\")
        #expect(rows[4].rawPath == nil)
        #expect(rows[5].path == "/tank/a/\u{FFFD}")
        #expect(rows[5].rawPath == Array("/tank/a/".utf8) + [0xFF])
    }

    @Test func `reads the time of a change`() throws {
        let rows = try decode(ZFS.Diff(snapshot, changeTimes: true), "1763460000.000000001\tM\tF\t/a\n")
        #expect(rows.map(\.changeTime) == ["1763460000.000000001"])
        #expect(rows.map(\.path) == ["/a"])
    }

    @Test(arguments: [
        "M\tF\n", "X\tF\t/a\n", "M\tX\t/a\n", "R\tF\t/a\n", "+\tF\t/a\t/b\n", "M\tF\t/a\t+1\n", "M\tF\t/a\\04\n",
        "M\tF\t/a\\0999\n", "M\tF\t/a\\0400\n", "M\tF\t/a\\+040\n", "M\tF\t/a\t(1)\t(1)\n",
    ])
    func `refuses another line of diff`(_ output: String) {
        let command = ZFS.Diff(snapshot)
        #expect(throws: OutputError.self) { try decode(command, output) }
    }

    @Test func `reads the versions`() throws {
        let both = try decode(ZFS.Version(), "zfs-2.3.2-1\nzfs-kmod-2.3.2-1\n")
        #expect(both.userland == "2.3.2-1")
        #expect(both.kernel == "2.3.2-1")
        #expect(try decode(ZFS.Version(), "zfs-2.1.11-1\n").kernel == nil)
        #expect(throws: OutputError.self) { try decode(ZFS.Version(), "zfs-kmod-2.3.2-1\n") }
    }

    @Test func `reads who takes how much`() throws {
        let output = "POSIX User\tanna\t512\t1048576\t1\tnone\nPOSIX User\t1001\t0\tnone\t-\t-\n"
        let rows = try decode(ZFS.UserSpace(.dataset(dataset)), output)
        #expect(rows.map(\.type) == ["POSIX User", "POSIX User"])
        #expect(rows.map(\.name) == ["anna", "1001"])
        #expect(rows.map(\.used) == [512, 0])
        #expect(rows.map(\.quota) == [1_048_576, nil])
        #expect(rows.map(\.objectsUsed) == [1, nil])
        #expect(rows.map(\.objectQuota) == [nil, nil])
        #expect(throws: OutputError.self) { try decode(ZFS.GroupSpace(.dataset(dataset)), "a\tb\t1K\t0\t0\t0\n") }
    }

    @Test func `reads paths that end with a NUL`() throws {
        let command = ZFS.CheckProject([try AbsolutePath("/tank")])
        #expect(try decode(command, "/tank/a\nb\0/tank/c\0") == ["/tank/a\nb", "/tank/c"])
    }
}
