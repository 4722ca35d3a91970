/// Who runs a session: this daemon, until it ends.
struct StoreOwner: Sendable, Hashable {
    /// The name of the node.
    let node: String
    /// This run of the daemon; random.
    let instance: String

    init(node: String) {
        self.node = node
        instance = Self.random()
    }

    /// 128 random bits.
    static func random() -> String {
        var random = SystemRandomNumberGenerator()
        return "\(String(random.next(), radix: 16))-\(String(random.next(), radix: 16))"
    }
}
