internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let poolScrubStart = scrub(
        "pool_scrub_start", "Starts a scrub, or goes on with one that is paused.", .start, "started")
    static let poolScrubStop = scrub("pool_scrub_stop", "Stops a scrub.", .stop, "stopped")
    static let poolScrubPause = scrub("pool_scrub_pause", "Pauses a scrub.", .pause, "paused")

    static let poolTrimStart = trim(
        "pool_trim_start", "Starts a trim of all devices, or goes on with one that is suspended.", .start, "started")
    static let poolTrimStop = trim("pool_trim_stop", "Stops a trim.", .cancel, "stopped")

    private static func scrub(
        _ name: String,
        _ summary: String,
        _ action: ZPool.Scrub.Action,
        _ word: String
    ) -> Method {
        Method(
            name, summary, .operator,
            .required("pool", .pool, "The pool."),
            result: .object(["pool": .string(), "scrub": .constant(.string(word))])
        ) { call, pool in
            try await call.runner.run(ZPool.Scrub(pool, action))
            return .object(["pool": .string(pool.text), "scrub": .string(word)])
        }
    }

    private static func trim(_ name: String, _ summary: String, _ action: ZPool.Trim.Action, _ word: String) -> Method {
        Method(
            name, summary, .operator,
            .required("pool", .pool, "The pool."),
            result: .object(["pool": .string(), "trim": .constant(.string(word))])
        ) { call, pool in
            try await call.runner.run(ZPool.Trim(pool, action))
            return .object(["pool": .string(pool.text), "trim": .string(word)])
        }
    }
}
