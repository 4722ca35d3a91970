import APIServer
import CLinux
import Glibc

extension AccessRules {
    /// The rules of a configuration.
    /// - Parameter unknown: Is told of users and groups of `auth.peers` that this system does not have.
    init(_ configuration: DaemonConfiguration, unknown: (String) -> Void) {
        var peers: [PeerRule] = []
        for peer in configuration.auth.peers {
            switch peer.subject {
            case .uid(let uid):
                peers.append(PeerRule(users: [uid], role: peer.role, subtrees: peer.datasets))
            case .user(let name):
                guard let uid = SystemUser.uid(of: name) else {
                    unknown("user \(name)")
                    continue
                }
                peers.append(PeerRule(users: [uid], role: peer.role, subtrees: peer.datasets))
            case .group(let name):
                guard let group = SystemGroup(name) else {
                    unknown("group \(name)")
                    continue
                }
                let users = Set(group.members.compactMap(SystemUser.uid))
                peers.append(PeerRule(users: users, group: group.gid, role: peer.role, subtrees: peer.datasets))
            }
        }
        self.init(
            localhostBypass: configuration.auth.localhostBypass,
            trustedProxies: configuration.auth.trustedProxies,
            peers: peers,
            rateLimit: configuration.rateLimit.enabled ? configuration.rateLimit.limit.rate : nil,
            showsMetricsToAll: configuration.metrics.isPublic
        )
    }
}

/// The users of this system.
enum SystemUser {
    /// The number of a user; nil when there is none of that name (getpwnam_r(3)).
    static func uid(of name: String) -> UInt32? {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard unsafe getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, unsafe found != nil else {
            return nil
        }
        return unsafe entry.pw_uid
    }
}

/// A group of this system.
struct SystemGroup {
    let gid: UInt32
    /// Names of users for whom it is a supplementary group.
    let members: [String]

    /// Looks a group up; nil when there is none of that name (getgrnam_r(3)).
    init?(_ name: String) {
        var entry = unsafe group()
        var found: UnsafeMutablePointer<group>?
        var buffer = [CChar](repeating: 0, count: 65_536)
        guard unsafe getgrnam_r(name, &entry, &buffer, buffer.count, &found) == 0, unsafe found != nil else {
            return nil
        }
        gid = unsafe entry.gr_gid
        var members: [String] = []
        if let list = unsafe entry.gr_mem {
            var index = 0
            while let member = unsafe list[index] {
                unsafe members.append(String(cString: member))
                index += 1
            }
        }
        self.members = members
    }
}
