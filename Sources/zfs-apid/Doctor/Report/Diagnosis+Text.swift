extension Diagnosis {
    /// One line for each finding, and one that counts them.
    var text: String {
        let statusWidth = Finding.Status.allCases.map(\.rawValue.count).max() ?? 0
        let checkWidth = findings.map(\.check.count).max() ?? 0
        let lines = findings.map { finding in
            let head = "\(Self.pad(finding.status.rawValue, statusWidth))  \(Self.pad(finding.check, checkWidth))"
            return
                "\(head)  \(Self.printable(finding.message))\(finding.remedy.map { "; \(Self.printable($0))" } ?? "")"
        }
        return (lines + [summary]).joined(separator: "\n")
    }

    private var summary: String {
        let counts = [("problem", count(.problem)), ("warning", count(.warning))].filter { $0.1 > 0 }
        guard !counts.isEmpty else { return "nothing is wrong" }
        return counts.map { "\($0.1) \($0.0)\($0.1 == 1 ? "" : "s")" }.joined(separator: ", ")
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// What other programs and hosts say must neither break a line nor command the terminal.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: " "
                    default: scalar
                    }
                }))
    }
}
