import Glibc

/// What the kernel knows about the quality of its clock (adjtimex(2)).
enum KernelClock {
    /// Whether something keeps the clock right; nil when the kernel does not tell.
    static var isSynchronised: Bool? {
        // Glibc's module does not show it. struct timex has 208 bytes; of these `modes`, the first, being 0 sets nothing.
        guard let symbol = unsafe dlsym(nil, "adjtimex") else { return nil }
        typealias Call = @convention(c) (UnsafeMutableRawPointer) -> Int32
        let call = unsafe unsafeBitCast(symbol, to: Call.self)
        var room = [UInt64](repeating: 0, count: 64)
        let state = unsafe room.withUnsafeMutableBytes { bytes in
            unsafe bytes.baseAddress.map { unsafe call($0) } ?? -1
        }
        // TIME_ERROR is 5; lower states only tell of leap seconds.
        return state < 0 ? nil : state != 5
    }
}
