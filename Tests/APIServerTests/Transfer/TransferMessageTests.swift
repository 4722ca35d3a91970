import Testing
import ZFSCommandBuilder
import ZFSReplication

@testable import APIServer
@testable import ZFSRPC

@Suite struct TransferMessageTests {
    @Test func `pads the first answer of the header protocol to its size, whatever is in it`() throws {
        for length in [0, 7900, 8000, 8192, 50_000] {
            let message = TransferMessage.started(
                .send(try SendRequest(SnapshotName("tank/a@s"))),
                arguments: ["send", "-t", String(repeating: "a", count: length)], id: "1")
            let bytes = message.padded
            #expect(bytes.count == 8192)
            let text = Array(bytes.reversed().drop { $0 == 0x20 }.reversed())
            #expect(try JSONParser.parse(text)["status"] == "started")
            let error = RPCError(.sendFailed, "r", String(repeating: "é", count: length))
            #expect(TransferMessage.failed(error, id: "1").padded.count == 8192)
        }
    }

    @Test func `puts the length in front`() throws {
        let bytes = TransferMessage.failed(RPCError(.sendFailed, "r", "m"), id: "1").withLength
        #expect(Array(bytes.prefix(3)) == [0, 0, 0])
        #expect(Int(bytes[3]) == bytes.count - 4)
        #expect(
            String(decoding: bytes.dropFirst(4), as: UTF8.self)
                == #"{"status":"failed","error":"m","reason":"r","code":-32010,"retryable":false,"request_id":"1"}"#)
    }
}
