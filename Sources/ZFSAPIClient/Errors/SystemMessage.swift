internal import Glibc

/// What the system says about an error number.
enum SystemMessage {
    /// About the last one of this thread.
    static var last: String { text(errno) }

    static func text(_ number: Int32) -> String {
        var bytes = [CChar](repeating: 0, count: 256)
        _ = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return Int32(0) }
            return unsafe strerror_r(number, start, buffer.count)
        }
        let text = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return text.isEmpty ? "error \(number)" : String(decoding: text, as: UTF8.self)
    }
}
