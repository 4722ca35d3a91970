/// The table below `config:` in `zpool status`: indented names, states, and counters.
///
/// A name is a path and may have spaces, even a word like `ONLINE`; so it ends at the column where the heading has `STATE`.
struct VdevTable {
    /// The line of the pool, with everything below it.
    let root: PoolStatus.Vdev

    private typealias Entry = (depth: Int, vdev: PoolStatus.Vdev)

    /// Reads the lines behind `config:`; nil when they say that the configuration can not be determined.
    /// - Throws: `OutputError` for a line that has no place in the table.
    init?(_ lines: [ArraySlice<UInt8>]) throws(OutputError) {
        let lines = lines.filter { !trimmed($0).isEmpty }
        guard let heading = lines.first else { return nil }
        guard heading.first == 0x09 else {
            if heading.elementsEqual("The configuration cannot be determined.".utf8) { return nil }
            throw OutputError(expected: "the heading of a table", line: heading)
        }
        guard heading.dropFirst().starts(with: "NAME ".utf8), let column = Self.stateColumn(heading) else {
            throw OutputError(expected: "the columns NAME and STATE", line: heading)
        }
        var role = PoolStatus.Role.data
        var entries: [Entry] = []
        for line in lines.dropFirst() {
            if let next = PoolStatus.Role(heading: trimmed(line)) {
                role = next
            } else {
                entries.append(try Self.entry(line, column, role))
            }
        }
        guard let first = entries.first, first.depth == 0 else {
            throw OutputError(expected: "the line of the pool", line: lines.last ?? heading)
        }
        var rest = entries.dropFirst()
        var root = first.vdev
        root.children = try Self.take(&rest, depth: 1)
        if let left = rest.first { throw OutputError(expected: "a device of the pool", line: left.vdev.name.utf8) }
        self.root = root
    }

    private static func stateColumn(_ heading: ArraySlice<UInt8>) -> Int? {
        heading.indices.first { heading[$0...].starts(with: "STATE".utf8) }.map { $0 - heading.startIndex }
    }

    /// Takes the entries of one depth, each with the deeper ones that follow it.
    private static func take(_ entries: inout ArraySlice<Entry>, depth: Int) throws(OutputError) -> [PoolStatus.Vdev] {
        var vdevs: [PoolStatus.Vdev] = []
        while let entry = entries.first, entry.depth >= depth {
            if entry.depth > depth {
                throw OutputError(expected: "a device \(depth) levels deep", line: entry.vdev.name.utf8)
            }
            entries.removeFirst()
            var vdev = entry.vdev
            vdev.children = try take(&entries, depth: depth + 1)
            vdevs.append(vdev)
        }
        return vdevs
    }

    private static func entry(
        _ line: ArraySlice<UInt8>,
        _ column: Int,
        _ role: PoolStatus.Role
    ) throws(OutputError) -> Entry {
        let start = line.startIndex + column
        guard line.first == 0x09, start <= line.endIndex, line[..<start].suffix(2).elementsEqual("  ".utf8) else {
            throw OutputError(expected: "a device, then its state in the column of the heading", line: line)
        }
        let indent = line.dropFirst().prefix { $0 == 0x20 }.count
        let name = trimmed(line[..<start].dropFirst(indent + 1))
        var rest = line[start...]
        guard indent % 2 == 0, !name.isEmpty,
            let state = VdevState(rawValue: String(decoding: word(&rest), as: UTF8.self))
        else { throw OutputError(expected: "a device and its state", line: line) }
        var counters: [UInt64?] = [nil, nil, nil]
        if role != .spare {
            for index in counters.indices {
                guard let number = UInt64(String(decoding: word(&rest), as: UTF8.self)) else {
                    throw OutputError(expected: "three counters", line: line)
                }
                counters[index] = number
            }
        }
        let note = trimmed(rest)
        let vdev = PoolStatus.Vdev(
            name: String(decoding: name, as: UTF8.self),
            role: role,
            state: state,
            read: counters[0],
            write: counters[1],
            checksum: counters[2],
            note: note.isEmpty ? nil : String(decoding: note, as: UTF8.self),
            children: []
        )
        return (indent / 2, vdev)
    }

    /// Takes the next word off.
    private static func word(_ line: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let text = line.drop { $0 == 0x20 }
        let word = text.prefix { $0 != 0x20 }
        line = text.dropFirst(word.count)
        return word
    }
}
