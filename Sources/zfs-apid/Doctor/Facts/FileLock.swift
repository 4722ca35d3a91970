import Glibc

/// Who has the lock of flock(2) on a file.
enum FileLock {
    /// The process, by /proc/locks (proc(5)); nil when nobody has it, or none is seen there.
    static func holder(of path: String) -> pid_t? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        return holder(
            in: SmallFile.text("/proc/locks") ?? "", device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }

    /// Finds it in the text of /proc/locks.
    static func holder(in text: String, device: UInt64, inode: UInt64) -> pid_t? {
        // As gnu_dev_major(3) and gnu_dev_minor(3) have them.
        let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
        let minor = device & 0xFF | (device >> 12) & ~0xFF
        for line in text.split(separator: "\n") {
            // 1: FLOCK  ADVISORY  WRITE 768 00:1a:1234 0 EOF
            let words = line.split(separator: " ")
            guard words.count > 5, words[1] == "FLOCK" else { continue }
            let place = words[5].split(separator: ":")
            guard place.count == 3, UInt64(place[0], radix: 16) == major, UInt64(place[1], radix: 16) == minor,
                UInt64(place[2]) == inode
            else { continue }
            return pid_t(words[4])
        }
        return nil
    }
}
