import CLinux
import Glibc
import Testing

@testable import zfs_apid

@Suite struct ServiceNotifierTests {
    @Test(arguments: [
        (ServiceState.ready, "READY=1"),
        (.status("two\nlines"), "STATUS=two lines"),
        (.reloading(at: 12), "RELOADING=1\nMONOTONIC_USEC=12"),
        (.stopping, "STOPPING=1"),
        (.watchdog, "WATCHDOG=1"),
        (.extendTimeout(3), "EXTEND_TIMEOUT_USEC=3"),
    ])
    func `writes states as systemd reads them`(state: ServiceState, text: String) {
        #expect(state.assignment == text)
    }

    @Test(arguments: ["@", "/tmp/"])
    func `sends one datagram to a socket of either kind`(prefix: String) throws {
        let name = "\(prefix)zfs-apid-test-\(getpid())"
        let socket = try #require(DatagramSocket(name: name))
        let notifier = ServiceNotifier(environment: ["NOTIFY_SOCKET": name])
        #expect(notifier.send(.ready, .status("serving")))
        #expect(socket.receive() == "READY=1\nSTATUS=serving")
    }

    @Test func `tells of a reload and of its end`() async throws {
        let name = "@zfs-apid-reload-\(getpid())"
        let socket = try #require(DatagramSocket(name: name))
        await ServiceNotifier(environment: ["NOTIFY_SOCKET": name]).reloading { "done" }
        let first = try #require(socket.receive())
        #expect(first.hasPrefix("RELOADING=1\nMONOTONIC_USEC="))
        #expect(socket.receive() == "READY=1\nSTATUS=done")
    }

    @Test func `says that nobody took the message`() {
        #expect(!ServiceNotifier(environment: ["NOTIFY_SOCKET": "/nonexistent/notify"]).send(.ready))
    }

    @Test func `does nothing without systemd`() {
        let notifier = ServiceNotifier(environment: [:])
        #expect(notifier.send(.ready))
        #expect(notifier.watchdogInterval == nil)
    }

    @Test(
        arguments: [
            (["WATCHDOG_USEC": "30000000"], 30),
            (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7"], 30),
            (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "8"], nil),
            (["WATCHDOG_USEC": "0"], nil),
            (["WATCHDOG_USEC": "soon"], nil),
            ([:], nil),
        ] as [([String: String], Int?)])
    func `is watched only when it is meant`(environment: [String: String], seconds: Int?) {
        let all = environment.merging(["NOTIFY_SOCKET": "/run/systemd/notify"]) { left, _ in left }
        #expect(ServiceNotifier(environment: all, process: 7).watchdogInterval == seconds.map { .seconds($0) })
    }
}
