internal import ZFSCommandBuilder

extension Principal {
    /// Checks what can be checked before the parameters are read: role and limits against the method.
    /// - Throws: `RPCError` with code -32042.
    func check(_ method: Method) throws(RPCError) {
        if let needed = method.role, role < needed {
            throw RPCError(
                .notAllowed, "not_allowed",
                "\(method.name) needs role \(needed.rawValue); \(name) has \(role.rawValue)")
        }
        if let subtrees, method.scope == .everything {
            throw RPCError(
                .notAllowed, "not_allowed",
                "\(method.name) reaches more than the datasets that it names; "
                    + "\(name) is limited to \(Self.list(subtrees))")
        }
    }

    /// Checks what a call reaches against the subtrees.
    ///
    /// Names alone decide, so a refusal does not tell what exists.
    /// - Throws: `RPCError` with code -32042.
    func check(_ reach: Reach, of method: Method) throws(RPCError) {
        if method.scope != .open { try check(reach, of: method.name) }
    }

    /// Checks what something reaches against the subtrees.
    /// - Parameter name: How errors call it.
    /// - Throws: `RPCError` with code -32042.
    func check(_ reach: Reach, of name: String) throws(RPCError) {
        guard let subtrees else { return }
        if reach.datasets.isEmpty, reach.entries.isEmpty {
            throw outside("\(name) without a dataset reaches all of them; name one within", subtrees)
        }
        for dataset in reach.datasets + reach.entries where !subtrees.contains(where: { dataset.isWithin($0) }) {
            throw outside("\(dataset) is not within", subtrees)
        }
        // The top came with limits and properties of its own, which a new dataset of that name would not have.
        for entry in reach.entries where isTop(entry, of: subtrees) {
            throw outside("\(entry) itself can not be made, removed or renamed, only what is below", subtrees)
        }
        for property in reach.changedProperties + reach.givenProperties where !ConfinedProperty.contains(property) {
            throw notAllowed("the property \(property) can reach out of a subtree", subtrees)
        }
        for property in reach.changedProperties where ConfinedProperty.limits.contains(property.text) {
            guard let top = reach.datasets.first(where: { isTop($0, of: subtrees) }) else { continue }
            throw notAllowed("\(property) of \(top) limits the subtree itself", subtrees)
        }
        for effect in reach.outward { throw notAllowed(effect, subtrees) }
    }

    private func isTop(_ dataset: DatasetName, of subtrees: [DatasetName]) -> Bool {
        !subtrees.contains { dataset != $0 && dataset.isWithin($0) }
    }

    private func outside(_ problem: String, _ subtrees: [DatasetName]) -> RPCError {
        RPCError(.notAllowed, "outside_subtrees", "\(problem) what \(name) is limited to: \(Self.list(subtrees))")
    }

    private func notAllowed(_ problem: String, _ subtrees: [DatasetName]) -> RPCError {
        RPCError(.notAllowed, "not_allowed", "\(problem); \(name) is limited to \(Self.list(subtrees))")
    }

    private static func list(_ subtrees: [DatasetName]) -> String {
        if subtrees.isEmpty { return "no dataset" }
        return subtrees.prefix(5).map(\.text).joined(separator: ", ") + (subtrees.count > 5 ? ", ..." : "")
    }
}
