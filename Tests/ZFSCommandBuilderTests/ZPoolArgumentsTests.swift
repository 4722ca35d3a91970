import Testing

@testable import ZFSCommandBuilder

/// One command and the words that it must give.
struct ZPoolCase: Sendable, CustomTestStringConvertible {
    let command: any Command
    let arguments: [String]

    init(_ command: any Command, _ arguments: String...) {
        self.command = command
        self.arguments = arguments
    }

    var testDescription: String { arguments.joined(separator: " ") }
}

@Suite struct ZPoolArgumentsTests {
    @Test(arguments: try cases()) func `gives the words that the man pages ask for`(_ expected: ZPoolCase) {
        #expect(expected.command.arguments == expected.arguments)
    }

    @Test func `knows the one pool of a command, and what only reads`() throws {
        let tank = try PoolName("tank")
        let data = try PoolName("data")
        #expect(ZPool.List([tank], columns: []).pool == tank)
        #expect(ZPool.List([tank, data], columns: []).pool == nil)
        #expect(ZPool.Status(tank).pool == tank)
        #expect(ZPool.Import(.guid(GUID(7))).pool == nil)
        #expect(ZPool.Import(.name(data), newName: tank).pool == tank)
        #expect(ZPool.Status(tank).isRead)
        #expect(!ZPool.Scrub(tank).isRead)
        #expect(!ZPool.Add(tank, PoolTopology()).isRead)
        #expect(ZPool.Add(tank, PoolTopology(), dryRun: true).isRead)
    }

    private static func cases() throws -> [ZPoolCase] {
        try changes() + layouts() + reads()
    }

