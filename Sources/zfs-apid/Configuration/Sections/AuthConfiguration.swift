import APIServer
import ZFSRPC

/// Who may do what: `auth`.
struct AuthConfiguration: Sendable, Hashable {
    /// Who may log in with a password.
    var users: [UserConfiguration] = []
    /// Who is recognised on the Unix socket; the first that matches counts.
    var peers: [PeerConfiguration] = []
    /// File of the key that signs tokens; nil for `jwt.secret` in the state folder, which is made at the first start.
    var secretFile: String?
    /// File of the key before it, which still verifies.
    var previousSecretFile: String?
    /// The signing key of `ZFS_API_SECRET_KEY`; it wins over the file.
    var secretKey: SecretText?
    /// File of the static token.
    var tokenFile: String?
    /// The static token of `ZFS_API_TOKEN`; it wins over the file.
    var token: SecretText?
    /// What the static token may do.
    var tokenRole = Role.admin
    /// How long a token of a login is good.
    var tokenLifetime = Duration.seconds(1800)
    /// Whom tokens are for; nil when that is not checked.
    var audience: String?
    /// Whether direct callers on this machine are admins without a token.
    var localhostBypass = true
    /// Proxies that are believed about whom they forward.
    var trustedProxies: [AddressRange] = []
    /// Logins per address and per user.
    var loginLimit = RequestLimit(requests: 10)

    mutating func read(_ section: ConfigurationSection) {
        readUsers(section)
        readPeers(section)
        section.refuse("secret", Self.secretAdvice)
        section.refuse("secret_key", Self.secretAdvice)
        section.refuse("token", Self.tokenAdvice)
        section.text("secret_file", .path, into: &secretFile)
        section.text("previous_secret_file", .path, into: &previousSecretFile)
        section.text("token_file", .path, into: &tokenFile)
        section.text("token_role", .role, into: &tokenRole)
        section.seconds("token_lifetime", 60...86_400, into: &tokenLifetime)
        section.text("audience", .word, into: &audience)
        section.flag("localhost_bypass", into: &localhostBypass)
        trustedProxies = section.list("trusted_proxies", .addressRange, allowsEmpty: true) ?? trustedProxies
        section.section("login_limit") { loginLimit.read($0) }
    }

    private static let secretAdvice =
        "a secret must not be in this file; put it into a file with mode 0600 and name that as secret_file"
    private static let tokenAdvice =
        "a token must not be in this file; put it into a file with mode 0600 and name that as token_file"

    private mutating func readUsers(_ section: ConfigurationSection) {
        var names: Set<String> = []
        section.items("users", into: &users) { item in
            guard let user = UserConfiguration(item) else { return nil }
            guard names.insert(user.name).inserted else {
                item.fault("name", "is the name of an earlier user too; give each user one entry")
                return nil
            }
            return user
        }
    }

    private mutating func readPeers(_ section: ConfigurationSection) {
        var subjects: Set<PeerConfiguration.Subject> = []
        section.items("peers", into: &peers) { item in
            guard let peer = PeerConfiguration(item) else { return nil }
            guard subjects.insert(peer.subject).inserted else {
                item.fault(item.has("user") ? "user" : "group", "is in an earlier entry too; keep one")
                return nil
            }
            return peer
        }
    }
}
