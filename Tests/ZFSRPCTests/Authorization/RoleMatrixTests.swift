import AsyncZFSExecutor
import Testing
import ZFSCommandBuilder
import ZFSReplication

@testable import ZFSRPC

/// Every method of the catalogue by every kind of caller; the samples name `tank/home/anna`.
@Suite struct RoleMatrixTests {
    enum Kind: String, CaseIterable, Sendable {
        case none, expired, away, viewer, `operator`, admin
        case adminElsewhere, adminHere, viewerHere, adminOfPool, adminOfNothing

        func caller() throws -> Caller {
            switch self {
            case .none, .expired, .away: Service.nobody
            case .viewer: try .user(.viewer)
            case .operator: try .user(.operator)
            case .admin: try .user(.admin)
            case .adminElsewhere: try .user(.admin, limitedTo: ["tank/home/ann", "tank/other", "dozer"])
            case .adminHere: try .user(.admin, limitedTo: ["tank/other", "tank/home"])
            case .viewerHere: try .user(.viewer, limitedTo: ["tank/home"])
            case .adminOfPool: try .user(.admin, limitedTo: ["tank"])
            case .adminOfNothing: try .user(.admin, limitedTo: [])
            }
        }

        /// What old clients put among the parameters.
        var token: String? {
            switch self {
            case .expired: "expired"
            case .away: "away"
            default: nil
            }
        }

        var role: Role? {
            switch self {
            case .none, .expired, .away: nil
            case .viewer, .viewerHere: .viewer
            case .operator: .operator
            case .admin, .adminElsewhere, .adminHere, .adminOfPool, .adminOfNothing: .admin
            }
        }

        /// The scopes that are open.
        var scopes: Set<Method.Scope> {
            switch self {
            case .none, .expired, .away, .adminElsewhere, .adminOfNothing: [.open]
            case .viewer, .operator, .admin: [.open, .datasets, .pool, .everything]
            case .adminHere, .viewerHere: [.open, .datasets]
            case .adminOfPool: [.open, .datasets, .pool]
            }
        }
    }

    /// The refusal that is due, or nil.
    private func refusal(of method: Method, by kind: Kind) -> String? {
        guard let needed = method.role else { return nil }
        guard let role = kind.role else {
            switch kind {
            case .expired: return "-32041 token_expired"
            case .away: return "-32052 store_unavailable"
            default: return "-32040 authentication_required"
            }
        }
        if role < needed { return "-32042 not_allowed" }
        if kind.scopes.contains(method.scope) { return nil }
        return method.scope == .everything ? "-32042 not_allowed" : "-32042 outside_subtrees"
    }

    private static let status: [String: Int] = ["-32040": 401, "-32041": 401, "-32042": 403, "-32052": 503]

    /// Methods that act on files, here in a folder that is not there.
    private static let files: Set<String> = ["send_to_file", "receive_from_file"]
    /// Methods that act through the replicator alone.
    private static let replicated: Set<String> = ["send_estimate", "receive_abort"]

    private static func filesService() throws -> Service {
        let runner = try Executor()
        let digest = StreamDigest(add: { _ in }, finish: { [] })
        return Service(files: FileRoots([try AbsolutePath("/srv/backup")], runner: runner) { digest })
    }

