/// How far the clock of another host is from ours, as far as can be told over a connection that takes time.
struct ClockDifference: Sendable, Hashable {
    /// The least that it can be, in seconds; 0 when the clocks may be the same.
    let seconds: Int

    /// Reads the output of `date +%s` over there.
    /// - Parameters:
    ///   - output: What it wrote.
    ///   - start: Our clock before the connection was made, in whole seconds.
    ///   - end: Our clock when the answer was there.
    init?(_ output: [UInt8], between start: Int, and end: Int) {
        let digits = output.prefix { (0x30...0x39).contains($0) }
        guard (1...12).contains(digits.count), let there = Int(String(decoding: digits, as: UTF8.self)) else {
            return nil
        }
        seconds = there < start ? there - start : there > end ? there - end : 0
    }

    /// For a sentence about the other host.
    var text: String {
        switch seconds {
        case 0: "its clock is right"
        case ..<0: "its clock is \(-seconds) s behind"
        default: "its clock is \(seconds) s ahead"
        }
    }
}
