/// Messages of OpenZFS that mean the same: each of the headings, a colon, each of the texts.
struct FailureGroup: Sendable {
    /// What the messages mean.
    let reason: FailureReason
    /// The actions that libzfs puts before the colon; an empty one stands for a line without.
    let headings: [String]
    /// What stands after the colon.
    let texts: [String]

    init(_ reason: FailureReason, _ headings: [String], _ texts: String...) {
        self.reason = reason
        self.headings = headings
        self.texts = texts
    }

    /// A pattern for each pair of heading and text.
    var patterns: [FailurePattern] {
        headings.flatMap { heading in
            texts.map { FailurePattern(reason, heading: heading, text: $0) }
        }
    }

    /// A line that the program prints without libzfs's heading.
    static let line = [""]

    /// Any action of libzfs.
    ///
    /// Those that give a name without quotes are spelled out, because it could be anything.
    static let anyAction = [
        "%w '%s'", "warning: %w '%s'",
        "cannot inherit %s for '%s'",
        "cannot destroy snapshot %s",
        "cannot snapshot %s", "cannot get used/quota for %s", "cannot clear errors for %s",
        "cannot scrub %s", "cannot pause scrubbing %s", "cannot cancel scrubbing %s",
        "cannot send %s", "cannot restore to %s", "cannot resume recv %s", "cannot receive %s property on %s",
        "%w",
    ]
}
