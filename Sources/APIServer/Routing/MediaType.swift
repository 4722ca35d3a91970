/// Reads the `Content-Type` header as far as the JSON-RPC endpoint needs it.
enum MediaType {
    /// Whether the type is `application/json` or `application/json-rpc`, in UTF-8 if it names a character set.
    static func isJSON(_ value: String) -> Bool {
        if value == "application/json" { return true }
        let parts = value.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmingBlanks)
        guard
            let type = parts.first,
            type.isEqualIgnoringCase("application/json") || type.isEqualIgnoringCase("application/json-rpc")
        else { return false }
        return parts.dropFirst().allSatisfy { parameter in
            let halves = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let pair = halves.map { String($0) }
            guard pair.count == 2, !pair[0].isEmpty, !pair[1].isEmpty else { return false }
            guard pair[0].isEqualIgnoringCase("charset") else { return true }
            return pair[1].isEqualIgnoringCase("utf-8") || pair[1].isEqualIgnoringCase("\"utf-8\"")
        }
    }

    /// Whether `Accept` headers name a type, with or without parameters.
    static func accepted(in headers: [String], _ type: String) -> Bool {
        headers.contains { header in
            header.split(separator: ",").contains { range in
                range.prefix { $0 != ";" }.trimmingBlanks.isEqualIgnoringCase(type)
            }
        }
    }
}