    private static func changes() throws -> [ZPoolCase] {
        let tank = try PoolName("tank")
        let sda = try VdevName("sda")
        let sdb = try NewDevice("/dev/sdb")
        let comment = PropertyAssignment(try PropertyName("comment"), try PropertyValue("a=b"))
        return [
            ZPoolCase(
                ZPool.Attach(tank, device: sda, newDevice: sdb, force: true, sequential: true, wait: true, ashift: 12),
                "attach", "-f", "-s", "-w", "-o", "ashift=12", "tank", "sda", "/dev/sdb"),
            ZPoolCase(ZPool.Checkpoint(tank, wait: true), "checkpoint", "tank"),
            ZPoolCase(ZPool.Checkpoint(tank, action: .discard, wait: true), "checkpoint", "-d", "-w", "tank"),
            ZPoolCase(ZPool.Clear(tank, devices: [sda], power: true), "clear", "--power", "tank", "sda"),
            ZPoolCase(ZPool.DDTPrune(tank, .olderThan(days: 90)), "ddtprune", "-d", "90", "tank"),
            ZPoolCase(ZPool.DDTPrune(tank, .percentage(5)), "ddtprune", "-p", "5", "tank"),
            ZPoolCase(ZPool.Destroy(tank, force: true), "destroy", "-f", "tank"),
            ZPoolCase(ZPool.Detach(tank, device: sda), "detach", "tank", "sda"),
            ZPoolCase(ZPool.Export([tank], force: true), "export", "-f", "tank"),
            ZPoolCase(ZPool.ExportAll(), "export", "-a"),
            ZPoolCase(ZPool.ClearEvents(), "events", "-c"),
            ZPoolCase(ZPool.Initialize(tank, wait: true), "initialize", "-w", "tank"),
            ZPoolCase(ZPool.Initialize(tank, action: .uninitialize, devices: [sda]), "initialize", "-u", "tank", "sda"),
            ZPoolCase(ZPool.LabelClear(sda, force: true), "labelclear", "-f", "sda"),
            ZPoolCase(ZPool.Offline(tank, devices: [sda], temporary: true), "offline", "-t", "tank", "sda"),
            ZPoolCase(ZPool.Offline(tank, devices: [sda], mode: .fault), "offline", "-f", "tank", "sda"),
            ZPoolCase(
                ZPool.Offline(tank, devices: [sda], mode: .powerOff, temporary: true),
                "offline", "--power", "tank", "sda"),
            ZPoolCase(ZPool.Online(tank, devices: [sda], expand: true), "online", "-e", "tank", "sda"),
            ZPoolCase(ZPool.Prefetch(tank), "prefetch", "-t", "ddt", "tank"),
            ZPoolCase(ZPool.Reguid(tank, guid: GUID(42)), "reguid", "-g", "42", "tank"),
            ZPoolCase(ZPool.Remove(tank, devices: [sda], wait: true), "remove", "-w", "tank", "sda"),
            ZPoolCase(ZPool.CancelRemoval(tank), "remove", "-s", "tank"),
            ZPoolCase(ZPool.Reopen([tank], keepScrub: true), "reopen", "-n", "tank"),
            ZPoolCase(ZPool.Replace(tank, device: sda), "replace", "tank", "sda"),
            ZPoolCase(ZPool.Replace(tank, device: sda, newDevice: sdb), "replace", "tank", "sda", "/dev/sdb"),
            ZPoolCase(ZPool.Resilver([tank]), "resilver", "tank"),
            ZPoolCase(ZPool.Scrub(tank), "scrub", "tank"),
            ZPoolCase(ZPool.Scrub(tank, .start, wait: true), "scrub", "-w", "tank"),
            ZPoolCase(ZPool.Scrub(tank, .pause, wait: true), "scrub", "-p", "tank"),
            ZPoolCase(ZPool.Scrub(tank, .stop), "scrub", "-s", "tank"),
            ZPoolCase(ZPool.Scrub(tank, .startErrors), "scrub", "-e", "tank"),
            ZPoolCase(ZPool.Scrub(tank, .startFromLast), "scrub", "-C", "tank"),
            ZPoolCase(ZPool.Set(tank, comment), "set", "comment=a=b", "tank"),
            ZPoolCase(ZPool.SetVdev(tank, device: sda, comment), "set", "comment=a=b", "tank", "sda"),
            ZPoolCase(ZPool.Sync(), "sync"),
            ZPoolCase(
                ZPool.Trim(tank, rate: 1_048_576, secure: true, devices: [sda]),
                "trim", "-d", "-r", "1048576", "tank", "sda"),
            ZPoolCase(ZPool.Trim(tank, .suspend, rate: 1), "trim", "-s", "tank"),
            ZPoolCase(ZPool.Trim(tank, .cancel), "trim", "-c", "tank"),
            ZPoolCase(ZPool.Upgrade([tank], version: 28), "upgrade", "-V", "28", "tank"),
            ZPoolCase(ZPool.UpgradeAll(), "upgrade", "-a"),
        ]
    }

