internal import Glibc

/// Reads what the last process writes and hands it to a closure.
struct WriterPump {
    /// What is read at once at most; the only buffer of the stream.
    private static let bufferBytes = 256 << 10

    let input: Descriptor
    let exchange: Exchange
    var wait: PumpWait
    var allowance: Allowance

    /// Hands over pieces until the input ends.
    mutating func run() throws {
        var buffer = [UInt8](repeating: 0, count: Self.bufferBytes)
        var drainLeft: Int?
        while true {
            if wait.signal.isDraining {
                let left = drainLeft ?? input.available
                if left <= 0 { return }
                drainLeft = left
            }
            try wait.check()
            let most = try allowance.next(&wait)
            if most == 0 {
                if try input.hasEndedAtLimit(&wait, as: .sender) { return }
                continue
            }
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe Glibc.read(input.number, bytes.baseAddress, min(most, bytes.count))
            }
            if count == 0 { return }
            guard count > 0 else {
                _ = try wait.wait(for: input.number, as: .sender)
                continue
            }
            try hand(over: buffer[..<count])
            wait.noteProgress()
            allowance.take(count)
            if let left = drainLeft { drainLeft = left - count }
        }
    }

    private mutating func hand(over piece: ArraySlice<UInt8>) throws {
        exchange.ask(piece)
        while true {
            switch exchange.takeReply() {
            case .failed(let error): throw error
            case .some: return
            case nil: _ = try wait.wait(for: -1, as: .network)
            }
        }
    }
}
