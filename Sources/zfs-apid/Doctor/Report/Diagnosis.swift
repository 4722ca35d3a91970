import ArgumentParser

/// Everything that the doctor found out.
struct Diagnosis: Sendable, Hashable {
    /// In the order in which it is read.
    var findings: [Finding]
    /// Whether the daemon would take its configuration.
    var isConfigured = true

    func count(_ status: Finding.Status) -> Int {
        findings.count { $0.status == status }
    }

    /// As other commands end: 78 for a configuration that the daemon would refuse, 1 for any other problem.
    var exitCode: ExitCode {
        guard isConfigured else { return .configuration }
        return count(.problem) == 0 ? .success : .failure
    }
}
