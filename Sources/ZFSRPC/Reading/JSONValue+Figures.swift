extension JSONValue {
    /// Seconds since 1970 as OpenZFS prints them, in RFC 3339; other text as it is.
    static func timestamp(_ seconds: String) -> JSONValue {
        .string(Int(seconds).map { UTCDateTime(secondsSince1970: $0).rfc3339 } ?? seconds)
    }

    /// A number that OpenZFS printed with `-p`: null for `-`, and for what is no number.
    static func figure(_ text: String) -> JSONValue {
        UInt64(text) != nil || (Double(text).map { $0.isFinite } ?? false && text.utf8.allSatisfy { $0 < 0x3A })
            ? .number(text) : .null
    }

    /// A time as OpenZFS prints it, in UTC, in RFC 3339; text of another form as it is.
    ///
    /// `zfs holds` prints `Tue Nov 18 10:00 2025` (`zfs_main.c`, print_holds), `zpool events` prints
    /// `Nov 18 2025 10:00:00.123456789` (`zpool_main.c`, zpool_do_events_short).
    static func printedTime(_ text: String) -> JSONValue {
        var words = text.split(separator: " ").map(String.init)
        if words.count == 5 { words = [words[1], words[2], words[4], words[3] + ":00"] }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard
            words.count == 4, let month = months.firstIndex(of: words[0]), let day = Int(words[1]),
            let year = Int(words[2]), words[3].utf8.count >= 8
        else { return .string(text) }
        let padded = { (number: Int) in number < 10 ? "0\(number)" : String(number) }
        return .string("\(year)-\(padded(month + 1))-\(padded(day))T\(words[3].prefix(12))Z")
    }
}
