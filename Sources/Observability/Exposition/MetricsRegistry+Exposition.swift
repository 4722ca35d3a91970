extension MetricsRegistry {
    /// The text of all metrics, families in the order of their names.
    /// - Parameter openMetrics: Whether it is OpenMetrics 1.0 instead of the Prometheus text format 0.0.4.
    public func exposition(openMetrics: Bool) -> [UInt8] {
        var exposition = Exposition(isOpenMetrics: openMetrics)
        for table in sortedTables() { exposition.append(table) }
        exposition.finish()
        return exposition.text
    }

    /// The media type of such a text.
    public static func contentType(openMetrics: Bool) -> String {
        openMetrics
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8"
    }
}
