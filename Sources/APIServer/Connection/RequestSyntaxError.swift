/// A request that no one can be sure to read as it was meant; the connection cannot go on.
struct RequestSyntaxError: Error, Hashable {
    /// A sentence that holds no byte of the client's.
    let detail: String
}
