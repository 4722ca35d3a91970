internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

/// A send that goes on where a receive broke off.
struct Resumption {
    /// What runs.
    let command: ZFS.SendResume
    /// What the token says.
    let contents: ResumeTokenContents
    /// What is left of the stream.
    let estimate: StreamEstimate
}

extension Replication {
    /// Reads a token and checks that it belongs to what was asked for.
    ///
    /// `zfs send -t` looks for the snapshot by the GUID in the token, in all of the pool, so that the name alone proves
    /// nothing: both must be those of the snapshot that was asked for. What ZFS says of a token that does not belong is
    /// not passed on.
    func resumption(of request: SendRequest, with token: ResumeToken) async throws -> Resumption {
        let (contents, dryRun) = try await decode(token)
        let name = contents.snapshot
        let isWithin = request.isRecursive && name.dataset.isWithin(request.snapshot.dataset)
        guard name == request.snapshot || isWithin else {
            throw ReplicationError.foreignResumeToken("it is for \(name), not for \(request.snapshot)")
        }
        let known = try await guids(of: name, isWithin ? nil : request.origin)
        guard known.snapshot.value == contents.toGUID else {
            throw ReplicationError.foreignResumeToken(
                "it is for a snapshot \(name) with guid \(contents.toGUID); that of today has \(known.snapshot)")
        }
        if let origin = known.origin, origin.value != contents.fromGUID {
            let had = contents.fromGUID.map { "the receiver had guid \($0)" } ?? "it is for a full stream"
            throw ReplicationError.foreignResumeToken(
                "\(had), and \(request.origin?.reference.text ?? "") has guid \(origin)")
        }
        let command = ZFS.SendResume(token)
        try dryRun.termination.check(Invocation(command))
        let left = try ZFS.SendResume(token, dryRun: true).decode(dryRun.output)
        let flags = StreamFlags(
            raw: contents.raw, compressed: contents.compressed, largeBlocks: contents.largeBlocks,
            embedded: contents.embedded)
        let estimate = StreamEstimate(flags: flags, bytes: left.bytes, isIncremental: contents.fromGUID != nil)
        return Resumption(command: command, contents: contents, estimate: estimate)
    }

    /// What a token says, whether what it names is here or not.
    func decode(_ token: ResumeToken) async throws -> (contents: ResumeTokenContents, dryRun: Completion) {
        let completion = try await runner.collect(Invocation(ZFS.SendResume(token, dryRun: true)))
        do throws(OutputError) {
            return (try ResumeTokenContents(output: completion.output), completion)
        } catch {
            throw ReplicationError.unreadableResumeToken
        }
    }
}

extension ResumeState {
    init(_ token: ResumeToken, _ contents: ResumeTokenContents) {
        self.init(
            token: token, snapshot: contents.snapshot, toGUID: contents.toGUID, fromGUID: contents.fromGUID,
            bytesReceived: contents.bytes)
    }
}
