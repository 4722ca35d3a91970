public import ArgumentParser
public import Authentication

/// `zfs-apid hash-password`: makes the hash of a password for the configuration.
struct HashPassword: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hash-password",
        abstract: "Make the hash of a password for the configuration.",
        discussion: """
            Asks twice for the password on a terminal; reads it from the first line of standard input otherwise. \
            Prints the hash only.
            """
    )

    @Option(help: "How to hash: yescrypt or bcrypt.")
    var method = PasswordMethod.yescrypt
    @Option(help: "How much work a login is: 1 to 8 for yescrypt (5), 4 to 16 for bcrypt (12); each doubles it.")
    var cost: Int?

    func validate() throws {
        if let cost, !method.costs.contains(cost) { throw ValidationError("\(PasswordFault.cost(method))") }
    }

    func run() throws {
        do {
            print(try PasswordHash.make(try PasswordPrompt.read(), method: method, cost: cost))
        } catch let fault as PasswordFault {
            Diagnostic.write("zfs-apid: \(fault)")
            throw ExitCode.failure
        } catch PasswordPromptError.interrupted(let signal) {
            // What a shell says of a program that a signal ended.
            throw ExitCode(128 + signal)
        } catch let error as PasswordPromptError {
            Diagnostic.write("zfs-apid: \(error)")
            throw ExitCode.failure
        }
    }
}

extension PasswordMethod: ExpressibleByArgument {}
