internal import Glibc

/// A moment in Coordinated Universal Time, split into calendar fields.
///
/// It needs neither locale nor time zone data, so it is cheap enough for every log line.
package struct UTCDateTime: Sendable, Hashable {
    package let year, month, day, hour, minute, second, nanosecond: Int
    /// The day of the week, 0 (Sunday) to 6.
    package let weekday: Int

    /// Splits seconds since 1970-01-01T00:00:00Z; the calendar is the proleptic Gregorian one.
    package init(secondsSince1970 seconds: Int, nanosecond: Int = 0) {
        secondsSince1970 = seconds
        let days = Self.floorDivide(seconds, 86_400)
        let secondOfDay = seconds - days * 86_400
        // Years are counted from March, so that the leap day is the last of its year; an era is 400 years.
        let shifted = days + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = secondOfDay / 3600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
        self.nanosecond = nanosecond
        let fromThursday = (days + 4) % 7
        weekday = fromThursday < 0 ? fromThursday + 7 : fromThursday
    }

    /// Whole seconds since 1970.
    let secondsSince1970: Int

    /// The present moment by the real-time clock.
    package static var now: UTCDateTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return UTCDateTime(secondsSince1970: time.tv_sec, nanosecond: time.tv_nsec)
    }

    /// RFC 3339, for example `2026-01-31T09:05:00Z`.
    package var rfc3339: String { "\(date)T\(timeOfDay)Z" }

    /// RFC 3339 with milliseconds, for example `2026-01-31T09:05:00.123Z`.
    package var rfc3339Milliseconds: String {
        "\(date)T\(timeOfDay).\(Self.padded(nanosecond / 1_000_000, 3))Z"
    }

    /// `YYYY-MM-DD-HH-MM`, and `-SS`: the form of automatic snapshot names.
    func dashed(withSeconds: Bool) -> String {
        let text = "\(date)-\(Self.padded(hour, 2))-\(Self.padded(minute, 2))"
        return withSeconds ? "\(text)-\(Self.padded(second, 2))" : text
    }

    /// The fixed date of RFC 9110 section 5.6.7, for example `Sat, 31 Jan 2026 09:05:00 GMT`.
    package var httpDate: String {
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(weekdays[weekday]), \(Self.padded(day, 2)) \(months[month - 1]) \(Self.padded(year, 4))"
            + " \(timeOfDay) GMT"
    }

    private var date: String { "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))" }

    private var timeOfDay: String {
        "\(Self.padded(hour, 2)):\(Self.padded(minute, 2)):\(Self.padded(second, 2))"
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }
}
