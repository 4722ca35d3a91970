internal import ZFSCommandBuilder
internal import ZFSReplication

extension Principal {
    /// Whether it may see and end what others began.
    var managesTransfersOfAll: Bool { role == .admin && subtrees == nil }

    /// Checks whether it may run a transfer: the role, and the datasets that it reaches.
    ///
    /// A receive that forces can replace the dataset that it names, with all limits on it: at the top of a subtree that
    /// is not for the principal who is limited to it.
    /// - Throws: `RPCError` with code -32042.
    func check(_ request: TransferRequest) throws(RPCError) {
        let needed = request.operation.role
        let name = "a transfer that \(request.operation.rawValue)s"
        if role < needed {
            throw RPCError(
                .notAllowed, "not_allowed", "\(name) needs role \(needed.rawValue); \(self.name) has \(role.rawValue)")
        }
        switch request {
        case .send(let send):
            let datasets = [send.snapshot.dataset] + (send.origin.map { [$0.dataset] } ?? [])
            try check(Reach(datasets: datasets), of: name)
        case .receive(let receive) where receive.force: try check(Reach(entries: [receive.dataset]), of: name)
        case .receive(let receive): try check(Reach(datasets: [receive.dataset]), of: name)
        }
    }
}

extension TransferRequest.Operation {
    /// The least role for it.
    var role: Role {
        switch self {
        case .send: .operator
        case .receive: .admin
        }
    }
}
