import NIOCore
import NIOHTTP1
import ServiceLifecycle
import ZFSRPC

extension RequestHandler {
    /// Clients that follow events at once; each asks the store some times a second.
    static let followers = 64
    /// After so long a client connects again, which asks again whether it may.
    private static let eventsLifetime = Duration.seconds(300)
    /// How long nothing may be said, so that all on the way keep the connection.
    private static let silence = Duration.seconds(15)

    /// Answers `GET /events` with Server-Sent Events (WHATWG HTML, section 9.2): what happens to the tasks of the caller.
    ///
    /// The identifier of each event is its sequence number, and `Last-Event-ID` or `after` goes on behind one. Without it,
    /// the answer begins with what happens from now on.
    func answerEvents(
        _ exchange: Exchange, from visitor: Visitor, outbound: HTTPConnection.Outbound
    ) async throws {
        if case .nobody(let error) = visitor.caller {
            try await send(await refusal(.unauthorized, error, visitor, exchange), for: exchange, outbound: outbound)
            return
        }
        guard exchange.head.version.minor == 1 else {
            let detail = "Events are followed with HTTP/1.1, for they come in chunks."
            try await send(.problem(.httpVersionNotSupported, detail: detail), for: exchange, outbound: outbound)
            return
        }
        guard let tasks = application.tasks, let principal = visitor.caller.principal else {
            let error = RPCError(.unavailable, "tasks_unavailable", "this service does no tasks")
            try await send(answer(to: error, exchange), for: exchange, outbound: outbound)
            return
        }
        let query = Route.query(in: exchange.head.uri)
        let known = exchange.head.headers.first(name: "Last-Event-ID") ?? query["after"]
        guard known == nil || known.flatMap({ Int64($0) }) != nil else {
            let detail = "Last-Event-ID, or after, is the number of an event."
            try await send(.problem(.badRequest, detail: detail), for: exchange, outbound: outbound)
            return
        }
        guard let place = followerPlaces.take() else {
            let detail = "\(Self.followers) clients follow events already; ask task_events, or later."
            try await send(.problem(.serviceUnavailable, detail: detail), for: exchange, outbound: outbound)
            return
        }
        defer { place.give() }
        do {
            let last = try await tasks.lastEvent(ofTask: query["task_id"], for: principal)
            let start = known.flatMap { Int64($0) } ?? last
            // The guard closes the connection when the client goes, and no deadline of requests holds.
            try await outbound.channel.triggerUserOutboundEvent(StreamPhase.sending).get()
            let head = head(.ok, contentType: "text/event-stream", length: nil, for: exchange)
            try await outbound.write(.head(head))
            // With an identifier, a client that hears of nothing goes on from here too.
            try await say(": events of zfs-apid\nretry: 1000\nid: \(start)\n\n", outbound)
            let written = try await follow(
                tasks, of: query["task_id"], after: start, principal, outbound)
            try await outbound.write(.end(nil))
            log(exchange, status: .ok, bytes: written)
        } catch let error as RPCError {
            try await send(answer(to: error, exchange), for: exchange, outbound: outbound)
        }
    }

    /// Tells events until it is time to connect again, or the daemon stops.
    private func follow(
        _ tasks: Tasks, of task: String?, after start: Int64, _ principal: Principal,
        _ outbound: HTTPConnection.Outbound
    ) async throws -> Int {
        let end = ContinuousClock.now + Self.eventsLifetime
        var (last, written, lastWord) = (start, 0, ContinuousClock.now)
        while .now < end, !Task.isShuttingDownGracefully {
            var text = ""
            do {
                let (events, seen) = try await tasks.events(
                    after: last, task: task, wait: .milliseconds(500), limit: 100, for: principal)
                last = seen
                for event in events { text += "id: \(event.sequence)\nevent: \(event.what)\ndata: \(event.text)\n\n" }
            } catch is RPCError {
                // The store does not answer; what happens meanwhile is told when it does.
                try await Task.sleep(for: .seconds(1))
            }
            if text.isEmpty, .now - lastWord >= Self.silence { text = ": still here\n\n" }
            guard !text.isEmpty else { continue }
            try await say(text, outbound)
            written += text.utf8.count
            lastWord = .now
        }
        return written
    }

    private func say(_ text: String, _ outbound: HTTPConnection.Outbound) async throws {
        try await outbound.write(.body(.byteBuffer(ByteBuffer(string: text))))
    }
}
