import HummingbirdCore

/// Counts the connections of one listener towards the total of all.
struct AcceptedTotal: AvailableConnectionsDelegate {
    let admission: ConnectionAdmission
    let listener: PausedListener

    func connectionOpened() {
        admission.open()
    }

    func connectionClosed() {
        admission.close()
    }

    func isAcceptingNewConnections() -> Bool {
        let room = admission.room(for: listener)
        if room > 0 { listener.acceptAtMost(room) }
        return room > 0
    }
}
