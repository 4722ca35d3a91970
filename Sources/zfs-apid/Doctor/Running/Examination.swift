/// All checks of the doctor, at the same time.
enum Examination {
    /// How long all of it may take; the checks themselves wait less for what may not answer.
    static let limit = Duration.seconds(10)

    /// The findings in the order of the checks; a check that does not end in time is a problem.
    static func findings(of checks: [any DoctorCheck], within limit: Duration = limit) async -> [Finding] {
        let results = await Gathering.results(
            of: checks.map { check in { await check.findings() } }, within: limit)
        return zip(checks, results).flatMap { check, findings in
            findings ?? [
                .problem(
                    check.name, "did not end within \(limit.components.seconds) s",
                    "look for a disk, a file system or a host that hangs: dmesg")
            ]
        }
    }
}
