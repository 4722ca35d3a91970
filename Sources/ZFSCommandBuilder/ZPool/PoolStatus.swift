/// What `zpool status -v -p -P` says about one pool.
///
/// Source: `status_callback` in `cmd/zpool/zpool_main.c`; the text is the same in 2.1 and 2.3 but for the progress of scans.
public struct PoolStatus: Hashable, Sendable {
    /// The pool.
    public let name: String
    /// Its state.
    public let state: VdevState
    /// What is wrong, in sentences; nil when all is well.
    public let status: String?
    /// What to do about it.
    public let action: String?
    /// Where to read about it.
    public let see: String?
    /// Every scrub and resilver that is shown: one of each at most, or one resilver for each group.
    public let scans: [Scan]
    /// The last removal of a device, as text.
    public let removal: String?
    /// The checkpoint, as text.
    public let checkpoint: String?
    /// The last widening of a raidz group, as text; not in 2.1.
    public let expansion: String?
    /// The pool's own line, with all top-level devices as its children; nil when the configuration can not be determined.
    public let root: Vdev?
    /// What stands behind `errors:`, such as `No known data errors`; nil when the pool is too broken to count.
    public let errorSummary: String?
    /// Files with permanent errors, as paths or as `pool/dataset:<0x1a>` and `<metadata>:<0x3d>`.
    public let errors: [String]
    /// The whole output; invalid UTF-8 is replaced.
    public let text: String

    /// The scan that runs or is paused, else the one shown last; nil when the pool never had one.
    public var scan: Scan? {
        scans.first { $0.state == .running || $0.state == .paused } ?? scans.last
    }

    /// The top-level devices of every role.
    public var vdevs: [Vdev] { root?.children ?? [] }

    /// Reads the output.
    /// - Throws: `OutputError` for a line that has no place in it.
    init(_ output: [UInt8]) throws(OutputError) {
        let labels = try LabelledText(output, last: "errors")
        guard let name = labels.sections.first, name.label == "pool",
            !labels.sections.dropFirst().contains(where: { $0.label == "pool" })
        else { throw OutputError(expected: "the status of one pool", line: output) }
        guard let state = VdevState(rawValue: labels.text("state") ?? "") else {
            throw OutputError(expected: "the state of a pool", line: Array((labels.text("state") ?? "").utf8))
        }
        self.name = String(decoding: name.lines[0], as: UTF8.self)
        self.state = state
        status = labels.text("status")
        action = labels.text("action")
        see = labels.text("see")
        removal = labels.text("remove")
        checkpoint = labels.text("checkpoint")
        expansion = labels.text("expand")
        var scans: [Scan] = []
        for section in labels.sections where section.label == "scan" || section.label == "scrub" {
            scans.append(try Scan(section))
        }
        self.scans = scans
        root = try labels.sections.first { $0.label == "config" }.flatMap { config throws(OutputError) in
            try VdevTable(config.lines)?.root
        }
        let damaged = labels.sections.first { $0.label == "errors" }
        errorSummary = damaged.map { String(decoding: trimmed($0.lines[0]), as: UTF8.self) }
        errors = try Self.paths(damaged?.lines.dropFirst() ?? [])
        text = String(decoding: output, as: UTF8.self)
    }

    /// Each path stands eight spaces in; another line is the rest of a path that has a newline.
    private static func paths(_ lines: ArraySlice<ArraySlice<UInt8>>) throws(OutputError) -> [String] {
        var paths: [[UInt8]] = []
        let indent = [UInt8](repeating: 0x20, count: 8)
        for line in lines {
            if line.starts(with: indent) {
                paths.append(Array(line.dropFirst(8)))
            } else if let last = paths.indices.last {
                paths[last] += [0x0A] + line
            } else if !line.isEmpty {
                throw OutputError(expected: "the path of a damaged file", line: line)
            }
        }
        // The newline that ends the output is no part of the last path.
        if let last = paths.indices.last, paths[last].last == 0x0A { paths[last].removeLast() }
        return paths.map { String(decoding: $0, as: UTF8.self) }
    }
}
