/// What a new configuration changes in a running daemon.
struct Reload: Sendable, Hashable {
    /// The changed keys that take effect now.
    let immediate: [String]
    /// The changed keys that take effect at a restart.
    let restart: [String]
    /// The configuration that holds from now on: the old one with the immediate changes.
    let effective: DaemonConfiguration

    /// Compares two configurations.
    ///
    /// Files are not looked into: the certificate, the secrets and the audit log must be opened anew at each reload, as
    /// their names can stay while their contents change.
    static func plan(old: DaemonConfiguration, new: DaemonConfiguration) -> Reload {
        var effective = old
        var immediate: [String] = []
        var restart: [String] = []
        // A listener cannot begin or stop to speak TLS: a client that relies on it would speak in plain text.
        let togglesTLS = old.tls.isOn != new.tls.isOn
        for setting in Setting.all where setting.differs(old, new) {
            if setting.effect == .reload, !togglesTLS || !setting.key.hasPrefix("tls.") {
                setting.copy(&effective, new)
                immediate.append(setting.key)
            } else {
                restart.append(setting.key)
            }
        }
        return Reload(immediate: immediate, restart: restart, effective: effective)
    }

    /// Reads the sources anew and compares what they give with the configuration that holds.
    ///
    /// - Throws: ``ConfigurationError`` with everything that is wrong; the old configuration then stays.
    static func prepare(
        old: DaemonConfiguration,
        _ sources: ConfigurationSources
    ) throws(ConfigurationError) -> Reload {
        plan(old: old, new: try sources.load(checksFiles: true))
    }

    /// The outcome as a sentence for the log.
    var summary: String {
        var parts: [String] = []
        if !immediate.isEmpty { parts.append("in effect now: \(immediate.joined(separator: ", "))") }
        if !restart.isEmpty { parts.append("in effect after a restart: \(restart.joined(separator: ", "))") }
        return parts.isEmpty ? "no key has changed" : parts.joined(separator: "; ")
    }
}
