/// Takes events out of the bytes of `text/event-stream`.
struct EventStreamParser {
    /// The longest line, and the most bytes of one event.
    static let longest = 1 << 20

    /// The identifier of the last event, or what the stream says stands for it.
    var lastID: String?
    /// Seconds to wait before connecting again.
    private(set) var retry = 1.0
    /// The identifier of the event that has begun; it counts when the event is whole.
    private var newID: String?
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false

    /// The data of the events that end in these bytes; nil when a line or event is too long.
    mutating func feed(_ bytes: some Sequence<UInt8>) -> [[UInt8]]? {
        var events: [[UInt8]] = []
        for byte in bytes {
            guard byte == 0x0a else {
                line.append(byte)
                if line.count + data.count > Self.longest { return nil }
                continue
            }
            if line.last == 0x0d { line.removeLast() }
            if let event = take(line[...]) { events.append(event) }
            line.removeAll(keepingCapacity: true)
        }
        return events
    }

    /// Forgets the event that did not come to its end.
    mutating func connectionEnded() {
        line = []
        newID = nil
        data = []
        hasData = false
    }

    private mutating func take(_ line: ArraySlice<UInt8>) -> [UInt8]? {
        if line.isEmpty {
            defer {
                data = []
                hasData = false
                newID = nil
            }
            if let newID { lastID = newID }
            return hasData ? data : nil
        }
        let name = line.prefix { $0 != 0x3a }
        var value = line.dropFirst(name.count + 1)
        if value.first == 0x20 { value.removeFirst() }
        switch String(decoding: name, as: UTF8.self) {
        case "data":
            if hasData { data.append(0x0a) }
            data += value
            hasData = true
        case "id": newID = String(decoding: value, as: UTF8.self)
        case "retry": if let number = Int(String(decoding: value, as: UTF8.self)) { retry = Double(number) / 1000 }
        default: break
        }
        return nil
    }
}
