extension ZFS {
    /// `zfs userspace`: says how much space each user takes, and the quotas.
    ///
    /// Source: `zfs-userspace(8)`.
    public struct UserSpace: RowCommand {
        /// What one user takes.
        public typealias Row = SpaceUsage

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// A file system or a snapshot of one.
        public var target: DatasetReference
        /// `-t`: which kinds; empty for users of POSIX and SMB.
        public var types: [IdentityType]
        /// `-n`: numbers instead of names.
        public var numeric: Bool
        /// `-i`: POSIX numbers instead of SIDs.
        public var translateSIDs: Bool

        /// Makes the command.
        public init(
            _ target: DatasetReference,
            types: [IdentityType] = [],
            numeric: Bool = false,
            translateSIDs: Bool = false
        ) {
            self.target = target
            self.types = types
            self.numeric = numeric
            self.translateSIDs = translateSIDs
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("userspace")
            list.append("-H", "-p")
            list.flag("-n", numeric)
            list.flag("-i", translateSIDs)
            list.append("-o", SpaceUsage.columns)
            list.joined("-t", types.map(\.rawValue))
            list.append(target.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { target.pool }

        /// Decodes one line, without its newline.
        /// - Throws: `OutputError` when the line does not have the fields that the options ask for.
        public func decodeRow(_ line: ArraySlice<UInt8>) throws(OutputError) -> SpaceUsage {
            try SpaceUsage(line)
        }
    }
}
