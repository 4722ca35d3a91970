/// A check that cannot even begin, for a reason that is known already.
struct KnownFault: DoctorCheck {
    let finding: Finding

    var name: String { finding.check }

    func findings() async -> [Finding] {
        [finding]
    }
}
