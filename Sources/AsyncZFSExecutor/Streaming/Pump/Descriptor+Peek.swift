internal import CLinux
internal import Glibc

extension Descriptor {
    /// The first bytes that wait in a pipe, at most so many; they stay there.
    /// - Parameter count: At most what a new pipe takes, 64 KiB.
    func peek(_ count: Int) throws(ExecutionError) -> [UInt8] {
        let copy = try Pipe()
        let copied = clinux_tee(number, copy.writing.number, count)
        guard copied > 0 else { return [] }
        return unsafe [UInt8](unsafeUninitializedCapacity: copied) { buffer, initializedCount in
            initializedCount = unsafe max(0, Glibc.read(copy.reading.number, buffer.baseAddress, copied))
        }
    }
}
