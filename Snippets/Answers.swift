//! A JSON-RPC text is answered without HTTP.

import AsyncZFSExecutor
import ZFSRPC

let server = RPCServer(runner: try Executor(), service: ServiceDescription(version: "1.0"))
let context = RequestContext(requestID: "1", caller: .principal(.localhost))
let body = #"{"jsonrpc":"2.0","id":1,"method":"pool_list"}"#
if let answer = await server.respond(to: Array(body.utf8), context: context) {
    var text: [UInt8] = []
    try await answer.forEachChunk { text += $0 }
    print(String(decoding: text, as: UTF8.self))
}
