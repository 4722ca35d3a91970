import APIServer

/// Everything that can be set about the daemon.
struct DaemonConfiguration: Sendable, Hashable {
    var http = HTTPConfiguration()
    var logging = LoggingConfiguration()
    var zfs = ZFSConfiguration()
}
