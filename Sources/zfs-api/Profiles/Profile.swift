import ZFSAPIClient

/// A named connection of `config.yaml`.
struct Profile {
    var address: String?
    var tokenFile: String?
    var tokenCommand: [String]?
    var tls = ClientConfiguration.TLS()
    var timeout: Int?

    /// Where it calls; nil when the profile does not say.
    func serviceAddress() throws(CommandFailure) -> ServiceAddress? {
        guard let address else { return nil }
        do throws(AddressError) {
            return try ServiceAddress(address)
        } catch {
            throw CommandFailure(.configuration, "address: \(error.description)")
        }
    }

    /// Where its token comes from; nil when it names none.
    func tokenSource() throws(CommandFailure) -> TokenSource? {
        switch (tokenFile, tokenCommand) {
        case (nil, nil): return nil
        case (let file?, nil): return .file(file)
        case (nil, let command?): return .command(command)
        case (_?, _?): throw CommandFailure(.configuration, "a profile has one of token_file and token_command")
        }
    }
}
