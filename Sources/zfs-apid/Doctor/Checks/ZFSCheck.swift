import AsyncZFSExecutor
import Glibc
import ZFSCommandBuilder

/// Whether OpenZFS is there and answers.
struct ZFSCheck: DoctorCheck {
    private static let device = "/dev/zfs"
    private static let deadline = Duration.seconds(5)

    /// What was seen.
    struct Facts {
        /// The device; nil when it is missing.
        var device: FileFacts?
        var version: Result<VersionReport, any Error>
        /// Names and states of health.
        var pools: Result<[[String]], any Error>
    }

    let name = "zfs"
    let runner: any CommandRunner

    func findings() async -> [Finding] {
        async let version = answer(to: ZFS.Version())
        async let pools = listPools()
        return judge(
            Facts(device: try? FileFacts(Self.device), version: await version, pools: await pools))
    }

    private func listPools() async -> Result<[[String]], any Error> {
        do {
            return await answer(to: ZPool.List(columns: [.name, try PropertyName("health")]))
        } catch {
            return .failure(error)
        }
    }

    private func answer<C: ReportingCommand>(to command: C) async -> Result<C.Output, any Error> {
        var invocation = Invocation(command)
        invocation.deadline = Self.deadline
        do {
            return .success(try await runner.run(command, as: invocation))
        } catch {
            return .failure(error)
        }
    }

    /// What the facts mean.
    func judge(_ facts: Facts) -> [Finding] {
        for result in [facts.version.map { _ in () }, facts.pools.map { _ in () }] {
            guard case .failure(ExecutionError.programNotFound(let program, let searched)) = result else { continue }
            return [
                .problem(
                    name, "\(program) is in none of \(searched.joined(separator: ":"))",
                    "apt-get install zfsutils-linux, or set zfs.path")
            ]
        }
        guard let device = facts.device else {
            return [
                .problem(
                    name, "there is no \(Self.device), so the module of OpenZFS is not loaded",
                    "modprobe zfs, then restart the service")
            ]
        }
        guard device.isReadable, device.isWritable else {
            return [
                .problem(
                    name, "\(Self.device) has mode \(device.modeText), and this user may not use it",
                    "chmod 0666 \(Self.device); what a user may do is up to zfs allow")
            ]
        }
        var findings = judge(version: facts.version) + judge(pools: facts.pools)
        if findings.isEmpty, case .success(let report) = facts.version, case .success(let pools) = facts.pools {
            let names = pools.compactMap(\.first).joined(separator: ", ")
            findings.append(.ok(name, "OpenZFS \(report.userland) answers; healthy pools: \(names)"))
        }
        return findings
    }

    private func judge(version: Result<VersionReport, any Error>) -> [Finding] {
        switch version {
        case .success(let report): OpenZFSRelease.fault(report, check: name, place: "").map { [$0] } ?? []
        case .failure(let error):
            [.problem(name, "zfs version failed: \(SystemText.reason(error))", "run it yourself, and look at dmesg")]
        }
    }

    private func judge(pools: Result<[[String]], any Error>) -> [Finding] {
        switch pools {
        case .success(let pools) where pools.isEmpty:
            [.warning(name, "no pool is imported", "zpool import shows those that could be")]
        case .success(let pools):
            pools.filter { $0.last != "ONLINE" }.map { pool in
                let message = "the pool \(pool.first ?? "") is \(pool.last ?? "")"
                let remedy = "zpool status \(pool.first ?? "")"
                return pool.last == "DEGRADED" ? .warning(name, message, remedy) : .problem(name, message, remedy)
            }
        case .failure(let error):
            [.problem(name, "zpool list failed: \(SystemText.reason(error))", "look at zpool status and dmesg")]
        }
    }
}
