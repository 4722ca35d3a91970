/// A value for one key from outside the file: from a variable of the environment or from a flag.
struct ConfigurationOverride: Sendable, Hashable {
    /// What messages call it: the name of the variable, or the flag.
    let place: String
    /// The dotted key.
    let key: Key
    let text: String

    /// The keys that can be given so.
    enum Key: String, Sendable {
        case host = "server.http.host"
        case port = "server.http.port"
        case logLevel = "logging.level"
        case logFormat = "logging.format"
        case stateDirectory = "state_dir"
        /// Not a key of the file: secrets have no place there.
        case token = "auth.token"
        /// Not a key of the file either.
        case secretKey = "auth.secret_key"
    }

    /// The overrides among variables; an empty one counts as not set.
    static func of(environment: [String: String]) -> [ConfigurationOverride] {
        variables.compactMap { name, key in
            guard let text = environment[name], !text.isEmpty else { return nil }
            return ConfigurationOverride(place: name, key: key, text: text)
        }
    }

    private static let variables: KeyValuePairs<String, Key> = [
        "ZFS_API_HOST": .host,
        "ZFS_API_LOG_FORMAT": .logFormat,
        "ZFS_API_LOG_LEVEL": .logLevel,
        "ZFS_API_PORT": .port,
        "ZFS_API_SECRET_KEY": .secretKey,
        "ZFS_API_STATE_DIR": .stateDirectory,
        "ZFS_API_TOKEN": .token,
    ]

    /// Sets the value of the key; gives the fault of a text that does not have the form.
    func apply(to configuration: inout DaemonConfiguration) -> ConfigurationFault? {
        switch key {
        case .host: take(.host, &configuration.server.http.host)
        case .port: take(.port, &configuration.server.http.port)
        case .logLevel: take(.logLevel, &configuration.logging.level)
        case .logFormat: take(.logFormat, &configuration.logging.format)
        case .stateDirectory: take(.path, &configuration.stateDirectory)
        case .token: take(.token, &configuration.auth.token)
        case .secretKey: take(.signingKey, &configuration.auth.secretKey)
        }
    }

    private func take<Value>(_ form: TextForm<Value>, _ target: inout Value) -> ConfigurationFault? {
        guard let value = form.parse(text) else { return refusal(form.meaning) }
        target = value
        return nil
    }

    private func take<Value>(_ form: TextForm<Value>, _ target: inout Value?) -> ConfigurationFault? {
        guard let value = form.parse(text) else { return refusal(form.meaning) }
        target = value
        return nil
    }

    private func refusal(_ meaning: String) -> ConfigurationFault {
        ConfigurationFault(place: place, key: "", advice: "must be \(meaning)")
    }
}
