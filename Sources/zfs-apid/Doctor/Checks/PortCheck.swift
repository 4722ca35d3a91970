import AsyncZFSExecutor
import Glibc
import ZFSRPC

/// Whether the daemon can listen at a place, or already does.
struct PortCheck: DoctorCheck {
    /// Who is at the place.
    enum State: Sendable {
        case free
        case held(SocketHolder?)
        /// Nobody, but it cannot be had: the error number of bind(2) or of the folder.
        case forbidden(Int32)
        /// Somebody may be there, whom this user may not ask.
        case hidden
        /// A file that is no socket.
        case blocked
        /// A socket that a daemon of another user left behind, which ours does not replace.
        case leftBehind(by: ProcessUser)
    }

    let name = "port"
    let listener: Listener
    /// Whether a daemon that answers there is asked for its readiness.
    var asksReadiness = true
    var user = ProcessUser.current

    func findings() async -> [Finding] {
        if case .tcp(_, 0) = listener.place { return [.ok(name, "\(listener.section): the kernel chooses a port")] }
        return await OwnThread.findings(of: name) { [self] in
            guard let endpoint = SocketEndpoint(listener.place) else {
                return [.problem(name, "\(here) is no address of this machine", "change \(listener.section)")]
            }
            let state = state(endpoint)
            guard case .held = state, listener.speaksPlainHTTP else { return judge(state, health: nil, ready: nil) }
            let health = HTTPQuestion.document("/health", from: endpoint)
            let ready = health != nil && asksReadiness ? HTTPQuestion.document("/ready", from: endpoint) : nil
            return judge(state, health: health, ready: ready)
        }
    }

    private var here: String { "\(listener.section) \(listener.text)" }

    /// What the state of the place means.
    /// - Parameters:
    ///   - state: Who is there.
    ///   - health: What `GET /health` says, where it can be asked.
    ///   - ready: What `GET /ready` says.
    func judge(_ state: State, health: JSONValue?, ready: JSONValue?) -> [Finding] {
        switch state {
        case .free: return [.ok(name, "\(here) is free")]
        case .blocked:
            return [.problem(name, "\(here) is a file that is no socket", "remove it, or change \(listener.key)")]
        case .leftBehind(let owner):
            let message = "\(here) is a socket that a daemon of \(owner.name) left behind"
            return [.problem(name, message, "remove it, or run the daemon as \(owner.name)")]
        case .hidden:
            return [
                .warning(
                    name, "\(user.name) may not connect to \(here)", "run this as the user of the daemon or as root")
            ]
        case .forbidden(let number): return [forbidden(number)]
        case .held(let holder):
            if let health, health["status"] == "healthy" { return running(holder, health, ready) }
            return [held(by: holder)]
        }
    }

    private func running(_ holder: SocketHolder?, _ health: JSONValue, _ ready: JSONValue?) -> [Finding] {
        let who = holder?.process.map { "zfs-apid (process \($0))" } ?? "zfs-apid"
        var findings: [Finding] = []
        if case .string(let version)? = health["version"], version != Version.current {
            let message = "\(here) is served by \(who) \(version), while \(Version.current) is installed"
            findings.append(.warning(name, message, "systemctl restart zfs-apid"))
        }
        if ready?["status"] == "unavailable", case .object(let checks)? = ready?["checks"] {
            for check in checks where check.value["ok"] == false {
                let detail = if case .string(let text)? = check.value["detail"] { text } else { "" }
                let message = "\(here) is served by \(who), which is not ready: \(check.name): \(detail)"
                findings.append(.problem(name, message, "journalctl -u zfs-apid"))
            }
        }
        return findings.isEmpty ? [.ok(name, "\(here) is served by \(who), which answers /health")] : findings
    }

    private func held(by holder: SocketHolder?) -> Finding {
        guard let holder, let program = holder.program else {
            let message = "\(here) is in use by \(holder?.text ?? "another program")"
            guard !listener.speaksPlainHTTP else {
                return .problem(
                    name, "\(message), which does not answer /health", "stop that program, or change \(listener.key)")
            }
            // The memory of the daemon is protected, so that only root sees what it has open.
            return .warning(name, "\(message); whether that is zfs-apid, only root can see", "run this as root")
        }
        guard program == "zfs-apid" else {
            return .problem(name, "\(here) is in use by \(holder.text)", "stop that program, or change \(listener.key)")
        }
        guard listener.speaksPlainHTTP else { return .ok(name, "\(here) is held by \(holder.text)") }
        return .problem(
            name, "\(here) is held by \(holder.text), which does not answer /health", "systemctl restart zfs-apid")
    }

    private func forbidden(_ number: Int32) -> Finding {
        let message = "\(here) cannot be had: \(SystemText.sentence(number))"
        let remedy =
            switch (listener.place, number) {
            case (.tcp, EACCES): "take a port from 1024 on, or give the service CAP_NET_BIND_SERVICE"
            case (.tcp, EADDRNOTAVAIL): "give this machine the address, or change \(listener.section).host"
            case (.tcp, _): "change \(listener.section)"
            case (.unix, ENOENT): "make its folder, or change \(listener.key)"
            case (.unix, _): "give its folder to \(user.name), or change \(listener.key)"
            }
        return .problem(name, message, remedy)
    }

    private func state(_ endpoint: SocketEndpoint) -> State {
        guard case .unix(let path) = listener.place else {
            let number = endpoint.tryBinding()
            if number == 0 { return .free }
            return number == EADDRINUSE ? .held(.listening(at: endpoint.address)) : .forbidden(number)
        }
        return state(of: path, endpoint)
    }

    /// The daemon puts its socket over one that it left behind.
    private func state(of path: String, _ endpoint: SocketEndpoint) -> State {
        do {
            let facts = try FileFacts(path)
            guard facts.kind == .socket else { return .blocked }
            // A daemon that serves it has this lock, and would tell of a connection without a request as one that was refused.
            if let process = FileLock.holder(of: path + ".lock") { return .held(SocketHolder(process: process)) }
            do {
                return try endpoint.connect { .held(SocketHolder(ofPeer: $0)) }
            } catch {
                guard error.number == ECONNREFUSED else { return error.number == EACCES ? .hidden : .held(nil) }
                return facts.owner == user.number ? folderState(path) : .leftBehind(by: ProcessUser(facts.owner))
            }
        } catch {
            return error.isMissing ? folderState(path) : .forbidden(error.number)
        }
    }

    private func folderState(_ path: String) -> State {
        guard let folder = try? FileFacts(FileFacts.folder(of: path)) else { return .forbidden(ENOENT) }
        return folder.isWritable ? .free : .forbidden(EACCES)
    }
}
