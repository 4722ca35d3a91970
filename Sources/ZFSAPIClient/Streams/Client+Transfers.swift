extension Client {
    /// Writes the stream of a transfer token to a descriptor.
    ///
    /// When this returns, the stream is whole.
    /// - Parameters:
    ///   - token: A token of `tokenCreateSend`, which is used up when it is shown. The client itself needs no token.
    ///   - place: The transfer socket.
    ///   - descriptor: A file, pipe or socket, which stays open.
    ///   - counter: Counts the bytes.
    /// - Throws: `ClientError`, of the kind `streamCut` when the stream broke off.
    public func fetch(
        token: String, from place: TransferAddress, to descriptor: Int32, counting counter: ByteCounter = ByteCounter()
    ) async throws(ClientError) {
        let interruption = try Interruption()
        try await TransferThread.run(interruption) { () throws(ClientError) in
            let socket = try TransferSocket(place, interruption)
            try TransferMessage.begin(token, on: socket)
            var mover = StreamMover(descriptor, counting: counter)
            do throws(ClientError) {
                while true {
                    let length = TransferMessage.value(try socket.readExactly(8))
                    if length == 0 { return }
                    if length == .max { _ = try TransferMessage.read("failed", from: socket) }
                    guard length <= 16 << 20 else { throw TransferMessage.wrong("a chunk is too long") }
                    try mover.take(Int(length), from: socket)
                }
            } catch {
                throw error.kind == .connectionFailed ? StreamMover.cut : error
            }
        }
    }

    /// Reads a stream from a descriptor to its end, and gives it to the daemon with a transfer token.
    /// - Parameters:
    ///   - token: A token of `tokenCreateReceive`, which is used up when it is shown. The client itself needs no token.
    ///   - place: The transfer socket.
    ///   - descriptor: A file, pipe or socket, which stays open.
    ///   - counter: Counts the bytes.
    /// - Returns: What the daemon received.
    /// - Throws: `ClientError`, of the kind `streamCut` when the daemon did not say how it went.
    public func put(
        token: String, to place: TransferAddress, from descriptor: Int32, counting counter: ByteCounter = ByteCounter()
    ) async throws(ClientError) -> ReceivedStream {
        let interruption = try Interruption()
        return try await TransferThread.run(interruption) { () throws(ClientError) in
            let socket = try TransferSocket(place, interruption)
            try TransferMessage.begin(token, on: socket)
            var mover = StreamMover(descriptor, counting: counter)
            do throws(ClientError) {
                if try mover.giveAll(to: socket) { socket.finish() }
            } catch {
                socket.abort()
                throw error
            }
            do throws(ClientError) {
                let message = try TransferMessage.read("completed", from: socket)
                return ReceivedStream(
                    bytes: message.bytes ?? counter.bytes, snapshots: message.snapshots ?? [],
                    duration: message.duration ?? 0)
            } catch {
                throw error.kind == .connectionFailed ? Self.unanswered : error
            }
        }
    }

    /// The error for a receive whose outcome nobody told.
    static var unanswered: ClientError {
        ClientError(
            .streamCut,
            "the connection ended before the daemon said that the stream was received; look at the destination, and at "
                + "the log of the daemon", reason: "stream_cut")
    }
}
