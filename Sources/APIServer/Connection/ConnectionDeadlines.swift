import NIOCore

/// When a connection is closed because its client, or the way to it, takes too long.
struct ConnectionDeadlines {
    /// How long the TLS handshake may take.
    let handshakeTimeout: TimeAmount
    private let idleTimeout: TimeAmount
    private let headerTimeout: TimeAmount
    private let requestTimeout: TimeAmount

    /// When the last answer ended.
    var lastActivity = NIODeadline.now()
    /// Since when the TLS handshake runs.
    var handshakeStart: NIODeadline?
    /// When the first byte of the request came that is being read now; the first request begins with its connection.
    var requestStart: NIODeadline?
    /// Since when the client reads nothing of what we send.
    var stallStart: NIODeadline?

    init(_ limits: HTTPLimits) {
        idleTimeout = TimeAmount(limits.idleTimeout)
        handshakeTimeout = TimeAmount(limits.handshakeTimeout)
        headerTimeout = TimeAmount(limits.headerTimeout)
        requestTimeout = TimeAmount(limits.requestTimeout)
    }

    /// Something may be late after this time at the soonest.
    var shortest: TimeAmount { min(idleTimeout, headerTimeout, requestTimeout, handshakeTimeout) }

    /// When the connection is closed unless a request comes, or comes on.
    func ofRequest(isHeadRead: Bool) -> NIODeadline {
        requestStart.map { $0 + arrivalTimeout(isHeadRead) } ?? lastActivity + idleTimeout
    }

    /// The next of all; nil when the connection waits for us alone.
    /// - Parameters:
    ///   - now: The time.
    ///   - isHeadRead: Whether what is arriving of a request is its body.
    ///   - waitsForClient: Whether no request that was read waits for its answer.
    ///   - isIdle: Whether no request is read or answered.
    ///   - isReceiving: Whether the body is a stream, which has deadlines of its own.
    func next(
        now: NIODeadline, isHeadRead: Bool, waitsForClient: Bool, isIdle: Bool, isReceiving: Bool
    ) -> NIODeadline? {
        var found: [NIODeadline] = []
        if let handshakeStart {
            found.append(handshakeStart + handshakeTimeout)
        } else if let requestStart, !isReceiving {
            // A request behind others waits for us, not for its client.
            found.append((waitsForClient ? requestStart : now) + arrivalTimeout(isHeadRead))
        } else if isIdle {
            found.append(lastActivity + idleTimeout)
        }
        if let stallStart { found.append(stallStart + idleTimeout) }
        return found.min()
    }

    /// How long the part of a request may take that is arriving, since the request's first byte.
    private func arrivalTimeout(_ isHeadRead: Bool) -> TimeAmount { isHeadRead ? requestTimeout : headerTimeout }
}
