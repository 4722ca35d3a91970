/// One HTTP answer as it came over the wire.
struct TestAnswer: Sendable {
    let status: Int
    /// Field names in lower case.
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
}
