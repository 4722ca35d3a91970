/// The configuration as the daemon would read it now, and everything that is wrong with it.
struct LoadedConfiguration: Sendable {
    /// The file; nil for none.
    let path: String?
    /// What can be worked with, although a file that it names may have a fault; nil when it cannot be read.
    let configuration: DaemonConfiguration?
    let faults: [ConfigurationFault]

    /// Reads it; blocks as long as its files do.
    init(_ sources: ConfigurationSources) {
        path = sources.path
        configuration = try? sources.load()
        do {
            _ = try sources.load(checksFiles: true)
            faults = []
        } catch {
            faults = error.faults
        }
    }

    /// When the files did not answer in time.
    init(hanging path: String?) {
        self.path = path
        configuration = nil
        faults = [
            ConfigurationFault(place: path ?? "configuration", key: "", advice: "cannot be read: it takes too long")
        ]
    }
}
