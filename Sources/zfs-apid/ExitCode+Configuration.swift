import ArgumentParser

extension ExitCode {
    /// sysexits.h, EX_CONFIG: something was found in an unconfigured or misconfigured state.
    static let configuration = ExitCode(78)
}
