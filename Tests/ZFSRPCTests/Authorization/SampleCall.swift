@testable import ZFSRPC

extension Method {
    /// Parameters that the declaration accepts: what is required, and what names a dataset.
    var sampleParameters: JSONValue {
        .object(
            parameters.filter { $0.isRequired || $0.target != nil || ["size_bytes", "snapshot"].contains($0.name) }
                .map { JSONMember($0.name, $0.example) })
    }

    /// Every method that can be called.
    static var all: [Method] { catalogue + [OpenRPCDocument.discover(.null)] }
}
