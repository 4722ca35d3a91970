import ArgumentParser
import ZFSAPIClient

/// Where to call, and as whom.
struct ConnectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A profile of config.yaml. Without it: $ZFS_API_PROFILE, or the default one.", valueName: "name"),
        completion: .custom { _, _, _ in ProfileFile.names })
    var profile: String?
    @Option(
        help: ArgumentHelp(
            "http://HOST:PORT, https://HOST:PORT or unix:///PATH, instead of a profile.", valueName: "url"))
    var address: String?
    @Option(help: ArgumentHelp("A file with the bearer token, mode 0600.", valueName: "file"), completion: .file())
    var tokenFile: String?
    @Option(
        help: ArgumentHelp("PEM file of the authorities that sign the certificate of the daemon.", valueName: "file"),
        completion: .file())
    var caFile: String?
    @Option(help: ArgumentHelp("How long a call may take; 0 is without limit.", valueName: "seconds"))
    var timeout: Int?

    /// What a client needs, with the profile and the environment behind it.
    func configuration(_ environment: [String: String] = Environment.all) throws(CommandFailure) -> ClientConfiguration
    {
        // The token of one must not be shown to the other.
        guard profile == nil || address == nil else {
            throw CommandFailure(.usage, "--profile and --address exclude each other")
        }
        let profile = try chosenProfile(environment)
        var place = try profile.serviceAddress() ?? .standard
        if let address { place = try Self.parsed(address) }
        var made = ClientConfiguration(address: place)
        if let tokenFile {
            made.token = .file(tokenFile)
        } else if let token = environment["ZFS_API_TOKEN"] {
            made.token = .token(token)
        } else if let source = try profile.tokenSource() {
            made.token = source
        } else {
            made.token = SavedToken(place).source
        }
        made.tls = profile.tls
        if let caFile { made.tls.authorityFile = caFile }
        let seconds = timeout ?? profile.timeout ?? 120
        made.timeout = seconds == 0 ? nil : .seconds(seconds)
        return made
    }

    private func chosenProfile(_ environment: [String: String]) throws(CommandFailure) -> Profile {
        if let profile { return try ProfileFile.load().profile(profile) }
        if address != nil { return Profile() }
        if let name = environment["ZFS_API_PROFILE"] { return try ProfileFile.load().profile(name) }
        if let text = environment["ZFS_API_ADDRESS"] {
            var made = Profile()
            made.address = text
            return made
        }
        return try ProfileFile.load().standard
    }

    private static func parsed(_ text: String) throws(CommandFailure) -> ServiceAddress {
        do throws(AddressError) {
            return try ServiceAddress(text)
        } catch {
            throw CommandFailure(.usage, error.description)
        }
    }
}
