internal import CHiredis

/// Commands as Redis reads them.
enum CommandEncoding {
    /// Encodes words, which may hold any bytes, and gives the result to `body`.
    ///
    /// - Returns: Nil when memory is short.
    static func encode<Result>(_ words: [[UInt8]], body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        // Lengths, not terminators, end the words: a word may hold NUL. The extra byte gives empty words an address.
        let bytes = Array(words.joined()) + [0]
        let lengths = words.map(\.count)
        return unsafe bytes.withUnsafeBytes { raw -> Result? in
            let text = unsafe raw.assumingMemoryBound(to: CChar.self)
            var offset = 0
            var starts = unsafe lengths.map { length in
                defer { offset += length }
                return unsafe text.baseAddress.map { unsafe $0 + offset }
            }
            var command: UnsafeMutablePointer<CChar>?
            let length = unsafe redisFormatCommandArgv(&command, Int32(words.count), &starts, lengths)
            guard length >= 0, let command = unsafe command else { return nil }
            defer { unsafe redisFreeCommand(command) }
            return unsafe body(UnsafeRawBufferPointer(start: command, count: Int(length)))
        }
    }
}
