extension Client {
    /// Writes a stream of a snapshot to a descriptor.
    ///
    /// When this returns, the stream is whole.
    /// - Parameters:
    ///   - dataset: The file system or volume.
    ///   - snapshot: The short name.
    ///   - options: What the stream holds.
    ///   - descriptor: A file, pipe or socket, which stays open.
    ///   - route: How the stream goes.
    ///   - counter: Counts the bytes.
    /// - Throws: `ClientError`, of the kind `streamCut` when the stream broke off.
    public func send(
        _ dataset: String, _ snapshot: String, _ options: SendOptions = SendOptions(), to descriptor: Int32,
        over route: TransferRoute = .automatic, counting counter: ByteCounter = ByteCounter()
    ) async throws(ClientError) {
        if mayUseSockets(route) {
            let made = try await tokenCreateSend(
                dataset: dataset, snapshot: snapshot, fromSnapshot: options.fromSnapshot, raw: options.isRaw,
                compressed: options.isCompressed, recursive: options.isRecursive, resumeToken: options.resumeToken)
            if let place = try await place(made, route) {
                do throws(ClientError) {
                    return try await fetch(token: made.token, from: place, to: descriptor, counting: counter)
                } catch {
                    try await fallBack(made, route, after: error)
                }
            }
        }
        try await stream(dataset, snapshot, options).write(to: descriptor, counting: counter)
    }

    /// Reads a stream from a descriptor to its end; it becomes a dataset, or is added to it.
    ///
    /// When it breaks off, the dataset is as before.
    /// - Parameters:
    ///   - descriptor: A file, pipe or socket, which stays open.
    ///   - dataset: The file system or volume.
    ///   - force: Roll the dataset back to its newest snapshot first, or replace it (`-F`). The API has `true` here.
    ///   - resumable: Keep what came when it breaks off (`-s`); `resumeToken` of the error then goes on.
    ///   - route: How the stream goes.
    ///   - counter: Counts the bytes.
    /// - Returns: What the daemon received.
    /// - Throws: `ClientError`, of the kind `streamCut` when the daemon did not say how it went.
    public func receive(
        from descriptor: Int32, into dataset: String, force: Bool = false, resumable: Bool = false,
        over route: TransferRoute = .automatic, counting counter: ByteCounter = ByteCounter()
    ) async throws(ClientError) -> ReceivedStream {
        if mayUseSockets(route) {
            let made = try await tokenCreateReceive(dataset: dataset, force: force, resumable: resumable)
            if let place = try await place(made, route) {
                do throws(ClientError) {
                    return try await put(token: made.token, to: place, from: descriptor, counting: counter)
                } catch {
                    try await fallBack(made, route, after: error)
                }
            }
        }
        let interruption = try Interruption()
        // The HTTP client leaves a read alone that waits when the request has ended.
        defer { interruption.interrupt() }
        let pieces = DescriptorPieces(descriptor: descriptor, counter: counter, interruption: interruption)
        return try await receive(pieces, into: dataset, force: force, resumable: resumable)
    }

    private func mayUseSockets(_ route: TransferRoute) -> Bool {
        switch route {
        case .http: false
        case .automatic: !address.isEncrypted
        case .tcp, .unix, .socket: true
        }
    }

    /// The socket to use; nil, with the token made unusable, when it is HTTP after all.
    private func place(_ made: TokenCreateSendResult, _ route: TransferRoute) async throws(ClientError)
        -> TransferAddress?
    {
        if let place = try route.place(of: address, tcp: made.socketTcp, unix: made.socketUnix) { return place }
        _ = try await tokenRevoke(tokenID: made.token)
        return nil
    }

    /// Makes the token unusable when its socket could not be reached, so that nothing was shown or moved and HTTP can do it.
    /// - Throws: The error when it is another one, or the route was asked for.
    private func fallBack(
        _ made: TokenCreateSendResult, _ route: TransferRoute, after error: ClientError
    ) async throws(ClientError) {
        guard route == .automatic, error.kind == .connectionFailed, error.reason == "not_connected" else { throw error }
        _ = try await tokenRevoke(tokenID: made.token)
    }
}
