/// How many bytes a pump may move: the limit and the rate of its stream.
struct Allowance {
    let control: StreamControl
    /// Whether this pump is the one whose bytes count; the other one of a stream with two moves as it can.
    let counts: Bool
    private var passed: UInt64 = 0
    private var bucket = TokenBucket()

    init(control: StreamControl, counts: Bool) {
        self.control = control
        self.counts = counts
    }

    /// Waits for the rate's sake.
    ///
    /// - Returns: The bytes that may move now; 0 when the limit is reached.
    mutating func next(_ wait: inout PumpWait) throws -> Int {
        guard counts else { return .max }
        var most = Int.max
        if let limit = control.byteLimit {
            most = Int(clamping: limit - passed)
            if most == 0 { return 0 }
        }
        while true {
            let rate = control.bytesPerSecond
            guard rate > 0 else { return most }
            switch bucket.ask(rate: rate, at: .now) {
            case .bytes(let count): return min(most, count)
            case .wait(let duration): try wait.sleep(duration, as: .throttle)
            }
        }
    }

    /// Takes bytes that were moved.
    mutating func take(_ bytes: Int) {
        guard counts else { return }
        passed += UInt64(bytes)
        if control.bytesPerSecond > 0 { bucket.take(bytes) }
        control.add(bytes)
    }
}
