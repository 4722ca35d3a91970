import AsyncZFSExecutor
import ZFSCommandBuilder
import ZFSRPC

/// What a user without root's rights may do, by `zfs allow`.
struct DelegationCheck: DoctorCheck {
    /// What somebody shall be able to do by the daemon.
    struct Need: Hashable {
        let dataset: DatasetName
        let role: Role
    }

    private static let deadline = Duration.seconds(5)
    /// More would take too long, and nobody would read it.
    private static let most = 32

    let name = "delegation"
    let runner: any CommandRunner
    let account: Account
    /// Those of the configuration; without one the roots of the pools are looked at.
    let needs: [Need]

    func findings() async -> [Finding] {
        do {
            let needs = needs.isEmpty ? try await ofPools() : needs
            var findings: [Finding] = []
            for need in needs.prefix(Self.most) {
                let text = try await answer(to: ZFS.ListPermissions(need.dataset))
                findings.append(judge(text, need, isConfigured: !self.needs.isEmpty))
            }
            let faults = findings.filter { $0.status != .ok }
            return faults.isEmpty ? findings : faults
        } catch ExecutionError.programNotFound {
            // The check of ZFS tells of it.
            return []
        } catch {
            return [
                .warning(name, "zfs allow cannot be asked: \(SystemText.reason(error))", "see what is said about zfs")
            ]
        }
    }

    /// What the text of `zfs allow` means for a need.
    /// - Parameter isConfigured: Whether somebody of the configuration has this role there.
    func judge(_ text: String, _ need: Need, isConfigured: Bool) -> Finding {
        func missing(_ role: Role) -> [String] {
            CheckPermissions.missing(in: text, role: role, account: account, dataset: need.dataset.text)
        }
        let lacking = missing(need.role)
        let place = "on \(need.dataset.text) and below"
        guard !lacking.isEmpty else {
            return .ok(name, "\(account.name) may do what \(Self.named(need.role)) needs \(place)")
        }
        let remedy = Delegation.command(granting: lacking, to: account.name, on: need.dataset.text)
        guard !isConfigured else {
            let message = "\(account.name) may not do what \(Self.named(need.role)) of the configuration needs \(place)"
            return .problem(name, message, "as root: \(remedy)")
        }
        // Without an order of the configuration nobody knows what is wanted.
        if missing(.operator).isEmpty {
            return .ok(name, "\(account.name) may do what an operator needs \(place), but not all that an admin needs")
        }
        return .warning(
            name, "\(account.name) may not do what an operator needs \(place)",
            "as root: zfs-apid check-permissions --role operator --user \(account.name) \(need.dataset.text), "
                + "or on the datasets that it is for")
    }

    private static func named(_ role: Role) -> String {
        role == .viewer ? "a viewer" : "an \(role.rawValue)"
    }

    private func ofPools() async throws -> [Need] {
        try await answer(to: ZPool.List(columns: [.name])).compactMap(\.first).compactMap { pool in
            (try? DatasetName(pool)).map { Need(dataset: $0, role: .admin) }
        }
    }

    private func answer<C: ReportingCommand>(to command: C) async throws -> C.Output {
        var invocation = Invocation(command)
        invocation.deadline = Self.deadline
        return try await runner.run(command, as: invocation)
    }
}

extension DaemonConfiguration {
    /// What the users and peers of the configuration need, each dataset with each role once.
    var delegationNeeds: [DelegationCheck.Need] {
        let grants = auth.users.map { ($0.role, $0.datasets) } + auth.peers.map { ($0.role, $0.datasets) }
        var seen: Set<DelegationCheck.Need> = []
        return grants.flatMap { role, datasets in
            (datasets ?? []).map { DelegationCheck.Need(dataset: $0, role: role) }
        }.filter { seen.insert($0).inserted }
    }
}
