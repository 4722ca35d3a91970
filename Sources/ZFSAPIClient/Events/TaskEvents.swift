internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// What happens to tasks, without end.
///
/// A connection that was lost is made again, and nothing is missed.
public struct TaskEvents: AsyncSequence, Sendable {
    /// An event.
    public typealias Element = TaskEventsEvent
    /// Every failure is one of the client.
    public typealias Failure = ClientError

    let client: Client
    let taskID: String?
    let after: Int?
    let patience: Duration

    /// Begins to listen at the first event that is asked for.
    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// Listens.
    ///
    /// The connection ends with it.
    public struct Iterator: AsyncIteratorProtocol {
        private let events: TaskEvents
        private var parser = EventStreamParser()
        private var body: HTTPClientResponse.Body.AsyncIterator?
        private var heard: ContinuousClock.Instant?
        private var waiting: ArraySlice<[UInt8]> = []

        init(_ events: TaskEvents) {
            self.events = events
            parser.lastID = events.after.map(String.init)
        }

        /// The next event.
        /// - Returns: The event; never nil.
        /// - Throws: `ClientError` when the daemon refuses, or is away for longer than the patience.
        public mutating func next() async throws(ClientError) -> TaskEventsEvent? {
            while true {
                if let event = waiting.popFirst() { return try decoded(event) }
                do throws(ClientError) {
                    try await listen()
                } catch {
                    let mayPass = error.isRetryable || error.kind == .connectionFailed
                    guard mayPass, let heard, ContinuousClock.now - heard <= events.patience else { throw error }
                    try await startAgain()
                }
            }
        }

        /// The same, for any actor.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(ClientError) -> TaskEventsEvent?
        {
            try await next()
        }

        private mutating func startAgain() async throws(ClientError) {
            body = nil
            parser.connectionEnded()
            try await Client.sleep(parser.retry)
        }

        /// Reads the next bytes, of a new connection if there is none.
        private mutating func listen() async throws(ClientError) {
            if body == nil { body = try await events.connect(lastID: parser.lastID) }
            let bytes: ByteBuffer?
            do {
                bytes = try await body?.next(isolation: #isolation)
            } catch {
                throw ClientError(transport: error, address: events.client.address, timeout: .seconds(60))
            }
            // A connection ends after five minutes; that is no fault.
            guard let bytes else { return try await startAgain() }
            heard = .now
            guard let found = parser.feed(bytes.readableBytesView) else {
                throw events.client.notOurs("an event is too long")
            }
            waiting = found[...]
        }

        private func decoded(_ event: [UInt8]) throws(ClientError) -> TaskEventsEvent {
            do {
                return try JSONDecoder().decode(TaskEventsEvent.self, from: Data(event))
            } catch {
                throw events.client.notOurs("an event is not what the API promises")
            }
        }
    }

    private func connect(lastID: String?) async throws(ClientError) -> HTTPClientResponse.Body.AsyncIterator {
        // An identifier is a UUID; nothing else needs to go into an address.
        let isPlain = taskID?.utf8.allSatisfy { $0 == 0x2d || $0 < 0x80 && Character(Unicode.Scalar($0)).isHexDigit }
        guard isPlain ?? true else {
            throw ClientError(.invalidParameters, "the identifier of a task is a UUID", reason: "invalid_value")
        }
        var request = try await client.request(.GET, "/events" + (taskID.map { "?task_id=\($0)" } ?? ""))
        request.headers.add(name: "Accept", value: "text/event-stream")
        if let lastID { request.headers.add(name: "Last-Event-ID", value: lastID) }
        let head = try await client.head(of: request, timeout: .seconds(60), by: client.listening)
        guard head.status == .ok else { throw try await client.refusal(of: head) }
        return head.body.makeAsyncIterator()
    }
}

extension Client {
    /// What happens to tasks, as the daemon tells it.
    /// - Parameters:
    ///   - taskID: One task; all by default.
    ///   - after: The sequence of the last event that is known; by default they begin with what happens from now on.
    ///   - patience: How long the daemon may be away.
    /// - Returns: The events, without end.
    public func events(taskID: String? = nil, after: Int? = nil, patience: Duration = .seconds(60)) -> TaskEvents {
        TaskEvents(client: self, taskID: taskID, after: after, patience: patience)
    }

    /// The error of an answer that is no success.
    func refusal(of head: HTTPClientResponse) async throws(ClientError) -> ClientError {
        let body = try await body(of: head)
        do throws(ClientError) {
            _ = try decoded(body, of: head, as: NoAnswer.self)
        } catch {
            return error
        }
        return notOurs("the answer has status \(head.status.code)")
    }
}

/// No answer is one, so that decoding finds the error in it.
private struct NoAnswer: Decodable {
    init(from decoder: any Decoder) throws {
        throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "an error"))
    }
}
