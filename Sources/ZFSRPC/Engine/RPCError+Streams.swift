internal import AsyncZFSExecutor
internal import Glibc
internal import ZFSCommandBuilder
internal import ZFSReplication

extension RPCError {
    /// What clients are told of a transfer that was refused or ended.
    init(_ error: ReplicationError) {
        switch error {
        case .interrupted(let failure, let state):
            self.init(failure, failureCode: .receiveFailed, advice: nil)
            // Some sentences of OpenZFS end in a full stop, others do not.
            if message.hasSuffix(".") { message.removeLast() }
            message +=
                "; \(state.bytesReceived) bytes are kept: send the rest with resume_token, or drop them with receive_abort"
            // The same stream from its start is refused while the part is there.
            isRetryable = false
            details = .object([
                "resume_token": .string(state.token.text), "snapshot": .string(state.snapshot.text),
                "to_guid": .string(String(state.toGUID)),
                "from_guid": state.fromGUID.map { .string(String($0)) } ?? .null,
                "bytes_received": .integer(state.bytesReceived),
            ])
        case .foreignResumeToken(let sentence):
            self.init(
                .sendFailed, "resume_token_foreign",
                "the resume token does not belong to this request: \(sentence); "
                    + "take the token from the error of the receive that broke off")
        case .unreadableResumeToken:
            self.init(
                .sendFailed, "resume_invalid",
                "the resume token can not be read; pass the whole receive_resume_token of the dataset at the receiver")
        case .snapshotReplaced(let snapshot):
            self.init(
                .snapshotNotFound, "snapshot_not_found",
                "\(snapshot) was destroyed, and another snapshot has its name now; see snapshot_list and ask again")
        case .originNotFound(let origin):
            self.init(
                .sendFailed, "bad_incremental_source",
                "\(origin.name) does not exist; snapshot_list and bookmark_list show what a stream can build on")
        case .receiveRuns(let dataset):
            self.init(
                .conflict, "busy", "something is received into \(dataset) already; try again when that has ended",
                isRetryable: true)
        case .nothingReceived(let dataset):
            self.init(
                .conflict, "nothing_received",
                "the stream made no snapshot in \(dataset): what it brings is there already")
        }
    }

    /// What clients are told of a stream that was stopped.
    init(_ error: StreamError, failureCode: Code) {
        switch error {
        case .sourceFailed(let errno):
            self.init(
                failureCode, "stream_incomplete", "the stream broke off: \(Self.text(ofError: errno)); send it again",
                isRetryable: true)
        case .sourceEnded:
            self.init(
                failureCode, "stream_incomplete", "the body of the request ended before it was whole; send it again",
                isRetryable: true)
        case .sourceInvalid:
            self.init(
                .invalidRequest, "invalid_body",
                "the chunks of the body are not those of RFC 9112, section 7.1; let an HTTP library make them")
        case .sinkFailed(let errno) where errno == ENOSPC || errno == EDQUOT:
            self.init(
                failureCode, errno == ENOSPC ? "no_space" : "quota_exceeded",
                "the stream could not be written: \(Self.text(ofError: errno)); free space there first")
        case .sinkFailed(let errno) where errno == EIO || errno == EROFS:
            self.init(failureCode, "io_error", "the stream could not be written: \(Self.text(ofError: errno))")
        case .sinkFailed(let errno):
            self.init(
                failureCode, "reader_gone", "the reader of the stream went away: \(Self.text(ofError: errno))",
                isRetryable: true)
        case .tooLong(let limit):
            self.init(failureCode, "byte_limit", "the stream is longer than the \(limit) bytes that it may have")
        case .stalled(let wait, let seconds):
            let who =
                switch wait {
                case .sender: "the sender gave nothing"
                case .receiver: "the receiver took nothing"
                case .pool: "the pool did no input and output; see pool_status"
                case .network, .nobody, .throttle: "the peer was silent"
                }
            self.init(.timedOut, "stalled", "no byte moved for \(Int(seconds)) s and the stream was stopped: \(who)")
        case .tooMany(let limit):
            self.init(
                .unavailable, "overloaded", "\(limit) streams run already; try again when one has ended",
                isRetryable: true)
        }
    }

    static func text(ofError errno: Int32) -> String {
        unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
    }
}

extension SendRequest.Origin {
    fileprivate var name: String {
        switch self {
        case .snapshot(let name): name.text
        case .bookmark(let name): name.text
        }
    }
}
