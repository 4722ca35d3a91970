import Testing

@testable import ZFSCommandBuilder

@Suite struct ZPoolDecodingTests {
    private let tank: PoolName

    init() throws {
        tank = try PoolName("tank")
    }

    @Test func `reads rows of as many fields as columns`() throws {
        let list = ZPool.List(columns: [.name, .guid])
        #expect(try list.decode(bytes("tank\t833184147788566\nb\t-\n")) == [["tank", "833184147788566"], ["b", "-"]])
        #expect(throws: OutputError.self) { try list.decode(bytes("tank\t1\t2\n")) }
        #expect(try ZPool.Get([tank]).decode(bytes("tank\tsize\t8053063680\t-\n")).first?.count == 4)
        #expect(throws: OutputError.self) { try ZPool.GetVdev(tank).decode(bytes("tank\tsize\n")) }
    }

    @Test func `takes a value without its last newline alone`() throws {
        let get = ZPool.GetValue(tank, .name)
        #expect(try get.decode(bytes("-\n")) == "-")
        #expect(try get.decode(bytes(" a\n\n")) == " a\n")
        #expect(throws: OutputError.self) { try get.decode(bytes("")) }
    }

    @Test func `reads the numbers of devices and skips the lines between classes`() throws {
        let text = "tank\t133632\t8052930048\t3\t49\t24642\t1607916\n\n/dev/with space\t-\t-\t0\t1\t-\t5\n"
        let rows = try ZPool.IOStat(tank, perVdev: true).decode(bytes(text))
        #expect(rows.map(\.name) == ["tank", "/dev/with space"])
        #expect(rows[0].allocated == 133_632)
        #expect(rows[0].free == 8_052_930_048)
        #expect(rows[0].readOperations == 3)
        #expect(rows[0].writeOperations == 49)
        #expect(rows[0].readBytes == 24_642)
        #expect(rows[0].writtenBytes == 1_607_916)
        #expect(rows[1].allocated == nil)
        #expect(rows[1].readBytes == nil)
        #expect(throws: OutputError.self) { try ZPool.IOStat(tank).decode(bytes("tank\t1K\t2\t3\t4\t5\t6\n")) }
    }

    @Test func `reads events, short and long`() throws {
        let short = "Nov 21 2026 00:27:10.228256341\tsysevent.fs.zfs.pool_create\n"
        #expect(try ZPool.Events().decode(bytes(short)).map(\.eventClass) == ["sysevent.fs.zfs.pool_create"])
        let long = short + "        version = 0x0\n                vdev = 0x6c\n\n" + short
        let events = try ZPool.Events(tank, verbose: true).decode(bytes(long))
        #expect(events.map(\.time) == Array(repeating: "Nov 21 2026 00:27:10.228256341", count: 2))
        #expect(events[0].details == ["version = 0x0", "        vdev = 0x6c"])
        #expect(events[1].details.isEmpty)
        #expect(throws: OutputError.self) { try ZPool.Events().decode(bytes("cleared 9 events\n")) }
    }

    @Test func `reads history as lines`() throws {
        let text = "History for 'tank':\n2026-11-21.00:27:10 zpool create tank /dev/with space\n\n"
        #expect(try ZPool.History([tank]).decode(bytes(text)).count == 2)
    }

    @Test func `reads the memory that a removal needs`() throws {
        let estimate = ZPool.EstimateRemoval(tank, device: try VdevName("sda"))
        #expect(try estimate.decode(bytes("/dev/with space 4096\n")) == 4096)
        #expect(throws: OutputError.self) { try estimate.decode(bytes("/dev/d12 1.5K\n")) }
        #expect(throws: OutputError.self) { try estimate.decode(bytes("")) }
    }

    @Test func `reads the pools that could be imported, of 2.1 and 2.3`() throws {
        let newer = """
              pool: bad
                id: 3161000609434317407
             state: ONLINE
            action: The pool can be imported using its name or numeric identifier.
            config:

            \tbad         ONLINE
            \t  d11       ONLINE

            """
        let older = """

               pool: old
                 id: 7
              state: DEGRADED (DESTROYED)
             status: One or more devices are missing from the system.
             action: The pool can be imported despite missing or damaged devices.  The
            \tfault tolerance of the pool may be compromised if imported.
             config:

            \told         DEGRADED

            """
        let pools = try ZPool.ListImportable().decode(bytes(newer + older))
        #expect(pools.map(\.name) == ["bad", "old"])
        #expect(pools.map(\.guid) == [GUID(3_161_000_609_434_317_407), GUID(7)])
        #expect(pools.map(\.state) == [.online, .degraded])
        #expect(pools.map(\.isDestroyed) == [false, true])
        #expect(pools[0].configuration == ["bad         ONLINE", "  d11       ONLINE"])
        #expect(pools[1].action?.hasSuffix("The fault tolerance of the pool may be compromised if imported.") == true)
        #expect(try ZPool.ListImportable().decode([]).isEmpty)
        #expect(throws: OutputError.self) { try ZPool.ListImportable().decode(bytes("  pool: bad\n")) }
    }

    private func bytes(_ text: String) -> [UInt8] {
        Array(text.utf8)
    }
}
