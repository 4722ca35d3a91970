import APIServer
import Logging
import Yams

extension DaemonConfiguration {
    /// Overlays the text of a configuration file; what it does not name keeps its value.
    ///
    /// - Throws: ``ConfigurationError`` with every fault of the file, each with line and column.
    mutating func apply(yaml text: String, file: String) throws(ConfigurationError) {
        var faults: [ConfigurationFault] = []
        let root: Node?
        do {
            root = try compose(yaml: text)
        } catch {
            throw ConfigurationError(faults: [Self.fault(of: error, file: file)])
        }
        let top = ConfigurationSection(root, file: file, faults: &faults)
        top.refuseKeys(except: ["server", "logging", "zfs"], &faults)
        applyServer(top.section("server", faults: &faults), &faults)
        applyLogging(top.section("logging", faults: &faults), &faults)
        applyZFS(top.section("zfs", faults: &faults), &faults)
        guard faults.isEmpty else { throw ConfigurationError(faults: faults) }
    }

    private mutating func applyServer(_ server: ConfigurationSection, _ faults: inout [ConfigurationFault]) {
        server.refuseKeys(except: ["http"], &faults)
        let section = server.section("http", faults: &faults)
        section.refuseKeys(except: ["host", "port", "limits"], &faults)
        section.text("host", into: &http.host, Self.hostAdvice, &faults, parse: Self.host)
        section.integer("port", 0...65_535, into: &http.port, &faults)
        let limits = section.section("limits", faults: &faults)
        let known = ["body_bytes", "header_bytes", "idle_timeout", "request_timeout", "connections"]
        limits.refuseKeys(except: known, &faults)
        limits.integer("body_bytes", 1024...(1 << 30), into: &http.limits.bodyBytes, &faults)
        limits.integer("header_bytes", 1024...(1 << 20), into: &http.limits.headerBytes, &faults)
        limits.seconds("idle_timeout", 1...86_400, into: &http.limits.idleTimeout, &faults)
        limits.seconds("request_timeout", 1...86_400, into: &http.limits.requestTimeout, &faults)
        limits.integer("connections", 1...1_000_000, into: &http.limits.connections, &faults)
    }

    private mutating func applyLogging(_ section: ConfigurationSection, _ faults: inout [ConfigurationFault]) {
        section.refuseKeys(except: ["level", "format"], &faults)
        section.text("level", into: &logging.level, Self.levelAdvice, &faults) { Logger.Level(rawValue: $0) }
        section.text("format", into: &logging.format, Self.formatAdvice, &faults) { LogFormat(rawValue: $0) }
    }

    private mutating func applyZFS(_ section: ConfigurationSection, _ faults: inout [ConfigurationFault]) {
        section.refuseKeys(except: ["path", "max_processes", "queue", "deadline", "share_reads"], &faults)
        section.list("path", into: &zfs.path, "must be a list of absolute folders", &faults) {
            $0.utf8.first == UInt8(ascii: "/") && !$0.utf8.contains(0) && !$0.utf8.contains(UInt8(ascii: ":"))
        }
        section.integer("max_processes", 1...1024, into: &zfs.maxProcesses, &faults)
        section.integer("queue", 0...1_000_000, into: &zfs.queue, &faults)
        section.integer("deadline", 1...86_400, into: &zfs.deadline, &faults)
        section.flag("share_reads", into: &zfs.shareReads, &faults)
    }

    private static func fault(of error: any Error, file: String) -> ConfigurationFault {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return ConfigurationFault(place: "\(file):\(mark.line):\(mark.column)", key: "", advice: problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            // Yams names the mapping as a whole here; the keys tell which line is meant.
            let names = duplicates.map { String(describing: $0) }.joined(separator: ", ")
            let place = "\(file):\(context.mark.line):\(context.mark.column)"
            return ConfigurationFault(place: place, key: names, advice: "is given more than once; keep one")
        case .some, .none:
            return ConfigurationFault(place: file, key: "", advice: "is not valid YAML in UTF-8")
        }
    }
}
