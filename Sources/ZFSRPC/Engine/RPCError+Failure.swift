internal import ZFSCommandBuilder

extension RPCError {
    /// The code that goes with a reason; nil where it is the method's own.
    static func code(for reason: FailureReason) -> Code? {
        switch reason {
        case .datasetNotFound, .bookmarkNotFound, .poolNotFound, .parentNotFound, .destinationNotFound: .notFound
        case .snapshotNotFound: .snapshotNotFound
        case .snapshotExists: .snapshotFailed
        case .permissionDenied, .createdNotMounted: .permissionDenied
        case .invalidProperty, .invalidPropertyValue, .nameTooLong, .invalidName, .isPoolRoot, .crossPool,
            .notEncrypted,
            .notAClone, .keyIncorrect:
            .invalidValue
        case .held, .tagExists, .tagInvalid, .tagNotFound: .holdFailed
        case .newerSnapshots: .conflict
        case .zfsUnavailable, .poolSuspended, .hostUnreachable: .unavailable
        case .timeout: .timedOut
        case .cancelled: .cancelled
        case .internalError: .internalError
        case .badIncrementalSource, .readerGone, .needsRaw, .resumeInvalid, .needsLargeBlocks: .sendFailed
        case .streamEmptyOrCut, .streamIncomplete, .streamCorrupt, .streamInvalid, .destinationExists,
            .destinationModified, .incrementalMismatch, .resumeConflict, .quotaExceeded, .encryptionMismatch:
            .receiveFailed
        case .diffFailed: .diffFailed
        case .alreadyExists, .bookmarkExists, .bookmarkCrossPool, .bookmarkNotAncestor, .bookmarkUnsupported,
            .bookmarkInvalid, .quotaConflict, .hasChildren, .hasClones, .busy, .noSpace, .readOnly, .ioError,
            .interrupted, .notMounted, .keyNotLoaded, .keyLoaded, .unsupported, .mountAlreadyMounted, .mountNotMounted,
            .mountDirectoryNotEmpty, .mountLegacy, .mountNoMountpoint, .mountCanmountOff, .mountPartialReceive,
            .mountFailed, .scrubRunning, .resilvering, .noScrub, .hostKeyRefused, .hostLoginRefused, .killedBySignal,
            .operationFailed:
            nil
        }
    }

    /// One sentence for a person: what is wrong, and what to do.
    /// - Parameters:
    ///   - failure: What is wrong.
    ///   - advice: What the method offers against it; nil for what always helps.
    static func sentence(for failure: CommandFailure, advice: String? = nil) -> String {
        let remedy: String? =
            switch failure.reason {
            case _ where advice != nil: advice
            case .hasChildren:
                "pass recursive to destroy \(failure.names.isEmpty ? "what is below it" : "them") too"
            case .hasClones:
                "promote or destroy the clones first"
            case .newerSnapshots: "pass destroy_newer to destroy what is newer"
            case .held: "snapshot_holds_list shows the holds, snapshot_release removes one"
            case .busy: "it is in use; try again when its user is done, or see snapshot_holds_list"
            case .isPoolRoot: "the root dataset goes only with its pool"
            case .parentNotFound: "create it first, or pass parents"
            case .poolNotFound: "pool_list shows the pools; zpool import brings one in"
            case .notMounted: "dataset_mount mounts it"
            case .keyNotLoaded: "load it with dataset_load_key"
            case .zfsUnavailable where failure.status == .exited(127):
                "install it there, or see that a login by ssh finds it"
            case .hostUnreachable: "see that it runs, and that sshd there answers"
            case .hostKeyRefused: "put its key into the file of ssh.known_hosts_file once you have checked it"
            case .hostLoginRefused: "add our public key to authorized_keys there; see ssh.user and ssh.identity_file"
            case .zfsUnavailable: "load the module (modprobe zfs) and see that /dev/zfs can be opened"
            case .poolSuspended: "see pool_status; zpool clear resumes it when its devices are back"
            case .permissionDenied: "run the service as root, or delegate the permission with zfs allow"
            case .createdNotMounted: "the dataset was created but could not be mounted"
            case .mountAlreadyMounted: nil
            case .mountDirectoryNotEmpty: "empty the mount point first"
            case .mountCanmountOff: "set canmount to on or noauto first"
            case .mountNoMountpoint, .mountLegacy: "set mountpoint to a path first"
            case .noSpace: "free space in the pool or raise the quota"
            case .scrubRunning: "pool_scrub_stop ends it"
            case .resilvering: "wait until the resilver has ended"
            case .invalidName: "please report this: the name should have been refused before"
            default: nil
            }
        let count = failure.names.count
        let list = failure.names.prefix(5).joined(separator: ", ") + (count > 5 ? ", ..." : "")
        var sentence = (failure.subject.map { "\($0): " } ?? "") + message(of: failure)
        if count > 0 { sentence += " (\(list))" }
        if let remedy { sentence += "; \(remedy)" }
        return sentence
    }

    /// What the program said, without the commands that it advises: those are for somebody at a shell of the host.
    private static func message(of failure: CommandFailure) -> String {
        switch failure.reason {
        case .held, .scrubRunning:
            let end = [". Run '", "; use '"].compactMap { failure.message.firstRange(of: $0)?.lowerBound }.min()
            return String(failure.message[..<(end ?? failure.message.endIndex)])
        // OpenZFS speaks of a wrong type here.
        case .notMounted: return "the file system that is compared is not mounted"
        default: return failure.message
        }
    }
}
