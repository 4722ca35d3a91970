import ArgumentParser
import Authentication
import Observability

/// `zfs-apid audit`: the audit log.
struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the audit log.",
        subcommands: [AuditVerify.self]
    )
}

/// `zfs-apid audit verify`: finds out whether lines of an audit log were changed, removed or moved.
struct AuditVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that no line of an audit log was changed, removed or moved."
    )

    @Argument(help: "The file.")
    var file: String

    func run() throws {
        do {
            let result = try AuditLog.verify(path: file) { (try? Digest256.digest(of: $0)) ?? [] }
            for fault in result.faults { Diagnostic.write("zfs-apid: \(file): \(fault)") }
            guard result.isIntact else { throw ExitCode.failure }
            print("\(file) is intact: \(result.lines) lines")
        } catch let error as AuditError {
            Diagnostic.write("zfs-apid: \(error)")
            throw ExitCode.failure
        }
    }
}
