internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let snapshotHold = Method(
        "snapshot_hold", "Puts a hold on a snapshot, so that it can not be destroyed.", .operator,
        failureCode: .holdFailed,
        .required("dataset", .dataset, "The file system or volume."),
        .required("snapshot", .component, "The short name."),
        .required("tag", .holdTag, "The tag of the hold."),
        .flag("recursive", "Also on the snapshots of that name of everything below."),
        result: .object(["dataset": .string(), "snapshot": .string(), "hold": .string("tag")])
    ) { call, dataset, snapshot, tag, recursive in
        try await call.runner.run(ZFS.Hold([SnapshotName(dataset, snapshot)], tag: tag, recursive: recursive))
        return .object([
            "dataset": .string(dataset.text), "snapshot": .string(snapshot.text), "hold": .string(tag.text),
        ])
    }

    static let snapshotRelease = Method(
        "snapshot_release", "Removes a hold from a snapshot.", .operator, failureCode: .holdFailed,
        .required("dataset", .dataset, "The file system or volume."),
        .required("snapshot", .component, "The short name."),
        .required("tag", .holdTag, "The tag of the hold."),
        .flag("recursive", "Also from the snapshots of that name of everything below."),
        result: .object(["dataset": .string(), "snapshot": .string(), "released": .string("tag")])
    ) { call, dataset, snapshot, tag, recursive in
        try await call.runner.run(ZFS.Release([SnapshotName(dataset, snapshot)], tag: tag, recursive: recursive))
        return .object([
            "dataset": .string(dataset.text), "snapshot": .string(snapshot.text), "released": .string(tag.text),
        ])
    }

    static let snapshotHoldsList = Method(
        "snapshot_holds_list", "Lists the holds on a snapshot.", .viewer, failureCode: .holdFailed,
        .required("dataset", .dataset, "The file system or volume."),
        .required("snapshot", .component, "The short name."),
        .flag("recursive", "Also on the snapshots of that name of everything below."),
        result: .object([
            "dataset": .string(), "snapshot": .string(), "holds": .array(.string("tag")),
            "entries": .array(
                .object([
                    "snapshot": .string("full name"), "tag": .string(),
                    "created": .string("RFC 3339, to the minute"),
                ])),
        ])
    ) { call, dataset, snapshot, recursive in
        let name = try SnapshotName(dataset, snapshot)
        let holds = try await call.runner.run(ZFS.Holds([name], recursive: recursive))
        try await call.checkHolds(holds, of: name, recursive: recursive)
        return .object([
            "dataset": .string(dataset.text), "snapshot": .string(snapshot.text),
            "holds": .strings(holds.map(\.tag)),
            "entries": .array(
                holds.map {
                    .object([
                        "snapshot": .string($0.snapshot), "tag": .string($0.tag), "created": .printedTime($0.timestamp),
                    ])
                }),
        ])
    }
}

extension Call {
    /// Compares the holds that were read with their number, `userrefs`.
    ///
    /// `zfs hold` takes any bytes for a tag, and `zfs holds` prints them raw: a tag with a newline could forge a row.
    fileprivate func checkHolds(_ holds: [HoldEntry], of snapshot: SnapshotName, recursive: Bool) async throws {
        let expected = try await holdCounts(of: snapshot, recursive: recursive)
        var found: [String: UInt64] = [:]
        for hold in holds { found[hold.snapshot, default: 0] += 1 }
        if found != expected || holds.contains(where: { $0.tag.utf8.contains(0x09) }) {
            throw RPCError(
                .holdFailed, "ambiguous_output",
                "the holds of \(snapshot) can not be read safely: a tag has a tab or newline, or the holds just changed",
                isRetryable: true)
        }
    }

    /// How many holds a snapshot has, and those of its name on everything below; those without any are left out.
    func holdCounts(of snapshot: SnapshotName, recursive: Bool) async throws -> [String: UInt64] {
        let get = ZFS.Get(
            [recursive ? .dataset(snapshot.dataset) : .snapshot(snapshot)], properties: .named([.userrefs]),
            columns: [.name, .value], types: [.snapshot], recursive: recursive)
        var counts: [String: UInt64] = [:]
        for row in try await runner.run(get) where row[0].hasSuffix("@" + snapshot.component.text) {
            if let count = UInt64(row[1]), count > 0 { counts[row[0]] = count }
        }
        return counts
    }
}