    private static func layouts() throws -> [ZPoolCase] {
        let tank = try PoolName("tank")
        let device = { (name: String) in try NewDevice(name) }
        let topology = PoolTopology(
            data: [.mirror([try device("sda"), try device("/dev/sdb")]), .device(try device("sdc"))],
            dedup: [.device(try device("sdd"))],
            special: [.mirror([try device("sde"), try device("sdf")])],
            log: [.device(try device("sdg"))],
            cache: [try device("sdh")],
            spares: [try device("sdi")]
        )
        let draid = DRAIDLayout(.double, data: 4, children: 11, spares: 1)
        let altroot = try AbsolutePath("/mnt")
        let property = PropertyAssignment(try PropertyName("readonly"), try PropertyValue("on"))
        return [
            ZPoolCase(
                ZPool.Create(
                    tank, topology, properties: [property], rootProperties: [property], mountpoint: .nowhere,
                    altroot: altroot, temporaryName: try PoolName("temporary"), withoutFeatures: true, force: true),
                "create", "-d", "-f", "-m", "none", "-o", "readonly=on", "-O", "readonly=on", "-R", "/mnt", "-t",
                "temporary", "tank", "mirror", "sda", "/dev/sdb", "sdc", "dedup", "sdd", "special", "mirror", "sde",
                "sdf", "log", "sdg", "cache", "sdh", "spare", "sdi"),
            ZPoolCase(
                ZPool.Add(tank, PoolTopology(data: [.raidz(.triple, [try device("sda")])]), ashift: 9, dryRun: true),
                "add", "-n", "-P", "-o", "ashift=9", "tank", "raidz3", "sda"),
            ZPoolCase(
                ZPool.Add(tank, PoolTopology(data: [.draid(draid, [try device("sda")])]), allowInUse: true),
                "add", "--allow-in-use", "-P", "tank", "draid2:4d:11c:1s", "sda"),
            ZPoolCase(
                ZPool.Split(tank, newName: try PoolName("second"), altroot: altroot, dryRun: true),
                "split", "-n", "-P", "-R", "/mnt", "tank", "second"),
            ZPoolCase(
                ZPool.Import(
                    .guid(GUID(7)), newName: tank, temporaryName: true,
                    options: ImportOptions(
                        source: .search([altroot]), mountOptions: [try MountOption("ro")], properties: [property],
                        altroot: altroot, force: true, withoutMounting: true, rewind: .transaction(9))),
                "import", "-f", "-N", "-F", "-X", "-T", "9", "-d", "/mnt", "-o", "ro", "-o", "readonly=on", "-R",
                "/mnt",
                "-t", "7", "tank"),
            ZPoolCase(
                ZPool.ImportAll(options: ImportOptions(source: .cacheFile(altroot), rewind: .checkpoint)),
                "import", "-a", "--rewind-to-checkpoint", "-c", "/mnt"),
        ]
    }

    private static func reads() throws -> [ZPoolCase] {
        let tank = try PoolName("tank")
        let sda = try VdevName("sda")
        return [
            ZPoolCase(ZPool.EstimateRemoval(tank, device: sda), "remove", "-n", "-p", "tank", "sda"),
            ZPoolCase(ZPool.Events(), "events", "-H"),
            ZPoolCase(ZPool.Events(tank, verbose: true), "events", "-H", "-v", "tank"),
            ZPoolCase(ZPool.Get([tank]), "get", "-H", "-p", "-o", "name,property,value,source", "all", "tank"),
            ZPoolCase(
                ZPool.Get([tank], properties: .only([.name, .guid]), columns: [.value]),
                "get", "-H", "-p", "-o", "value", "name,guid", "tank"),
            ZPoolCase(
                ZPool.GetVdev(tank, columns: [.name, .value]),
                "get", "-H", "-p", "-o", "name,value", "all", "tank", "all-vdevs"),
            ZPoolCase(ZPool.GetValue(tank, .guid), "get", "-H", "-p", "-o", "value", "guid", "tank"),
            ZPoolCase(ZPool.History([tank], internal: true, long: true), "history", "-i", "-l", "tank"),
            ZPoolCase(ZPool.IOStat(tank), "iostat", "-H", "-p", "tank"),
            ZPoolCase(
                ZPool.IOStat(tank, perVdev: true, seconds: 5), "iostat", "-H", "-p", "-v", "-P", "-y", "tank", "5", "1"),
            ZPoolCase(ZPool.List(columns: [.name, .guid]), "list", "-H", "-p", "-o", "name,guid"),
            ZPoolCase(ZPool.ListImportable(destroyed: true, scan: true), "import", "-D", "-s"),
            ZPoolCase(ZPool.ListUpgradable(), "upgrade"),
            ZPoolCase(ZPool.ListVersions(), "upgrade", "-v"),
            ZPoolCase(ZPool.Status(tank), "status", "-v", "-p", "-P", "tank"),
            ZPoolCase(ZPool.Version(), "version"),
            ZPoolCase(ZPool.Wait(tank), "wait", "tank"),
            ZPoolCase(
                ZPool.Wait(tank, activities: [.scrub, .raidzExpansion]), "wait", "-t", "scrub,raidz_expand", "tank"),
        ]
    }
}
