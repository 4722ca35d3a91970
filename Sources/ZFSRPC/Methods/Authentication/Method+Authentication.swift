extension Method {
    static let authLogin = Method(
        "auth_login", "Checks a password and gives a token; the only method that needs no authentication.", nil,
        scope: .open,
        .required("username", .string, "The user's name."),
        .required("password", .password, "The password. Never logged."),
        result: .object([
            "token": .string("a secret, sent as Authorization: Bearer"),
            "expires_in": .integer("seconds"),
        ])
    ) { call, user, password in
        let issued = try await call.requireAuthority().login(user: user, password: password, peer: call.context.peer)
        return .object(["token": .string(issued.token), "expires_in": .integer(issued.expiresIn)])
    }

    static let authLogout = Method(
        "auth_logout", "Makes the token that the call is made with invalid.", .viewer, scope: .open, isWrite: true,
        result: .object(["logged_out": .constant(true)])
    ) { call in
        guard let tokenID = call.principal?.tokenID else {
            throw RPCError(
                .operationFailed, "not_a_token", "the caller has no token of its own that could be made invalid")
        }
        try await call.requireAuthority().revoke(tokenID: tokenID)
        return .object(["logged_out": true])
    }

    static let authRevoke = Method(
        "auth_revoke", "Makes a token of anybody invalid.", .admin,
        .required("token_id", .tokenID, "The jti of the token, as the audit log has it."),
        result: .object(["token_id": .string(), "revoked": .constant(true)])
    ) { call, tokenID in
        try await call.requireAuthority().revoke(tokenID: tokenID)
        return .object(["token_id": .string(tokenID), "revoked": true])
    }
}

extension Call {
    fileprivate func requireAuthority() throws(RPCError) -> any Authority {
        if let authority { return authority }
        throw RPCError(.operationFailed, "no_users", "this service has no users, so it gives and knows no tokens")
    }
}
