extension RPCServer {
    /// The names of every method, `rpc.discover` included: a closed set, fit for the labels of metrics.
    public static var methodNames: [String] {
        Method.catalogue.map(\.name) + ["rpc.discover"]
    }
}
