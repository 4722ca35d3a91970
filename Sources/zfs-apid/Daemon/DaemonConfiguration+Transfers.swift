import APIServer
import Redis
import Storage
import ZFSRPC

extension DaemonConfiguration {
    /// Where transfers are served.
    func transferListeners(tls credentials: TLSCredentials?) -> [HTTPListener] {
        var listeners: [HTTPListener] = []
        let tcp = server.tcp
        if tcp.enabled {
            listeners.append(
                .tcp(
                    TCPListener(
                        host: tcp.host, port: tcp.port, tls: tcp.tls ? credentials : nil,
                        allowsPlaintext: !tls.required, section: "server.tcp")))
        }
        if let path = server.unix.path {
            listeners.append(
                .unix(UnixListener(path: path, mode: UInt32(server.unix.mode), group: server.unix.group)))
        }
        return listeners
    }

    /// Where clients find the transfers; a port that the kernel chooses is not known.
    var transferEndpoints: TransferEndpoints {
        var endpoints = TransferEndpoints(unix: server.unix.path)
        if server.tcp.enabled, server.tcp.port != 0 {
            // An address that stands for all of this machine is none to connect to.
            let isAny = ["0.0.0.0", "::", "[::]"].contains(server.tcp.host)
            let host = isAny ? MachineName.current : server.tcp.host
            let isBareIPv6 = host.contains(":") && !host.hasPrefix("[")
            endpoints.tcp = "\(isBareIPv6 ? "[\(host)]" : host):\(server.tcp.port)"
        }
        return endpoints
    }

    /// What keeps tokens, sessions and tasks: Redis when there is one, else a file of the state folder.
    func stores(_ redis: RedisClient?) -> (transfers: any TransferStore, tasks: any TaskStore) {
        // Two daemons of one machine have two state folders.
        let node = "\(MachineName.current):\(stateDirectory)"
        if let redis {
            return (
                RedisTransferStore(client: redis, node: node),
                RedisTaskStore(client: redis, node: node, history: taskManager.history)
            )
        }
        let store = SQLiteTransferStore(
            path: stateDirectory + "/transfers.sqlite", node: node, history: taskManager.history)
        return (store, store)
    }
}
