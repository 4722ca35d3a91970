internal import ZFSCommandBuilder
internal import ZFSRPC

/// What a token says (RFC 7519 section 4).
struct Claims: Sendable, Hashable {
    /// `iss` of every token.
    static let issuer = "zfs-apid"

    /// `sub`, `role`, `datasets` and `standalone`.
    let subject: TokenSubject
    /// `jti`.
    let tokenID: TokenID
    /// `iat`, in seconds since 1970.
    let issuedAt: Int
    /// `nbf`, in seconds since 1970; we set none.
    let notBefore: Int?
    /// `aud`; more than one when others than us made the token.
    let audience: [String]

    /// `exp`, in seconds since 1970.
    var expires: Int { tokenID.expires }

    /// Makes the claims of a new token.
    init(subject: TokenSubject, tokenID: TokenID, issuedAt: Int, audience: String?) {
        self.subject = subject
        self.tokenID = tokenID
        self.issuedAt = issuedAt
        notBefore = nil
        self.audience = audience.map { [$0] } ?? []
    }

    /// Reads the payload of a token; nil when a claim that is needed is missing, or one is not of its type.
    init?(payload: [UInt8]) {
        guard
            let json = try? JSONParser.parse(payload),
            json["iss"] == .string(Self.issuer),
            let subject = TokenSubject(claims: json),
            case .number(let expires) = json["exp"],
            case .number(let issued) = json["iat"], let issuedAt = NumericDate.seconds(issued),
            case .string(let identifier) = json["jti"], let tokenID = TokenID(identifier),
            NumericDate.seconds(expires) == tokenID.expires
        else { return nil }
        self.subject = subject
        self.tokenID = tokenID
        self.issuedAt = issuedAt
        switch json["nbf"] {
        case nil: notBefore = nil
        case .number(let text):
            guard let seconds = NumericDate.seconds(text) else { return nil }
            notBefore = seconds
        default: return nil
        }
        switch json["aud"] {
        case nil: audience = []
        case .string(let name): audience = [name]
        case .array(let names):
            guard let names = names.texts, !names.isEmpty else { return nil }
            audience = names
        default: return nil
        }
    }

    /// The payload of a token.
    var payload: [UInt8] {
        var members = [
            JSONMember("iss", .string(Self.issuer)),
            JSONMember("sub", .string(subject.name)),
            JSONMember("iat", .number(String(issuedAt))),
            JSONMember("exp", .number(String(expires))),
            JSONMember("jti", .string(tokenID.description)),
            JSONMember("role", .string(subject.role.rawValue)),
        ]
        if let audience = audience.first { members.append(JSONMember("aud", .string(audience))) }
        // The datasets of a user are in the configuration, and may be more than a token has room for.
        if subject.isStandalone {
            if let subtrees = subject.subtrees {
                members.append(JSONMember("datasets", .array(subtrees.map { .string($0.text) })))
            }
            members.append(JSONMember("standalone", true))
        }
        return JSONValue.object(members).encoded
    }
}

extension TokenSubject {
    /// Reads the claims that say who the token stands for; nil when one is missing or not legal.
    fileprivate init?(claims json: JSONValue) {
        guard
            case .string(let name) = json["sub"], User.isLegal(name: name),
            case .string(let roleName) = json["role"], let role = Role(rawValue: roleName)
        else { return nil }
        var subtrees: [DatasetName]?
        switch json["datasets"] {
        case nil: break
        case .array(let elements):
            guard let texts = elements.texts else { return nil }
            var names: [DatasetName] = []
            for text in texts {
                guard let name = try? DatasetName(text) else { return nil }
                names.append(name)
            }
            subtrees = names
        default: return nil
        }
        switch json["standalone"] {
        case nil, .bool(false): self.init(name: name, role: role, subtrees: subtrees, isStandalone: false)
        case .bool(true): self.init(name: name, role: role, subtrees: subtrees, isStandalone: true)
        default: return nil
        }
    }
}

extension [JSONValue] {
    /// The strings of an array that has nothing else; nil for another array.
    fileprivate var texts: [String]? {
        var texts: [String] = []
        for element in self {
            guard case .string(let text) = element else { return nil }
            texts.append(text)
        }
        return texts
    }
}
