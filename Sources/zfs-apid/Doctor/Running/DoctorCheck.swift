/// One thing that the doctor looks at.
///
/// A check changes nothing, prints nothing and throws nothing: what hinders it is a finding, too.
protocol DoctorCheck: Sendable {
    /// What its findings are called by.
    var name: String { get }

    /// Looks at it.
    func findings() async -> [Finding]
}
