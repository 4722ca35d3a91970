import APIServer
import Logging

extension DaemonConfiguration {
    static let hostAdvice =
        "must be a loopback address (127.0.0.1, ::1 or localhost): there is no authentication yet that would protect another"
    static let portAdvice = "must be a port number from 0 to 65535"
    static let levelAdvice = "must be one of trace, debug, info, notice, warning, error, critical"
    static let formatAdvice = "must be json or text"

    /// A host that may be listened on without authentication.
    static func host(_ text: String) -> String? {
        LoopbackName.matches(text) ? text : nil
    }

    /// A TCP port.
    static func port(_ text: String) -> Int? {
        Int(text).flatMap { (0...65_535).contains($0) ? $0 : nil }
    }

    /// Overlays the environment variables `ZFS_API_HOST`, `ZFS_API_PORT`, `ZFS_API_LOG_LEVEL`, `ZFS_API_LOG_FORMAT`.
    ///
    /// - Throws: ``ConfigurationError`` with every variable that has no usable value.
    mutating func apply(environment: [String: String]) throws(ConfigurationError) {
        var faults: [ConfigurationFault] = []
        func take<Value>(_ name: String, _ target: inout Value, _ advice: String, _ parse: (String) -> Value?) {
            guard let text = environment[name], !text.isEmpty else { return }
            if let value = parse(text) {
                target = value
            } else {
                faults.append(ConfigurationFault(place: name, key: "", advice: advice))
            }
        }
        take("ZFS_API_HOST", &http.host, Self.hostAdvice, Self.host)
        take("ZFS_API_PORT", &http.port, Self.portAdvice, Self.port)
        take("ZFS_API_LOG_LEVEL", &logging.level, Self.levelAdvice) { Logger.Level(rawValue: $0) }
        take("ZFS_API_LOG_FORMAT", &logging.format, Self.formatAdvice) { LogFormat(rawValue: $0) }
        guard faults.isEmpty else { throw ConfigurationError(faults: faults) }
    }
}
