extension Method {
    /// The most bytes that the parameters take in a record.
    static let recordLimit = 4096

    /// The parameters of a call for its record: one JSON object by name, at most 4096 bytes.
    ///
    /// Secrets are `"***"`. Members that the method does not declare are left out, since nobody knows what they hold.
    /// When the object is too long, its longest values are replaced by their lengths.
    func record(of parameters: JSONValue?) -> [UInt8] {
        let given: [(ParameterDescription, JSONValue)] =
            switch parameters {
            case .array(let values): Array(zip(self.parameters, values))
            case .object(let members):
                members.compactMap { member in
                    self.parameters.first { $0.name == member.name }.map { ($0, member.value) }
                }
            default: []
            }
        var members = given.map { JSONMember($0.name, $0.isSecret ? "***" : $1) }
        var lengths = members.map { $0.value.encoded.count }
        var encoded = JSONValue.object(members).encoded
        while encoded.count > Self.recordLimit, let longest = lengths.indices.max(by: { lengths[$0] < lengths[$1] }) {
            members[longest].value = .string("(\(lengths[longest]) bytes)")
            lengths[longest] = 0
            encoded = JSONValue.object(members).encoded
        }
        return encoded
    }
}
