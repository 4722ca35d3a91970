/// A place where the daemon of a configuration listens.
struct Listener: Sendable, Hashable {
    enum Place: Sendable, Hashable {
        case tcp(host: String, port: Int)
        case unix(path: String)
    }

    /// Its section of the configuration.
    let section: String
    let place: Place
    /// Whether it answers requests of HTTP, without TLS.
    let speaksPlainHTTP: Bool

    var text: String {
        switch place {
        case .tcp(let host, let port):
            host.contains(":") && !host.hasPrefix("[") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): path
        }
    }

    /// The key that moves it.
    var key: String {
        switch place {
        case .tcp: "\(section).port"
        case .unix: "\(section).path"
        }
    }
}

extension DaemonConfiguration {
    /// All of them, those of HTTP first.
    var places: [Listener] {
        var places = [
            Listener(
                section: "server.http", place: .tcp(host: server.http.host, port: server.http.port),
                speaksPlainHTTP: !tls.isOn)
        ]
        if let path = server.unixHTTP.path {
            places.append(Listener(section: "server.unix_http", place: .unix(path: path), speaksPlainHTTP: true))
        }
        if server.tcp.enabled {
            places.append(
                Listener(
                    section: "server.tcp", place: .tcp(host: server.tcp.host, port: server.tcp.port),
                    speaksPlainHTTP: false))
        }
        if let path = server.unix.path {
            places.append(Listener(section: "server.unix", place: .unix(path: path), speaksPlainHTTP: false))
        }
        return places
    }
}
