import AsyncZFSExecutor
import Glibc
import ZFSCommandBuilder
import ZFSRPC

/// Whether another host can be reached as migrations reach it, and has OpenZFS and the same time.
struct HostCheck: DoctorCheck {
    /// `ssh` itself waits longer.
    static let deadline = Duration.seconds(8)
    /// The leeway of tokens.
    private static let tolerance = 60

    let name = "ssh"
    let destination: SSHDestination
    let runner: any CommandRunner

    init(_ host: SSHHost, configuration: SSHConfiguration, runner: any CommandRunner) throws {
        // Shared connections are the daemon's alone: nothing of ours shall stay behind.
        destination = try configuration.settings(sharingIn: nil).destination(host)
        self.runner = runner
    }

    func findings() async -> [Finding] {
        async let version = version()
        async let difference = clockDifference()
        return judge(await version, await difference)
    }

    /// What the host's answers mean.
    func judge(_ version: Result<VersionReport, any Error>, _ difference: ClockDifference?) -> [Finding] {
        var findings: [Finding] = []
        switch version {
        case .failure(let error): findings.append(judge(error))
        case .success(let report):
            if let fault = OpenZFSRelease.fault(report, check: name, place: "\(destination.host.text): ") {
                findings.append(fault)
            }
        }
        if let difference, abs(difference.seconds) > Self.tolerance {
            findings.append(
                .warning(
                    name, "\(destination.host.text): \(difference.text)",
                    "let both hosts take their time from the network: chrony"))
        }
        guard findings.isEmpty, case .success(let report) = version else { return findings }
        let clock = difference.map { ", \($0.text)" } ?? ""
        return [.ok(name, "\(destination.host.text): login works, OpenZFS \(report.userland)\(clock)")]
    }

    private func judge(_ error: any Error) -> Finding {
        // ssh names itself or the host first, which is said already.
        var reason = SystemText.reason(error)[...]
        for start in ["ssh: ", "\(destination.host.text): "] where reason.hasPrefix(start) {
            reason.removeFirst(start.count)
        }
        return .problem(name, "\(destination.host.text): \(reason)", remedy(error))
    }

    private func remedy(_ error: any Error) -> String {
        if case ExecutionError.programNotFound = error { return "apt-get install openssh-client, or see zfs.path" }
        if case ExecutionError.timedOut = error {
            return "is \(host) on, and does its firewall let port \(port) through?"
        }
        guard let failure = (error as? CommandFailed)?.failure else { return "see section ssh of the configuration" }
        switch failure.reason {
        case .hostKeyRefused:
            let file = destination.knownHostsFile?.text ?? "~/.ssh/known_hosts"
            return "compare its key with that of ssh-keyscan -p \(port) \(host), and put it into \(file)"
        case .hostLoginRefused:
            let key = destination.identityFile.map { "\($0.text).pub" } ?? "the public key of this user"
            return "put \(key) into ~/.ssh/authorized_keys of \(destination.host.user ?? "the same user") there"
        case .zfsUnavailable: return "install OpenZFS there and load its module, in a folder of zfs.path"
        case .hostUnreachable: return "see its name, its port \(port) and its firewall"
        default: return "run zfs version there, and look at dmesg"
        }
    }

    private var host: String { destination.host.host }
    private var port: UInt16 { destination.port ?? 22 }

    private func version() async -> Result<VersionReport, any Error> {
        let command = ZFS.Version()
        do {
            return .success(try await runner.run(command, as: invocation(command)))
        } catch {
            return .failure(error)
        }
    }

    /// Asks for the time through a filter, which runs whatever becomes of `zfs`.
    private func clockDifference() async -> ClockDifference? {
        var invocation = invocation(ZFS.Version())
        invocation.outputFilters = [["date", "+%s"]]
        let start = time(nil)
        guard let completion = try? await runner.collect(invocation), completion.termination.isSuccess else {
            return nil
        }
        return ClockDifference(completion.output, between: start, and: time(nil))
    }

    private func invocation(_ command: ZFS.Version) -> Invocation {
        var invocation = Invocation(command, on: .ssh(destination))
        invocation.deadline = Self.deadline
        return invocation
    }
}
