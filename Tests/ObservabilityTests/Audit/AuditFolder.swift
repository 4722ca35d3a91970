import Foundation
import Synchronization
import ZFSRPC

@testable import Observability

/// A folder with an audit log, removed with all in it.
final class AuditFolder: Sendable {
    let path: String
    private let told = Mutex<[String]>([])

    init() throws {
        path = NSTemporaryDirectory() + "/audit-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var file: String { path + "/audit.log" }

    /// What the log gave notice of.
    var notices: [String] { told.withLock { $0 } }

    func log(required: Bool = true, reads: Bool = false) throws(AuditError) -> AuditLog {
        try AuditLog(
            AuditConfiguration(path: file, isRequired: required, recordsReads: reads), hash: Self.hash,
            notice: { [self] text in told.withLock { $0.append(text) } })
    }

    func verify(following head: String? = nil) throws(AuditError) -> AuditVerification {
        try AuditLog.verify(path: file, hash: Self.hash, following: head)
    }

    /// Waits until the thread of a log that was released has closed the file, and with it given back its lock.
    func waitUntilReleased() {
        let descriptor = unsafe open(file, O_RDONLY)
        flock(descriptor, LOCK_EX)
        close(descriptor)
    }

    var bytes: [UInt8] {
        get throws { Array(try Data(contentsOf: URL(filePath: file))) }
    }

    func replace(_ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: file))
    }

    /// The lines as text.
    var lines: [String] {
        get throws { String(decoding: try bytes, as: UTF8.self).split(separator: "\n").map(String.init) }
    }

    /// The lines as JSON.
    var objects: [JSONValue] {
        get throws { try lines.map { try JSONParser.parse(Array($0.utf8)) } }
    }

    /// An FNV-1a sum: unlike texts have unlike hashes, which is all that these tests need.
    static let hash: @Sendable ([UInt8]) -> [UInt8] = { bytes in
        var sum: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }
    }
}
