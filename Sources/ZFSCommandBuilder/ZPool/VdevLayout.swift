/// One top-level device or group of a pool that is made or grows, `zpoolconcepts(7)`.
public enum VdevLayout: Hashable, Sendable {
    /// One disk or file, without redundancy of its own.
    case device(NewDevice)
    /// Copies of the same data; two devices or more.
    case mirror([NewDevice])
    /// Stripes with parity; more devices than parity.
    case raidz(Parity, [NewDevice])
    /// Stripes with parity and spares spread over all devices.
    case draid(DRAIDLayout, [NewDevice])

    /// How many devices of a group may fail.
    public enum Parity: Int, Hashable, Sendable, CaseIterable {
        /// One.
        case single = 1
        /// Two.
        case double = 2
        /// Three.
        case triple = 3
    }

    var arguments: [String] {
        switch self {
        case .device(let device): [device.text]
        case .mirror(let devices): ["mirror"] + devices.map(\.text)
        case .raidz(let parity, let devices): ["raidz\(parity.rawValue)"] + devices.map(\.text)
        case .draid(let layout, let devices): [layout.argument] + devices.map(\.text)
        }
    }
}
