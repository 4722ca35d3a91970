/// The numbers of a dRAID group, written as `draid2:4d:11c:1s`.
public struct DRAIDLayout: Hashable, Sendable {
    /// How many devices of a redundancy group may fail.
    public var parity: VdevLayout.Parity
    /// Data devices in a redundancy group; nil is 8, or what fits.
    public var data: UInt8?
    /// How many devices are expected, as a check; nil is no check.
    public var children: UInt8?
    /// Spares spread over the devices; nil is none.
    public var spares: UInt8?

    /// Makes a layout.
    public init(
        _ parity: VdevLayout.Parity = .single,
        data: UInt8? = nil,
        children: UInt8? = nil,
        spares: UInt8? = nil
    ) {
        self.parity = parity
        self.data = data
        self.children = children
        self.spares = spares
    }

    var argument: String {
        var text = "draid\(parity.rawValue)"
        if let data { text += ":\(data)d" }
        if let children { text += ":\(children)c" }
        if let spares { text += ":\(spares)s" }
        return text
    }
}
