import AsyncZFSExecutor
import Glibc

/// Whether the user that this runs as may use the folders and files that the daemon uses.
struct PermissionsCheck: DoctorCheck {
    let name = "permissions"
    let configuration: DaemonConfiguration
    var user = ProcessUser.current

    func findings() async -> [Finding] {
        await OwnThread.findings(of: name) { [self] in
            let findings = stateFolder() + stateFiles() + auditLog() + roots() + sshFiles()
            return findings.isEmpty
                ? [.ok(name, "\(user.name) may use the folders and files of the configuration")] : findings
        }
    }

    private func stateFolder() -> [Finding] {
        let path = configuration.stateDirectory
        let facts: FileFacts
        do {
            facts = try FileFacts(path)
        } catch {
            let parent = FileFacts.folder(of: path)
            if error.isMissing, let parent = try? FileFacts(parent), parent.kind == .folder, parent.isWritable {
                return []
            }
            return [
                .problem(
                    name, "the state folder \(path) cannot be used: \(SystemText.sentence(error.number))",
                    "install -d -m 0700 -o \(user.name) \(path), or set state_dir")
            ]
        }
        guard facts.kind == .folder else {
            return [.problem(name, "the state folder \(path) is no folder", "move it away, or set state_dir")]
        }
        let owner = ProcessUser(facts.owner)
        guard facts.isReadable, facts.isWritable else {
            let message = "\(user.name) may not read and write the state folder \(path), which belongs to \(owner.name)"
            return [.problem(name, message, "chown -R \(user.name) \(path), or \(asOwner(owner))")]
        }
        var findings: [Finding] = []
        if facts.owner != user.number {
            let message = "the state folder \(path) belongs to \(owner.name), so the daemon may run as that user"
            findings.append(.warning(name, message, asOwner(owner)))
        }
        if facts.isOpenToOthers {
            let message = "the state folder \(path) has mode \(facts.modeText), so others may look into it"
            findings.append(.warning(name, message, "chmod 0700 \(path)"))
        }
        return findings
    }

    private func asOwner(_ owner: ProcessUser) -> String {
        "look as that user: runuser -u \(owner.name) -- zfs-apid doctor"
    }

    /// What the daemon makes there, which a run as another user may have made.
    private func stateFiles() -> [Finding] {
        let folder = configuration.stateDirectory
        let names = ["transfers.sqlite", "transfers.sqlite-wal", "transfers.sqlite-shm", "revoked-tokens", "ssh"]
        let found = names.compactMap { try? FileFacts("\(folder)/\($0)") }
        let useless = found.filter { !$0.isReadable || !$0.isWritable }
        if let first = useless.first {
            let more = useless.count == 1 ? "" : " and \(useless.count - 1) more"
            let message =
                "\(user.name) may not read and write \(first.path)\(more), of \(ProcessUser(first.owner).name)"
            return [.problem(name, message, "chown -R \(user.name) \(folder)")]
        }
        return found.filter(\.isOpenToOthers).map { facts in
            let message = "\(facts.path) has mode \(facts.modeText), so others may use it"
            return .warning(name, message, "chmod go= \(facts.path)")
        }
    }

    private func auditLog() -> [Finding] {
        guard let path = configuration.auditFile else { return [] }
        let isRequired = configuration.audit.required
        func fault(_ message: String) -> [Finding] {
            let remedy = "make it writable for \(user.name), or set audit.file"
            return isRequired
                ? [.problem(name, "\(message), so every write is refused", remedy)] : [.warning(name, message, remedy)]
        }
        if let facts = try? FileFacts(path) {
            return facts.isWritable ? [] : fault("\(user.name) may not write the audit log \(path)")
        }
        let folder = FileFacts.folder(of: path)
        // The state folder has a finding of its own, and may be made at the start.
        if folder == configuration.stateDirectory { return [] }
        guard let facts = try? FileFacts(folder), facts.kind == .folder, facts.isWritable else {
            return fault("\(user.name) cannot make the audit log \(path)")
        }
        return []
    }

    private func roots() -> [Finding] {
        configuration.files.roots.compactMap { root in
            guard let facts = try? FileFacts(root), !facts.isReadable || !facts.isWritable else { return nil }
            let right = facts.isReadable ? "write" : "enter"
            return .warning(
                name, "\(user.name) may not \(right) \(root) of files.roots",
                "give the folder to \(user.name), or take it out")
        }
    }

    private func sshFiles() -> [Finding] {
        let files = [
            ("ssh.identity_file", configuration.ssh.identityFile, true),
            ("ssh.known_hosts_file", configuration.ssh.knownHostsFile, false),
        ]
        return files.compactMap { key, path, isSecret in
            guard let path else { return nil }
            guard let facts = try? FileFacts(path), facts.kind == .file, facts.isReadable else {
                return .problem(
                    name, "\(key): \(path) is missing, or \(user.name) may not read it", "make it, or name another file"
                )
            }
            // ssh refuses such a key of its own user, and says so only between other lines.
            guard isSecret, facts.isOpenToOthers else { return nil }
            let message = "\(key): \(path) has mode \(facts.modeText), so others may use the key, and ssh refuses it"
            return .problem(name, message, "chmod 0600 \(path)")
        }
    }
}