    @Test(arguments: Kind.allCases)
    func `a method runs for those who may call it, and nothing runs for others`(kind: Kind) async throws {
        let service = try Self.filesService()
        for method in Method.all {
            let name = method.name
            let (before, seen) = (service.acts, service.observer.entries.count)
            let answer = try await service.call(name, parameters(of: method, by: kind), by: kind.caller())
            // A transfer to or from a file is told of on its own, between the notice of its method and the outcome.
            let entries = service.observer.entries.dropFirst(seen).filter {
                !($0.call.method ?? "").hasPrefix("transfer_")
            }
            if let due = refusal(of: method, by: kind) {
                #expect(answer.value.failure == due, "\(name)")
                #expect(answer.body.status == Self.status[String(due.prefix(6))], "\(name)")
                #expect(service.acts == before, "\(name)")
                #expect(entries.count == 1 && entries.allSatisfy { $0.isOutcome && $0.error != nil }, "\(name)")
            } else {
                let code = answer.value["error"]?["code"]
                // A login with a wrong password is refused too, by the authority.
                if name != "auth_login" { #expect(![-32040, -32041, -32042].contains(code), "\(name)") }
                let hasOtherActs = name == "rpc.discover" || Self.files.contains(name) || Self.replicated.contains(name)
                #expect(service.acts > before || hasOtherActs, "\(name)")
                let isAnnounced = method.isWrite && kind.role != nil
                #expect(entries.map(\.isOutcome) == (isAnnounced ? [false, true] : [true]), "\(name)")
            }
            #expect(entries.allSatisfy { $0.call.method == name }, "\(name)")
        }
    }

    private func parameters(of method: Method, by kind: Kind) -> JSONValue {
        guard let token = kind.token, case .object(let members) = method.sampleParameters else {
            return method.sampleParameters
        }
        return .object(members + [JSONMember("token", .string(token))])
    }

    @Test(arguments: Kind.allCases)
    func `the members of a batch are checked one by one`(kind: Kind) async throws {
        let methods = Method.catalogue.prefix(90).filter { $0.role != nil }
        let service = try Self.filesService()
        let members = methods.map { method -> JSONValue in
            .object([
                "jsonrpc": "2.0", "id": .string(method.name), "method": .string(method.name),
                "params": parameters(of: method, by: kind),
            ])
        }
        let body = String(decoding: JSONValue.array(members).encoded, as: UTF8.self)
        let answers = try #require(try await service.ask(body, by: kind.caller()))
        #expect(answers.value.elements.count == methods.count)
        for (answer, method) in zip(answers.value.elements, methods) {
            #expect(answer["id"] == .string(method.name))
            if let due = refusal(of: method, by: kind) {
                #expect(answer.failure == due)
            } else {
                #expect(![-32040, -32041, -32042].contains(answer["error"]?["code"]))
            }
        }
        #expect(answers.body.status == (kind == .none || kind == .expired ? 401 : 200))
        if kind.role == nil { #expect(service.runner.commands.isEmpty) }
    }

    /// What the documents promise, told a second time, so that a role does not change by oversight.
    static let roles: [Role: Set<String>] = [
        .viewer: [
            "dataset_list", "dataset_get_properties", "dataset_get_space", "snapshot_list", "snapshot_diff",
            "snapshot_holds_list", "bookmark_list", "volume_list", "pool_list", "pool_get_properties", "pool_status",
            "pool_history", "pool_iostat", "pool_events", "system_info", "auth_logout", "rpc.discover",
            "stream_list", "stream_cancel", "token_list", "token_revoke", "token_stats", "send_estimate",
            "migration_list", "migration_get", "migration_progress", "task_events",
        ],
        .operator: [
            "snapshot_create", "snapshot_create_auto", "snapshot_destroy", "snapshot_rename", "snapshot_hold",
            "snapshot_release", "bookmark_create", "bookmark_destroy", "pool_scrub_start", "pool_scrub_stop",
            "pool_scrub_pause", "pool_trim_start", "pool_trim_stop", "stream_init", "token_create_send",
            "send_to_file",
        ],
        .admin: [
            "dataset_create", "dataset_destroy", "dataset_rename", "dataset_promote", "dataset_set_property",
            "dataset_inherit_property", "dataset_mount", "dataset_unmount", "dataset_load_key", "dataset_unload_key",
            "dataset_change_key", "snapshot_rollback", "clone_create", "volume_create", "volume_resize",
            "pool_set_property", "auth_revoke", "token_create_receive", "receive_from_file",
            "receive_abort", "migration_create", "migration_plan", "migration_cancel", "migration_update",
            "sync_list", "sync_prune",
        ],
    ]

    static let open: Set<String> = [
        "system_info", "rpc.discover", "auth_login", "auth_logout", "stream_list", "stream_cancel", "token_list",
        "token_revoke", "token_stats", "migration_list", "migration_get", "migration_progress", "task_events",
    ]
    static let everything: Set<String> = [
        "volume_list", "pool_list", "pool_set_property", "dataset_promote", "auth_revoke",
        "send_to_file", "receive_from_file", "migration_create", "migration_plan", "migration_cancel",
        "migration_update", "sync_list", "sync_prune",
    ]

    @Test func `roles and reach are those that the documents promise`() {
        for (role, names) in Self.roles {
            #expect(Set(Method.all.filter { $0.role == role }.map(\.name)) == names)
        }
        #expect(Method.all.filter { $0.role == nil }.map(\.name) == ["auth_login"])
        #expect(Set(Method.all.filter { $0.scope == .open }.map(\.name)) == Self.open)
        #expect(Set(Method.all.filter { $0.scope == .everything }.map(\.name)) == Self.everything)
        #expect(Method.all.filter { $0.scope == .pool }.allSatisfy { $0.name.hasPrefix("pool_") })
        let changing = Method.all.filter(\.isWrite).map(\.name)
        let above = Method.all.filter { $0.role.map { $0 > .viewer } ?? true }.map(\.name).filter {
            $0 != "migration_plan" && $0 != "sync_list"
        }
        #expect(Set(changing) == Set(above).union(["auth_logout", "stream_cancel", "token_revoke"]))
    }
}
