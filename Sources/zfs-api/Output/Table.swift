/// Rows under headings, in columns that are as wide as they must be.
struct Table {
    /// A column.
    struct Column {
        let title: String
        var isNumber = false
        /// Whether it is never shortened, because it is copied.
        var isWhole = false

        static func text(_ title: String) -> Column { Column(title: title) }
        static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
        static func whole(_ title: String) -> Column { Column(title: title, isWhole: true) }
    }

    /// No column of text is made narrower than this, unless its texts are.
    private static let least = 12
    private static let gap = 2

    let columns: [Column]
    var rows: [[String]]

    init(_ columns: [Column], _ rows: [[String]]) {
        self.columns = columns
        self.rows = rows.map { $0.map { Printable.text($0).replacing("\n", with: " ").replacing("\t", with: " ") } }
    }

    /// The lines.
    /// - Parameters:
    ///   - width: How many columns the terminal has; nil shortens nothing.
    ///   - headings: Whether the titles are printed.
    ///   - style: Colours for titles and known words.
    func lines(width: Int?, headings: Bool, style: Style) -> [String] {
        let widths = widths(within: width, headings: headings)
        var lines: [String] = []
        if headings { lines.append(style.paint(line(columns.map(\.title), widths) { $0 }, .bold)) }
        for row in rows { lines.append(line(row, widths) { StateColour.paint($0, style) }) }
        return lines
    }

    private func widths(within width: Int?, headings: Bool) -> [Int] {
        var widths = columns.map { headings ? $0.title.count : 0 }
        for row in rows {
            for (index, cell) in row.enumerated() where index < widths.count {
                widths[index] = max(widths[index], cell.count)
            }
        }
        guard let width else { return widths }
        // The widest text gives way first.
        while widths.reduce(0, +) + Self.gap * (widths.count - 1) > width {
            let candidates = widths.indices.filter {
                !columns[$0].isNumber && !columns[$0].isWhole && widths[$0] > Self.least
            }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        return widths
    }

    private func line(_ cells: [String], _ widths: [Int], _ paint: (String) -> String) -> String {
        var text = ""
        for (index, cell) in cells.enumerated() where index < widths.count {
            let isLast = index == widths.count - 1
            let shown = cell.count > widths[index] ? cell.prefix(max(widths[index] - 1, 0)) + "…" : cell[...]
            let padding = String(repeating: " ", count: max(widths[index] - shown.count, 0))
            text += columns[index].isNumber ? padding + shown : paint(String(shown)) + (isLast ? "" : padding)
            if !isLast { text += String(repeating: " ", count: Self.gap) }
        }
        return text
    }
}
