import Testing

@testable import ZFSCommandBuilder

@Suite struct ZPoolOperandTests {
    @Test(arguments: [
        "", "-f", "--power", " sda", "sd\na", "sd\ta", "sd\u{0}a", "sd\u{7F}", "mirror", "raidz", "raidz2", "draid3",
        "log",
        "cache", "spare", "special", "dedup", "all-vdevs", String(repeating: "a", count: 4096),
    ])
    func `refuses a device name that zpool would read as something else`(_ text: String) {
        #expect(throws: NameError.self) { try VdevName(text) }
        #expect(throws: NameError.self) { try NewDevice(text) }
    }

    @Test(arguments: [
        "sda", "/dev/disk/by-id/ata-X_1-part1", "/srv/with space", "mirror-0", "raidz2-0", "draid2:4d:11c:1s-0",
        "3161000609434317407",
    ])
    func `takes a device name as it is`(_ text: String) throws {
        #expect(try VdevName(text).text == text)
    }

    @Test(arguments: ["draid2:4d:11c:1s", "draid2:4d:11c:1s-0", "raidz7", "raidz12"])
    func `refuses a new device that looks like a layout`(_ text: String) {
        #expect(throws: NameError.self) { try NewDevice(text) }
    }

    /// The seeds make the runs repeatable.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `starts no word but a declared flag with a hyphen`(_ seed: UInt64) throws {
        var random = Sequence64(state: seed)
        let pool = try #require(random.operand("abzAZ", "az-_.: 09") { try? PoolName.new($0) })
        let device = try #require(random.operand("/sv09", "az-_.: 09@=%#") { try? VdevName($0) })
        let new = try #require(random.operand("/sv", "az-_.: 09@=%#") { try? NewDevice($0) })
        let value = try #require(random.operand("-=az", "-=, az") { try? PropertyValue($0) })
        let property = PropertyAssignment(try PropertyName("comment"), value)
        let commands: [(any Command, Set<String>)] = [
            (ZPool.Add(pool, PoolTopology(data: [.mirror([new, new])], cache: [new]), force: true), ["-f", "-P"]),
            (ZPool.Attach(pool, device: device, newDevice: new, wait: true), ["-w"]),
            (ZPool.Clear(pool, devices: [device]), []),
            (ZPool.Create(pool, PoolTopology(data: [.device(new)]), properties: [property]), ["-o"]),
            (ZPool.Detach(pool, device: device), []),
            (ZPool.Get([pool, pool]), ["-H", "-p", "-o"]),
            (ZPool.Initialize(pool, devices: [device, device]), []),
            (ZPool.Import(.name(pool), options: ImportOptions(properties: [property])), ["-o"]),
            (ZPool.LabelClear(device), []),
            (ZPool.Offline(pool, devices: [device], temporary: true), ["-t"]),
            (ZPool.Remove(pool, devices: [device]), []),
            (ZPool.Replace(pool, device: device, newDevice: new), []),
            (ZPool.Set(pool, property), []),
            (ZPool.Split(pool, newName: pool, devices: [device]), ["-P"]),
            (ZPool.Status(pool), ["-v", "-p", "-P"]),
            (ZPool.Trim(pool, devices: [device]), []),
        ]
        for (command, flags) in commands {
            for word in command.arguments where word.hasPrefix("-") {
                #expect(flags.contains(word), "\(command.arguments)")
            }
        }
    }
}

/// Numbers from a seed (SplitMix64), and texts made from them.
private struct Sequence64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Tries texts until one is legal.
    mutating func operand<Value>(_ first: String, _ others: String, _ parse: (String) -> Value?) -> Value? {
        for _ in 0..<100 {
            var text = ""
            for index in 0..<Int.random(in: 1...12, using: &self) {
                // A hyphen is tried at the front now and then: a parser that lets it pass must fail here.
                let letters = index > 0 ? others : Int.random(in: 0..<4, using: &self) == 0 ? "-" : first
                if let letter = letters.randomElement(using: &self) { text.append(letter) }
            }
            if let value = parse(text) { return value }
        }
        return nil
    }
}
