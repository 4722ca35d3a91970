import ZFSCommandBuilder
import ZFSRPC

/// Somebody who is recognised by the credentials of a process on the Unix socket: a member of `auth.peers`.
struct PeerConfiguration: Sendable, Hashable {
    /// Who is meant.
    enum Subject: Sendable, Hashable {
        /// A user of the system by name.
        case user(String)
        /// A user of the system by number.
        case uid(UInt32)
        /// A group of the system by name.
        case group(String)
    }

    let subject: Subject
    let role: Role
    /// The subtrees the peer may name; nil for all.
    let datasets: [DatasetName]?

    /// Reads a member of the list; nil when it has faults, which are then reported.
    init?(_ section: ConfigurationSection) {
        let user = section.text("user", Self.user)
        let group = section.text("group", .systemName)
        let role = section.text("role", .role)
        let datasets = section.list("datasets", .dataset)
        if !section.has("role") { section.fault("role", "is missing; give viewer, operator or admin") }
        guard section.has("user") != section.has("group") else {
            section.fault("user", "give either user or group")
            return nil
        }
        guard let subject = user ?? group.map(Subject.group), let role else { return nil }
        self.subject = subject
        self.role = role
        self.datasets = datasets
    }

    /// A number is a user id; a user of the system cannot have a name of digits only (useradd(8)).
    private static var user: TextForm<Subject> {
        TextForm(meaning: "the name or the number of a user of this system") { text in
            if let uid = UInt32(text) {
                // The largest number means "none" to chown(2) and to SO_PEERCRED.
                return uid == .max ? nil : .uid(uid)
            }
            return TextForm.systemName.parse(text).map(Subject.user)
        }
    }
}
