/// A call or a stream that failed.
public struct ClientError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    ///
    /// More are added in later versions.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        private enum Word: String {
            case invalidRequest, invalidParameters, notFound, authenticationFailed, permissionDenied, conflict
            case operationFailed, transferFailed, unavailable, rateLimited, timedOut, cancelled, internalError
            case connectionFailed, protocolError, streamCut, migrationFailed, tokenUnusable, unknown
        }

        /// The daemon did not understand the request, or knows no such method.
        public static let invalidRequest = Kind(.invalidRequest)
        /// A parameter is missing, unknown, mistyped or out of range; or a name or property is not legal.
        public static let invalidParameters = Kind(.invalidParameters)
        /// The dataset, pool, snapshot, bookmark, task, token or stream does not exist.
        public static let notFound = Kind(.notFound)
        /// There is no token, or it is expired, revoked or not of this daemon; or user or password is wrong.
        public static let authenticationFailed = Kind(.authenticationFailed)
        /// The caller, or the daemon in ZFS, is not allowed to do this.
        public static let permissionDenied = Kind(.permissionDenied)
        /// The present state is in the way.
        public static let conflict = Kind(.conflict)
        /// OpenZFS refused or failed; also for what exists already or is busy.
        public static let operationFailed = Kind(.operationFailed)
        /// The send or receive failed; `resumeToken` is there when it can go on.
        public static let transferFailed = Kind(.transferFailed)
        /// ZFS, the pool, the other host or the store of the daemon does not work now.
        public static let unavailable = Kind(.unavailable)
        /// There were too many requests; `retryAfter` tells how long to wait.
        public static let rateLimited = Kind(.rateLimited)
        /// The daemon gave up waiting for ZFS.
        ///
        /// A change may have happened: look first.
        public static let timedOut = Kind(.timedOut)
        /// Somebody ended it, or the daemon stopped, or the task that called was cancelled.
        public static let cancelled = Kind(.cancelled)
        /// A fault of the daemon.
        public static let internalError = Kind(.internalError)
        /// The daemon could not be reached (reason `not_connected`: nothing was sent), or went away or did not answer in
        /// time (`connection_lost`, `no_answer`: a change may have happened).
        public static let connectionFailed = Kind(.connectionFailed)
        /// What came is nothing that zfs-apid says; perhaps the address is of something else.
        public static let protocolError = Kind(.protocolError)
        /// A stream broke off.
        ///
        /// Nothing that was read or written of it is whole.
        public static let streamCut = Kind(.streamCut)
        /// A migration ended without success.
        public static let migrationFailed = Kind(.migrationFailed)
        /// The bearer token could not be read from its file or command, or others can read it too.
        public static let tokenUnusable = Kind(.tokenUnusable)
        /// The daemon has a code that this version of the client does not know.
        public static let unknown = Kind(.unknown)

        private let word: Word

        private init(_ word: Word) { self.word = word }

        /// The name of the kind.
        public var description: String { word.rawValue }
    }

    /// What kind of failure it is.
    public let kind: Kind
    /// A sentence for a person.
    public let message: String
    /// A word that never changes, such as `dataset_not_found`.
    ///
    /// Programs switch on it.
    public let reason: String
    /// The number of JSON-RPC; nil when the error is not the daemon's.
    public var code: Int?
    /// Whether the same request may succeed within minutes although nobody does anything.
    public var isRetryable = false
    /// The request in the logs of the daemon, if it got there.
    public var requestID: String?
    /// Depends on the reason: `parameter`, or `names` of the datasets that are meant.
    public var details: [String: JSONValue] = [:]
    /// What `zfs` or `zpool` said, when one ran and failed.
    public var stderr: String?
    /// Its exit status.
    public var exitStatus: Int?
    /// Seconds that the daemon asks to wait.
    public var retryAfter: Double?

    init(_ kind: Kind, _ message: String, reason: String) {
        self.kind = kind
        self.message = message
        self.reason = reason
    }

    /// With this a receive that broke off can go on: give it to the send of the same snapshot.
    public var resumeToken: String? { details["resume_token"]?.text }

    /// The sentence and the word.
    public var description: String { reason.isEmpty ? message : "\(message) (\(reason))" }
}
