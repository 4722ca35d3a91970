extension ZFS {
    /// `zfs get`: reads properties of datasets, one line for each property of each dataset.
    ///
    /// A value with a tab gives a line with too many fields and so an `OutputError`, but a value with a newline can
    /// forge a line. `GetValue` reads such a value whole.
    ///
    /// Source: `zfs-set(8)`.
    public struct Get: RowCommand {
        /// The fields in the order of `columns`.
        public typealias Row = [String]

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// Whose properties; empty for all datasets.
        public var targets: [DatasetReference]
        /// Which properties.
        public var properties: Properties
        /// `-o`: the fields of a line, at least one.
        public var columns: [Column]
        /// `-s`: only properties with one of these sources; nil for all.
        public var sources: [Source]?
        /// `-t`: only datasets of these types; empty for all.
        public var types: [DatasetType]
        /// `-r`: also everything below; no effect together with `depth`.
        public var recursive: Bool
        /// `-d`: only so many levels below, 0 or more.
        public var depth: Int?

        /// Makes the command.
        public init(
            _ targets: [DatasetReference],
            properties: Properties = .all,
            columns: [Column] = [.name, .property, .value, .source],
            sources: [Source]? = nil,
            types: [DatasetType] = [],
            recursive: Bool = false,
            depth: Int? = nil
        ) {
            self.targets = targets
            self.properties = properties
            self.columns = columns
            self.sources = sources
            self.types = types
            self.recursive = recursive
            self.depth = depth
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("get")
            list.append("-H", "-p")
            list.flag("-r", recursive && depth == nil)
            list.option("-d", depth.map { String(max(0, $0)) })
            list.joined("-o", columns.map(\.rawValue))
            list.joined("-s", (sources ?? []).map(\.rawValue))
            list.joined("-t", types.map(\.rawValue))
            list.append(properties.argument)
            list.append(contentsOf: targets.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { .only(targets.map(\.pool)) }

        /// Decodes one line, without its newline.
        /// - Throws: `OutputError` when the line does not have the fields that the options ask for.
        public func decodeRow(_ line: ArraySlice<UInt8>) throws(OutputError) -> [String] {
            var fields = try Fields(line, count: columns.count)
            return columns.map { _ in fields.text() }
        }

        /// A field of a line of `zfs get`.
        public enum Column: String, Sendable, Hashable, CaseIterable {
            /// The name of the dataset.
            case name
            /// The name of the property.
            case property
            /// The effective value.
            case value
            /// The value that came with a stream, or `-`.
            case received
            /// Where the value comes from: `local`, `inherited from tank`, `-`.
            case source
        }

        /// Where a value comes from.
        public enum Source: String, Sendable, Hashable, CaseIterable {
            /// Set on the dataset itself.
            case local
            /// The value that OpenZFS takes when nobody set one.
            case `default`
            /// Set on a dataset above.
            case inherited
            /// Set by a mount option.
            case temporary
            /// Received with a stream.
            case received
            /// Read-only properties.
            case none
        }

        /// Which properties to read.
        public enum Properties: Sendable, Hashable {
            /// All that apply to the type of the dataset.
            case all
            /// Just these, at least one.
            case named([PropertyName])

            /// `all`, or the names joined with commas.
            var argument: String {
                switch self {
                case .all: "all"
                case .named(let names): names.map(\.text).joined(separator: ",")
                }
            }
        }
    }
}
