import Foundation
import Testing

@testable import ZFSRPC

@Suite(.enabled(if: Lab.isInside, Lab.remedy)) struct SnapshotTests {
    private let server: RPCServer

    init() throws {
        server = try Lab.server()
    }

    @Test func `create, list in pages, rename and destroy`() async throws {
        let root = try Lab.dataset()
        let dataset: JSONValue = .string(root)
        try Lab.shell("zfs", "create", "\(root)/child")
        for name in ["one", "two", "three"] {
            try await server.result("snapshot_create", ["dataset": dataset, "name": .string(name), "recursive": true])
        }
        #expect(
            try await server.failure("snapshot_create", ["dataset": dataset, "name": "one"])
                == Failure(-32021, "snapshot_exists"))
        #expect(
            try await server.failure("snapshot_create", ["dataset": "tank/nosuch", "name": "one"])
                == Failure(-32002, "dataset_not_found"))
        let all = try await server.result("snapshot_list", ["dataset": dataset])
        #expect(all["snapshots"]?.strings == ["one", "two", "three"])
        var names: [String] = []
        var cursor: JSONValue = .null
        repeat {
            let page = try await server.result(
                "snapshot_list", ["dataset": dataset, "recursive": true, "limit": 2, "cursor": cursor])
            names += (page["entries"]?.elements ?? []).compactMap { $0["name"]?.text }
            cursor = page["next_cursor"] ?? .null
        } while cursor != .null
        #expect(
            names == ["one", "two", "three"].flatMap { ["\(root)/child@\($0)", "\(root)@\($0)"] })
        try await server.result("snapshot_rename", ["dataset": dataset, "snapshot": "two", "new_name": "2 too"])
        let rehearsal = try await server.result(
            "snapshot_destroy", ["dataset": dataset, "snapshot": "one", "recursive": true, "dry_run": true])
        #expect(rehearsal["destroyed_snapshots"]?.strings == ["\(root)@one", "\(root)/child@one"])
        #expect(rehearsal["destroyed"] == false)
        let destroyed = try await server.result(
            "snapshot_destroy", ["dataset": dataset, "snapshot": "one", "recursive": true])
        #expect(destroyed["destroyed"] == true)
        #expect(
            try await server.failure("snapshot_destroy", ["dataset": dataset, "snapshot": "one"])
                == Failure(-32003, "snapshot_not_found"))
        for name in ["a@b", "a,b", "a%b", "%", "x/y", "", "a\nb"] {
            #expect(
                try await server.failure("snapshot_destroy", ["dataset": dataset, "snapshot": .string(name)])
                    == Failure(-32001, "invalid_name"))
        }
        let left = try await server.result("snapshot_list", ["dataset": dataset])
        #expect(left["snapshots"]?.strings == ["2 too", "three"])
    }

    @Test func `automatic names, also twice within a minute`() async throws {
        let root = try Lab.dataset()
        let first = try await server.result("snapshot_create_auto", ["dataset": .string(root), "tag": "auto"])
        let second = try await server.result("snapshot_create_auto", ["dataset": .string(root), "tag": "auto"])
        let names = [first["snapshot"]?.text ?? "", second["snapshot"]?.text ?? ""]
        #expect(names[0] != names[1])
        #expect(names.allSatisfy { $0.wholeMatch(of: /auto_\d{4}(-\d\d){4,5}/) != nil })
    }

    @Test func `holds keep a snapshot`() async throws {
        let root = try Lab.dataset()
        let snapshot: KeyValuePairs<String, JSONValue> = ["dataset": .string(root), "snapshot": "a"]
        try Lab.shell("zfs", "snapshot", "\(root)@a")
        let hold: KeyValuePairs<String, JSONValue> = ["dataset": .string(root), "snapshot": "a", "tag": "keep"]
        try await server.result("snapshot_hold", hold)
        #expect(try await server.failure("snapshot_hold", hold) == Failure(-32030, "tag_exists"))
        #expect(try await server.failure("snapshot_destroy", snapshot) == Failure(-32030, "held"))
        let holds = try await server.result("snapshot_holds_list", snapshot)
        #expect(holds["holds"]?.strings == ["keep"])
        let deferred = try await server.result(
            "snapshot_destroy", ["dataset": .string(root), "snapshot": "a", "defer": true])
        #expect(deferred["destroyed"] == false)
        #expect(deferred["deferred_snapshots"]?.strings == ["\(root)@a"])
        try await server.result("snapshot_release", hold)
        #expect(try await server.failure("snapshot_release", hold) == Failure(-32003, "snapshot_not_found"))
        #expect(try await server.failure("snapshot_holds_list", snapshot) == Failure(-32003, "snapshot_not_found"))
    }

    @Test func `a hold tag that forges a row is never shown`() async throws {
        let root = try Lab.dataset()
        try Lab.shell("zfs", "snapshot", "\(root)@a")
        try Lab.shell("zfs", "hold", "real\tx\n\(root)@a\tforged", "\(root)@a")
        #expect(
            try await server.failure("snapshot_holds_list", ["dataset": .string(root), "snapshot": "a"])
                == Failure(-32030, "ambiguous_output"))
    }

    @Test func `rollback destroys only what is allowed`() async throws {
        let root = try Lab.dataset()
        let dataset: JSONValue = .string(root)
        for name in ["a", "b", "c"] {
            try "\(name)".write(toFile: "/\(root)/file", atomically: false, encoding: .utf8)
            try Lab.shell("zfs", "snapshot", "\(root)@\(name)")
        }
        try Lab.shell("zfs", "bookmark", "\(root)@c", "\(root)#mark")
        #expect(
            try await server.failure("snapshot_rollback", ["dataset": dataset, "snapshot": "a"])
                == Failure(-32051, "newer_snapshots"))
        #expect(try await server.result("snapshot_list", ["dataset": dataset])["snapshots"]?.strings.count == 3)
        let done = try await server.result(
            "snapshot_rollback", ["dataset": dataset, "snapshot": "b", "destroy_newer": true])
        #expect(Set(done["destroyed"]?.strings ?? []) == ["\(root)@c", "\(root)#mark"])
        #expect(try String(contentsOfFile: "/\(root)/file", encoding: .utf8) == "b")
        #expect(
            try await server.failure("snapshot_rollback", ["dataset": dataset, "snapshot": "c"])
                == Failure(-32003, "snapshot_not_found"))
        try Lab.shell("zfs", "snapshot", "\(root)@d")
        try Lab.shell("zfs", "clone", "\(root)@d", "\(root)-clone")
        #expect(
            try await server.failure("snapshot_rollback", ["dataset": dataset, "snapshot": "b", "destroy_newer": true])
                == Failure(-32005, "has_clones"))
    }

    @Test func `diff tells what changed, whatever the file names`() async throws {
        let root = try Lab.dataset()
        let names = ["kept", "gone", "old name", "changed"]
        for name in names { try name.write(toFile: "/\(root)/\(name)", atomically: false, encoding: .utf8) }
        try Lab.shell("zfs", "snapshot", "\(root)@a")
        try Lab.shell("rm", "/\(root)/gone")
        try Lab.shell("mv", "/\(root)/old name", "/\(root)/new\nname")
        try Lab.shell("mkdir", "/\(root)/dir é")
        try Lab.shell(
            "bash", "-c",
            "echo more >>'/\(root)/changed'; ln -s x '/\(root)/link'; mkfifo '/\(root)/pipe'; touch $'/\(root)/\\xff'")
        try Lab.shell("zfs", "snapshot", "\(root)@b")
        let diff = try await server.result(
            "snapshot_diff", ["snapshot1": .string("\(root)@a"), "snapshot2": .string("\(root)@b")])
        let changes = try #require(diff["changes"])
        let new = (changes["new"]?.elements ?? []).map { "\($0["type"]?.text ?? "") \($0["path"]?.text ?? "")" }
        #expect(
            Set(new) == ["D /\(root)/dir é", "L /\(root)/link", "P /\(root)/pipe", "F /\(root)/\u{FFFD}"])
        #expect(changes["new"]?.elements.compactMap { $0["path_escaped"]?.text } == ["/\(root)/\\0377"])
        #expect(changes["deleted"]?[0]?["path"]?.text == "/\(root)/gone")
        #expect(changes["renamed"]?[0]?["old_path"]?.text == "/\(root)/old name")
        #expect(changes["renamed"]?[0]?["new_path"]?.text == "/\(root)/new\nname")
        #expect(diff["summary"]?["renamed_count"] == 1)
        let current = try await server.result("snapshot_diff", ["snapshot1": .string("\(root)@a"), "limit": 1])
        #expect(current["snapshot2"] == "current")
        #expect(current["truncated"] == true)
        #expect(
            try await server.failure(
                "snapshot_diff", ["snapshot1": .string("\(root)@b"), "snapshot2": .string("\(root)@a")]
            ).code == -32035)
        #expect(
            try await server.failure("snapshot_diff", ["snapshot1": .string("\(root)@nosuch")]).code == -32003)
        try await server.result("dataset_unmount", ["dataset": .string(root)])
        #expect(
            try await server.failure("snapshot_diff", ["snapshot1": .string("\(root)@a")])
                == Failure(-32035, "not_mounted"))
    }

    @Test func `clones, promotion and what depends on them`() async throws {
        let root = try Lab.dataset()
        try Lab.shell("zfs", "snapshot", "\(root)@a")
        let clone = "\(root)-clone"
        try await server.result("clone_create", ["source": .string("\(root)@a"), "target": .string(clone)])
        #expect(
            try await server.failure("clone_create", ["source": .string("\(root)@a"), "target": .string(clone)])
                == Failure(-32005, "already_exists"))
        #expect(
            try await server.failure("clone_create", ["source": .string("\(root)@x"), "target": .string(clone)])
                == Failure(-32003, "snapshot_not_found"))
        #expect(
            try await server.failure("snapshot_destroy", ["dataset": .string(root), "snapshot": "a"])
                == Failure(-32005, "has_clones"))
        #expect(
            try await server.failure("dataset_destroy", ["dataset": .string(root), "recursive": true])
                == Failure(-32005, "has_clones"))
        try await server.result("dataset_promote", ["dataset": .string(clone)])
        #expect(
            try await server.failure("dataset_promote", ["dataset": .string(clone)]) == Failure(-32001, "not_a_clone"))
        try await server.result("dataset_destroy", ["dataset": .string(root)])
        let rest = try await server.result("dataset_destroy", ["dataset": .string(clone), "recursive": true])
        #expect(rest["destroyed"] == true)
    }

    @Test func `dependents are destroyed only when asked for`() async throws {
        let root = try Lab.dataset()
        try Lab.shell("zfs", "create", "\(root)/origin")
        try Lab.shell("zfs", "snapshot", "\(root)/origin@a")
        try Lab.shell("zfs", "clone", "\(root)/origin@a", "\(root)-dependent")
        let destroyed = try await server.result(
            "dataset_destroy", ["dataset": .string("\(root)/origin"), "dependents": true])
        #expect(
            Set(destroyed["destroyed_datasets"]?.strings ?? [])
                == ["\(root)/origin", "\(root)/origin@a", "\(root)-dependent"])
    }

    @Test func `bookmarks`() async throws {
        let root = try Lab.dataset()
        try Lab.shell("zfs", "snapshot", "\(root)@a")
        let mark = "\(root)#mark"
        try await server.result("bookmark_create", ["snapshot": .string("\(root)@a"), "bookmark": .string(mark)])
        #expect(
            try await server.failure("bookmark_create", ["snapshot": .string("\(root)@a"), "bookmark": .string(mark)])
                == Failure(-32005, "bookmark_exists"))
        #expect(
            try await server.failure(
                "bookmark_create", ["snapshot": .string("\(root)@x"), "bookmark": .string("\(root)#x")])
                == Failure(-32003, "snapshot_not_found"))
        let list = try await server.result("bookmark_list", ["dataset": .string(root)])
        #expect(list["bookmarks"]?.strings == [mark])
        let guid = try Lab.shell("zfs", "get", "-Hpo", "value", "guid", "\(root)@a")
        #expect(list["entries"]?[0]?["guid"]?.text == guid.trimmingCharacters(in: .newlines))
        #expect(
            try await server.failure("bookmark_destroy", ["bookmark": .string(root)]) == Failure(-32001, "invalid_name")
        )
        try await server.result("bookmark_destroy", ["bookmark": .string(mark)])
        #expect(
            try await server.failure("bookmark_destroy", ["bookmark": .string(mark)])
                == Failure(-32002, "bookmark_not_found"))
    }
}

extension JSONValue {
    fileprivate var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}
