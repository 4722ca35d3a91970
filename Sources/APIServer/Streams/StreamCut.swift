import Glibc
import NIOCore

/// A stream broke off after its first byte: its connection is reset, for nothing else tells the client.
struct StreamCut: Error {
    /// Makes the end of a connection a reset (SO_LINGER of socket(7) with 0 seconds), for what is not sent yet is thrown away.
    static func prepare(_ channel: any Channel) async {
        guard let provider = channel as? any SocketOptionProvider else { return }
        // It may be closed already.
        try? await provider.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }
}
