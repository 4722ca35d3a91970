/// Who makes a call.
public enum Caller: Sendable {
    /// Somebody who was authenticated.
    case principal(Principal)
    /// Nobody; every call but `auth_login` is answered with the error, whatever it asks for.
    case nobody(RPCError)

    /// Nobody, because no credentials were given.
    /// - Parameter sentence: What speaks against serving the caller without them, for instance by the localhost rule.
    public static func nobody(because sentence: String) -> Caller {
        .nobody(RPCError(.authenticationRequired, "authentication_required", sentence))
    }

    /// The principal, nil for nobody.
    public var principal: Principal? {
        if case .principal(let principal) = self { principal } else { nil }
    }

    /// What nobody is answered; nil for a principal.
    var refusal: RPCError? {
        if case .nobody(let error) = self { error } else { nil }
    }
}
