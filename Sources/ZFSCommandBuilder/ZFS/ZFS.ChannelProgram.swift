extension ZFS {
    /// `zfs program`: runs a Lua script inside ZFS, all of it or nothing.
    ///
    /// Source: `zfs-program(8)`.
    public struct ChannelProgram: TextCommand {
        /// What the script returns, as JSON with the key `return`.
        public typealias Output = String

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The only pool that the script can reach.
        public var poolName: PoolName
        /// The file with the script; `/dev/stdin` for standard input.
        public var script: AbsolutePath
        /// What the script gets as `...`.
        public var scriptArguments: [ScriptArgument]
        /// `-n`: refuse changes.
        public var readOnly: Bool
        /// `-t`: how many Lua instructions it may take, at most 100 000 000; nil for 10 000 000.
        public var instructionLimit: UInt64?
        /// `-m`: how many bytes it may take, at most 100 MiB; nil for 10 MiB.
        public var memoryLimit: UInt64?

        /// Makes the command.
        public init(
            _ poolName: PoolName,
            script: AbsolutePath,
            arguments scriptArguments: [ScriptArgument] = [],
            readOnly: Bool = false,
            instructionLimit: UInt64? = nil,
            memoryLimit: UInt64? = nil
        ) {
            self.poolName = poolName
            self.script = script
            self.scriptArguments = scriptArguments
            self.readOnly = readOnly
            self.instructionLimit = instructionLimit
            self.memoryLimit = memoryLimit
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("program")
            list.append("-j")
            list.flag("-n", readOnly)
            list.option("-t", instructionLimit.map { String($0) })
            list.option("-m", memoryLimit.map { String($0) })
            list.append(poolName.text, script.text)
            list.append(contentsOf: scriptArguments.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { readOnly }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { poolName }
    }
}
