internal import Glibc
internal import ZFSReplication

extension RPCError {
    /// What clients are told of a file that is not written or read.
    init(_ error: FileRefusal, failureCode: Code) {
        switch error {
        case .disabled:
            self.init(
                .notAllowed, "files_disabled",
                "this service writes and reads no files; name folders for them in files.roots of its configuration")
        case .notAllowed(let path, let sentence):
            self.init(.invalidValue, "path_not_allowed", "\(path) is not allowed: \(sentence)")
        case .exists(let path):
            self.init(
                .conflict, "file_exists",
                "\(path) is there already and is not replaced; choose another name or remove it")
        case .notFound(let path):
            self.init(.invalidValue, "file_not_found", "\(path): there is no such file or folder")
        case .programMissing(let program):
            self.init(
                .unavailable, "program_missing", "\(program) is not installed here; install the package \(program)")
        case .compressionFailed(let program, let message):
            self.init(failureCode, "compression_failed", "\(program) failed: \(message)")
        case .damaged(let path, let message):
            self.init(
                failureCode, "file_damaged",
                "\(path) is cut off, damaged or has something after its end (\(message)); its last snapshot was not made"
            )
        case .system(let call, let path, let errno):
            let text = Self.text(ofError: errno)
            switch errno {
            case ENOSPC:
                self.init(failureCode, "no_space", "\(path) could not be written: \(text); free space there first")
            case EDQUOT:
                self.init(failureCode, "quota_exceeded", "\(path) could not be written: \(text); raise the quota there")
            case EACCES, EPERM, EROFS:
                self.init(.permissionDenied, "permission_denied", "the service may not use \(path): \(text)")
            case ENOSYS: self.init(.unavailable, "unsupported", "files need Linux 5.6 or later (\(call))")
            default: self.init(failureCode, "io_error", "\(call) of \(path) failed: \(text)")
            }
        }
    }
}
