/// What is known of a method of the API before it is called.
public struct MethodDeclaration: Hashable, Sendable {
    /// A parameter of a method.
    public struct Parameter: Hashable, Sendable {
        /// What a parameter takes.
        public enum Kind: Hashable, Sendable {
            /// A text.
            case string
            /// A number without a fraction.
            case integer
            /// A number.
            case number
            /// `true` or `false`.
            case boolean
            /// A list.
            case array
            /// Values by name.
            case object
        }

        /// Its name in the API.
        public let name: String
        /// What it takes.
        public let kind: Kind
        /// Whether it must be given.
        public let isRequired: Bool
        /// The words that it takes; empty when there is no such list.
        public let words: [String]
        /// Whether it must not be shown.
        public let isSecret: Bool

        init(_ name: String, _ kind: Kind, isRequired: Bool = false, words: [String] = [], isSecret: Bool = false) {
            self.name = name
            self.kind = kind
            self.isRequired = isRequired
            self.words = words
            self.isSecret = isSecret
        }
    }

    /// Its name in the API.
    public let name: String
    /// What it does, in a sentence.
    public let summary: String
    /// Whether it changes nothing, so that it can be called again when nobody knows what became of it.
    public let isRead: Bool
    /// What it takes.
    public let parameters: [Parameter]

    init(_ name: String, _ summary: String, isRead: Bool, parameters: [Parameter]) {
        self.name = name
        self.summary = summary
        self.isRead = isRead
        self.parameters = parameters
    }

    /// The method of a name; nil when this version of the client does not know it.
    public static func named(_ name: String) -> MethodDeclaration? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
