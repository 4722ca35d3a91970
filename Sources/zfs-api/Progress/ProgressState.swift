/// How far something is, at one moment.
struct ProgressState {
    let bytes: Int
    /// Of all, as estimated; nil when nobody knows.
    let total: Int?
    /// Bytes a second.
    let rate: Double
    /// Whom it waits for, such as `network`; nil or `nobody` for nobody.
    var waitsFor: String?

    /// Seconds that are left; nil when nobody knows.
    var secondsLeft: Int? {
        guard let total, rate > 0, total > bytes else { return nil }
        let seconds = Double(total - bytes) / rate
        return seconds < 1e9 ? Int(seconds.rounded(.up)) : nil
    }

    /// The parts of a line, without a bar.
    func parts(_ size: (Int) -> String) -> [String] {
        var parts = [total.map { "\(size(bytes)) of \(size($0))" } ?? size(bytes), "\(size(Int(rate)))/s"]
        if let secondsLeft { parts.append("\(Self.clock(secondsLeft)) left") }
        if let waitsFor, waitsFor != "nobody" { parts.append("waits for \(waitsFor)") }
        return parts
    }

    /// The share of the whole, at most 1.
    var share: Double? {
        guard let total, total > 0 else { return nil }
        return min(Double(bytes) / Double(total), 1)
    }

    static func clock(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let minutes = seconds / 60
        return minutes < 60
            ? "\(minutes):\(two(seconds % 60))" : "\(minutes / 60):\(two(minutes % 60)):\(two(seconds % 60))"
    }
}
