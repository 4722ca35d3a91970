import Glibc

/// Plain lines on standard error, before there is a logger and when the daemon ends.
enum Diagnostic {
    static func write(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        unsafe bytes.withUnsafeBytes { bytes in
            _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
