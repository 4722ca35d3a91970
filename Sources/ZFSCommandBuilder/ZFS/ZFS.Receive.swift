extension ZFS {
    /// `zfs receive`: makes a snapshot, and the dataset if need be, from a stream on standard input.
    ///
    /// Source: `zfs-receive(8)`.
    public struct Receive: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// Where the stream goes.
        public var target: ReceiveTarget
        /// `-s`: keep what was received when the stream breaks off.
        public var resumable: Bool
        /// `-u`: do not mount what was received.
        public var unmounted: Bool
        /// `-F`: first roll the dataset back to its newest snapshot; with a `-R` stream, destroy what the sender no
        /// longer has.
        public var force: Bool
        /// `-h`: leave out the holds of the stream.
        public var skipHolds: Bool
        /// `-M`: unmount by force; the man page says that Linux does not support it.
        public var forceUnmount: Bool
        /// How the names in the stream become names here.
        public var naming: Naming
        /// `-o origin=`: receive as a clone of this snapshot.
        public var origin: SnapshotName?
        /// `-o`: properties to set instead of those in the stream.
        public var properties: [PropertyAssignment]
        /// `-x`: properties of the stream that have no effect.
        public var excludedProperties: [PropertyName]
        /// `-n`: change nothing.
        public var dryRun: Bool
        /// `-v`: say what was received, as text for a person.
        public var verbose: Bool

        /// Makes the command.
        public init(
            _ target: ReceiveTarget,
            resumable: Bool = false,
            unmounted: Bool = false,
            force: Bool = false,
            skipHolds: Bool = false,
            forceUnmount: Bool = false,
            naming: Naming = .exact,
            origin: SnapshotName? = nil,
            properties: [PropertyAssignment] = [],
            excludedProperties: [PropertyName] = [],
            dryRun: Bool = false,
            verbose: Bool = false
        ) {
            self.target = target
            self.resumable = resumable
            self.unmounted = unmounted
            self.force = force
            self.skipHolds = skipHolds
            self.forceUnmount = forceUnmount
            self.naming = naming
            self.origin = origin
            self.properties = properties
            self.excludedProperties = excludedProperties
            self.dryRun = dryRun
            self.verbose = verbose
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("receive")
            list.flag("-s", resumable)
            list.flag("-u", unmounted)
            list.flag("-F", force)
            list.flag("-h", skipHolds)
            list.flag("-M", forceUnmount)
            list.append(contentsOf: naming.words)
            list.flag("-n", dryRun)
            list.flag("-v", verbose)
            list.option("-o", origin.map { "origin=\($0.text)" })
            list.options("-o", properties.map(\.argument))
            list.options("-x", excludedProperties.map(\.text))
            list.append(target.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { dryRun }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { target.pool }

        /// How the names in the stream become names here.
        public enum Naming: Sendable, Hashable {
            /// The target is the name.
            case exact
            /// `-d`: the name in the stream without its pool, below the target.
            case withoutPool
            /// `-e`: the last component of the name in the stream, below the target.
            case lastComponent

            var words: [String] {
                switch self {
                case .exact: []
                case .withoutPool: ["-d"]
                case .lastComponent: ["-e"]
                }
            }
        }
    }
}
