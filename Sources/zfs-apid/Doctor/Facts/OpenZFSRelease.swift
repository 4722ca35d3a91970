import ZFSCommandBuilder

/// What the version of OpenZFS on a host means.
enum OpenZFSRelease {
    /// The versions whose commands and outputs are known.
    private static let known = ReleaseNumber(2, 1)...ReleaseNumber(2, 3)

    /// - Returns: A finding, or nil when nothing is wrong.
    static func fault(_ report: VersionReport, check: String, place: String) -> Finding? {
        guard let kernel = report.kernel else {
            return .problem(
                check, "\(place)the module of OpenZFS is not loaded", "modprobe zfs, then restart the service")
        }
        if let release = ReleaseNumber(report.userland), release < known.lowerBound {
            return .problem(
                check, "\(place)OpenZFS \(report.userland) is too old", "install \(known.lowerBound) or newer")
        }
        if withoutPackage(report.userland) != withoutPackage(kernel) {
            return .warning(
                check, "\(place)the tools are of OpenZFS \(report.userland), the module of \(kernel)",
                "load the module of the same version, mostly by a restart of the machine")
        }
        if let release = ReleaseNumber(report.userland), release > known.upperBound {
            return .warning(
                check, "\(place)OpenZFS \(report.userland) is newer than what is known to work",
                "look for a newer zfs-apid; \(known.lowerBound) to \(known.upperBound) are known")
        }
        return nil
    }

    /// `2.3.2` of `2.3.2-1~bpo12+1`.
    private static func withoutPackage(_ version: String) -> Substring {
        version.prefix { $0 != "-" }
    }
}
