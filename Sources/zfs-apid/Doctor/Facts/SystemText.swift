import AsyncZFSExecutor
import Glibc
import ZFSCommandBuilder

/// Words for what went wrong.
enum SystemText {
    /// The sentence of an error number, as strerror(3) has it, in small letters.
    static func sentence(_ number: Int32) -> String {
        unsafe String(cString: strerror(number)).lowercased()
    }

    /// Why a command gave no answer.
    static func reason(_ error: any Error) -> String {
        switch error {
        case let error as CommandFailed: error.failure.message
        case ExecutionError.programNotFound(let name, let searched):
            "\(name) is in none of \(searched.joined(separator: ":"))"
        case ExecutionError.cannotExecute(let path, let number): "\(path) cannot be run: \(sentence(number))"
        case ExecutionError.timedOut(let seconds), ExecutionError.notStarted(let seconds):
            "it did not answer within \(Int(seconds)) s"
        case ExecutionError.invalidArgument(let text): "ssh cannot take \(text), which has blanks or special characters"
        case ExecutionError.system(let call, let number): "\(call): \(sentence(number))"
        default: "\(error)"
        }
    }

    /// A number of bytes for people.
    static func size(_ bytes: UInt64) -> String {
        let units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        var value = bytes
        var unit = 0
        while value >= 10_240, unit < units.count - 1 {
            value /= 1024
            unit += 1
        }
        return "\(value) \(units[unit])"
    }
}
