internal import Glibc

/// A time of the civil calendar in UTC.
struct Timestamp: Sendable, Hashable {
    let year: Int64
    let month: Int64
    let day: Int64
    let hour: Int64
    let minute: Int64
    let second: Int64

    /// Converts seconds since 1970-01-01T00:00:00Z.
    init(seconds: Int64) {
        let days = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
        let rest = seconds - days * 86400
        (hour, minute, second) = (rest / 3600, rest % 3600 / 60, rest % 60)
        // Counted from 0000-03-01, so that the leap day is the last of its year; an era has 400 years.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The present time.
    static var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }

    /// RFC 3339, in UTC with `Z`.
    var rfc3339: String {
        "\(padded(year, 4))-\(padded(month))-\(padded(day))T\(padded(hour)):\(padded(minute)):\(padded(second))Z"
    }

    /// `YYYY-MM-DD-HH-MM`, and `-SS`: the form of automatic snapshot names.
    func dashed(withSeconds: Bool) -> String {
        let text = "\(padded(year, 4))-\(padded(month))-\(padded(day))-\(padded(hour))-\(padded(minute))"
        return withSeconds ? "\(text)-\(padded(second))" : text
    }

    private func padded(_ number: Int64, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension JSONValue {
    /// Seconds since 1970 as OpenZFS prints them, in RFC 3339; other text as it is.
    static func timestamp(_ seconds: String) -> JSONValue {
        .string(Int64(seconds).map { Timestamp(seconds: $0).rfc3339 } ?? seconds)
    }

    /// A number that OpenZFS printed with `-p`: null for `-`, and for what is no number.
    static func figure(_ text: String) -> JSONValue {
        UInt64(text) != nil || (Double(text).map { $0.isFinite } ?? false && text.utf8.allSatisfy { $0 < 0x3A })
            ? .number(text) : .null
    }
}
