import APIServer
import Logging

/// The access log as lines of the log, at level `info`.
struct AccessLogLines: AccessLog {
    let sink: LogSink

    func record(_ entry: AccessEntry) {
        guard sink.level <= .info else { return }
        var line = LogLine(sink: sink, level: .info, message: "request")
        line.add("http.method", entry.method)
        line.add("http.path", entry.path)
        line.add("http.status", entry.status)
        line.add("duration_us", entry.microseconds)
        line.add("bytes", entry.bytes)
        line.add("peer", entry.peer)
        line.add("request_id", entry.requestID)
        if let traceID = entry.traceID { line.add("trace_id", traceID) }
        sink.write(line.bytes)
    }
}
