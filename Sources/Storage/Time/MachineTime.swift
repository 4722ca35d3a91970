/// A moment by both clocks of a machine.
public struct MachineTime: Sendable, Hashable {
    /// Which boot of which machine this is; empty when that is not known.
    public var boot: String
    /// Milliseconds since the boot, with those of sleep.
    public var sinceBoot: Int64
    /// Milliseconds since 1970 by the clock that can be set.
    public var wall: Int64

    /// Makes a moment.
    public init(boot: String, sinceBoot: Int64, wall: Int64) {
        self.boot = boot
        self.sinceBoot = sinceBoot
        self.wall = wall
    }
}
