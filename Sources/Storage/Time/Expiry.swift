/// When a token or session ends.
///
/// In the boot in which it was made its life is told by the clock that cannot be set. After a reboot, or on another
/// machine, only the wall clock is left; a clock that shows a time before the life began is then not trusted, so that one
/// that was set back does not prolong it.
struct Expiry: Sendable, Hashable {
    /// How far the wall clocks of machines may differ, in milliseconds.
    static let skew: Int64 = 300_000
    /// No life is longer than a hundred years; in milliseconds.
    private static let longest: Int64 = 100 * 366 * 86_400_000

    /// The boot in which it was made.
    let boot: String
    /// When it ends, in milliseconds since that boot.
    let bootEnd: Int64
    /// When it was made, in milliseconds since 1970.
    let wallStart: Int64
    /// When it ends, in milliseconds since 1970.
    let wallEnd: Int64
    /// How long it lives, in milliseconds.
    let milliseconds: Int64

    init(after lifetime: Duration, from now: MachineTime) {
        let (seconds, attoseconds) = lifetime.components
        let whole = max(0, min(seconds, Self.longest / 1000)) * 1000
        milliseconds = whole + max(0, attoseconds / 1_000_000_000_000_000)
        boot = now.boot
        bootEnd = now.sinceBoot + milliseconds
        wallStart = now.wall
        wallEnd = now.wall + milliseconds
    }
}
