import ArgumentParser
import ZFSAPIClient

/// How a stream goes.
struct RouteOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "auto, http, tcp, unix, or a transfer socket: tcp://HOST:PORT, unix:///PATH.", valueName: "route"),
        completion: .list(["auto", "http", "tcp", "unix"]))
    var over = RouteWord(route: .automatic)
}

/// A route as it is written.
struct RouteWord: ExpressibleByArgument {
    let route: TransferRoute

    init(route: TransferRoute) { self.route = route }

    init?(argument: String) {
        switch argument {
        case "auto": route = .automatic
        case "http": route = .http
        case "tcp": route = .tcp
        case "unix": route = .unix
        default:
            guard let place = try? TransferAddress(argument) else { return nil }
            route = .socket(place)
        }
    }

    /// What the help shows.
    var defaultValueDescription: String { "auto" }
}
