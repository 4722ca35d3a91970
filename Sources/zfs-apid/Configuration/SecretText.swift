/// A secret from the environment; nothing that prints a configuration shows it.
struct SecretText: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The secret.
    let text: String

    /// Takes printable ASCII without spaces, of a length in the range.
    init?(_ text: String, _ length: ClosedRange<Int>) {
        guard length.contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        self.text = text
    }

    var description: String { "(set)" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
