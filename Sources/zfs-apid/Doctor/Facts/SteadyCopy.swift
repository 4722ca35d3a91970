import Glibc

/// Copies files that somebody may be writing, and tells whether nobody did meanwhile.
enum SteadyCopy {
    /// How it ended.
    enum Outcome: Sendable, Hashable {
        case done
        /// Each time that it was tried, the files changed.
        case unsteady
        /// This file cannot be read, or its copy not be written.
        case failed(path: String, number: Int32)
    }

    /// What changes with a file's contents.
    private struct Stamp: Equatable {
        let seconds: Int
        let nanoseconds: Int
        let size: Int
        let inode: UInt64
    }

    private static let tries = 5
    /// Times of files have the resolution of the kernel's tick, so a change this short after another may not show.
    private static let tick: UInt32 = 20_000

    /// Copies `path` and, where they are, the files beside it whose names go on with one of the endings.
    static func copy(_ path: String, endings: [String], to target: String) -> Outcome {
        for _ in 0..<tries {
            let before = stamps(path, endings)
            usleep(tick)
            guard stamps(path, endings) == before else { continue }
            for ending in [""] + endings {
                unsafe unlink(target + ending)
                let number = copy(path + ending, to: target + ending)
                guard number == 0 || !ending.isEmpty && number == ENOENT else {
                    return .failed(path: path + ending, number: number)
                }
            }
            if stamps(path, endings) == before { return .done }
        }
        return .unsteady
    }

    private static func stamps(_ path: String, _ endings: [String]) -> [Stamp?] {
        ([""] + endings).map { ending in
            var status = stat()
            guard unsafe stat(path + ending, &status) == 0 else { return nil }
            return Stamp(
                seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec, size: Int(status.st_size),
                inode: UInt64(status.st_ino))
        }
    }

    /// - Returns: 0 or an error number.
    private static func copy(_ path: String, to target: String) -> Int32 {
        let reading = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard reading >= 0 else { return errno }
        defer { close(reading) }
        let writing = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard writing >= 0 else { return errno }
        defer { close(writing) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(reading, $0.baseAddress, $0.count) }
            if count == 0 { return 0 }
            guard count > 0 else { return errno }
            let written = unsafe buffer.withUnsafeBytes { unsafe write(writing, $0.baseAddress, count) }
            guard written == count else { return written < 0 ? errno : ENOSPC }
        }
    }
}
