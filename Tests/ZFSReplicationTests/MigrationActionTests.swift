import Testing
import ZFSCommandBuilder

@testable import ZFSReplication

@Suite struct MigrationActionTests {
    /// A dataset by its snapshots as name and GUID, oldest first; a mark with `#` is a bookmark.
    private static func history(_ name: String, _ points: [(String, UInt64)], part: String? = nil) throws
        -> DatasetHistory
    {
        var history = DatasetHistory(dataset: try DatasetName(name))
        for (index, (text, guid)) in points.enumerated() {
            let isBookmark = text.hasPrefix("#")
            let point = DatasetHistory.Point(
                name: try ComponentName(isBookmark ? String(text.dropFirst()) : text), guid: guid,
                createtxg: UInt64(index + 1))
            if isBookmark { history.bookmarks.append(point) } else { history.snapshots.append(point) }
        }
        history.resumeToken = try part.map { try ResumeToken($0) }
        return history
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var source: [(String, UInt64)] = [("a", 1), ("b", 2), ("c", 3)]
        var destination: [(String, UInt64)]?
        var part: String?
        let action: MigrationAction
    }

    private static let token = "1-ab-cd-ef01"

    static let cases: [Case] = {
        func snapshot(_ name: String) -> MigrationAction {
            (try? SnapshotName(name)).map { .incremental(from: .snapshot($0)) } ?? .full
        }
        func bookmark(_ name: String) -> MigrationAction {
            (try? BookmarkName(name)).map { .incremental(from: .bookmark($0)) } ?? .full
        }
        return [
            Case(testDescription: "nothing there", action: .full),
            Case(testDescription: "all there", destination: [("a", 1), ("c", 3)], action: .upToDate),
            Case(testDescription: "there under another name", destination: [("x", 3), ("y", 9)], action: .upToDate),
            Case(
                testDescription: "the newest in common", destination: [("a", 1), ("b", 2)], action: snapshot("s/d@b")),
            Case(testDescription: "in common under another name", destination: [("z", 1)], action: snapshot("s/d@a")),
            Case(
                testDescription: "a bookmark in common", source: [("#m", 7), ("b", 2), ("c", 3)],
                destination: [("old", 7)], action: bookmark("s/d#m")),
            Case(
                testDescription: "a snapshot goes before its bookmark", source: [("#m", 1), ("a", 1), ("c", 3)],
                destination: [("a", 1)], action: snapshot("s/d@a")),
            Case(
                testDescription: "a part", destination: [("a", 1)], part: token,
                action: (try? ResumeToken(token)).map { .resume($0) } ?? .full),
            Case(testDescription: "a part that was finished", destination: [("c", 3)], part: token, action: .upToDate),
        ]
    }()

    @Test(arguments: cases)
    func `GUIDs decide what is to be done`(row: Case) throws {
        let source = try Self.history("s/d", row.source)
        let destination = try row.destination.map { try Self.history("t/d", $0, part: row.part) }
        let ranges = try source.ranges(upTo: ComponentName("c"), to: destination, part: 3)
        #expect(ranges.map(\.action) == [row.action])
        #expect(ranges.map(\.last.guid) == [3])
    }

    @Test func `what would do harm is refused`() throws {
        let source = try Self.history("s/d", [("a", 1), ("b", 2), ("c", 3)])
        func obstacle(
            _ snapshot: String, _ destination: [(String, UInt64)]?, part: UInt64? = nil
        ) throws -> MigrationObstacle? {
            do {
                _ = try source.ranges(
                    upTo: ComponentName(snapshot),
                    to: destination.map { try Self.history("t/d", $0, part: part == nil ? nil : Self.token) },
                    part: part)
            } catch let error as MigrationObstacle {
                return error
            }
            return nil
        }
        let (there, common) = (try DatasetName("t/d"), try SnapshotName("t/d@a"))
        #expect(try obstacle("none", nil) == .snapshotNotFound(SnapshotName("s/d@none")))
        #expect(
            try obstacle("c", [("a", 1), ("x", 8), ("y", 9)])
                == .diverged(there, common: common, newer: [SnapshotName("t/d@x"), SnapshotName("t/d@y")]))
        // A name in common proves nothing.
        #expect(try obstacle("c", [("a", 9)]) == .noCommonSnapshot(there, newest: SnapshotName("t/d@a")))
        #expect(try obstacle("a", [("b", 2)]) == .newerThere(SnapshotName("t/d@b")))
        #expect(try obstacle("c", []) == .destinationExists(there))
        // A part of what the source does not have, or of what is newer than what was asked for.
        #expect(try obstacle("c", [], part: 7) == .foreignPart(there, guid: 7))
        #expect(try obstacle("b", [], part: 3) == .foreignPart(there, guid: 3))
    }

    @Test func `a part of an older snapshot is finished first`() throws {
        let source = try Self.history("s/d", [("a", 1), ("b", 2), ("c", 3), ("d", 4)])
        let there = try Self.history("t/d", [("a", 1)], part: Self.token)
        let token = try ResumeToken(Self.token), origin = SendRequest.Origin.snapshot(try SnapshotName("s/d@b"))
        for (withIntermediates, snapshots) in [(false, 1), (true, 2)] {
            let ranges = try source.ranges(
                upTo: ComponentName("d"), to: there, part: 2, withIntermediates: withIntermediates)
            #expect(ranges.map(\.action) == [.resume(token), .incremental(from: origin)])
            #expect(ranges.map(\.last.guid) == [2, 4])
            #expect(ranges.map(\.snapshots) == [1, snapshots])
        }
    }

    @Test(
        arguments: [
            // All there is, from the oldest on.
            ([], ["a": 1, "c": 2]),
            ([("a", 1)], ["c": 2]),
            ([("b", 2)], ["c": 1]),
            // From a bookmark only one snapshot goes.
            ([("old", 7)], ["a": 1, "c": 2]),
        ] as [([(String, UInt64)], [String: Int])])
    func `snapshots in between go in one stream`(there: [(String, UInt64)], wanted: [String: Int]) throws {
        let source = try Self.history("s/d", [("#m", 7), ("a", 1), ("b", 2), ("c", 3), ("d", 4)])
        let ranges = try source.ranges(
            upTo: ComponentName("c"), to: there.isEmpty ? nil : Self.history("t/d", there), withIntermediates: true)
        #expect(ranges.map(\.last.name.text) == wanted.keys.sorted())
        for range in ranges { #expect(range.snapshots == wanted[range.last.name.text]) }
    }

    @Test(arguments: [
        ("sync_2026-11-28-20-07-01_nas", "nas"), ("sync_2026-11-28-20-07-01_fe80::1", "fe80::1"),
        ("sync_2026-11-28-20-07-01", nil), ("sync_2026-11-28_nas", nil), ("keep", nil),
        ("sync_xxxx-11-28-20-07-01_nas", nil),
        ("zfs-auto_2026-11-28-20-07-01_nas", nil),
    ])
    func `marks of ours are told from those of others`(text: String, peer: Substring?) {
        #expect(SyncPoint(text)?.peer == peer)
    }
}
