/// Writes what a closure gives into the first process.
struct ReaderPump {
    let feed: Feed
    let exchange: Exchange
    var wait: PumpWait
    var allowance: Allowance

    /// Asks for pieces until the closure has no more, then lets the process see that.
    mutating func run() throws -> PumpThread.Outcome {
        while true {
            try wait.check()
            switch try next() {
            case .done: continue
            case .failed(let error): throw error
            case nil: return .receiverGone
            case .end:
                feed.close()
                return .ended
            case .piece(var rest):
                while !rest.isEmpty {
                    let most = try allowance.next(&wait)
                    if most == 0 { throw StreamError.tooLong(limit: wait.control.byteLimit ?? 0) }
                    let piece = rest.prefix(most)
                    guard try feed.write(piece, &wait) else { return .receiverGone }
                    allowance.take(piece.count)
                    rest = rest.dropFirst(piece.count)
                }
            }
        }
    }

    /// Nil when the process is gone.
    private mutating func next() throws -> Exchange.Reply? {
        exchange.ask([])
        while true {
            if let reply = exchange.takeReply() { return reply }
            if try wait.wait(for: -1, watching: feed.number, as: .network) == .broken { return nil }
        }
    }
}
