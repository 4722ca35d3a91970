import Testing

@testable import Observability

@Suite struct AuditReceiptTests {
    private let late = AuditError("late", path: "/a")
    private let full = AuditError("full", path: "/a")

    @Test func `gives up when nobody closes it in time`() async {
        let error = await AuditReceipt().wait(atMost: .milliseconds(1), late: late)
        #expect(error == late)
    }

    @Test func `keeps the first answer`() async {
        let receipt = AuditReceipt()
        receipt.close(full)
        receipt.close(nil)
        let error = await receipt.wait(atMost: .seconds(60), late: late)
        #expect(error == full)
    }

    @Test func `wakes who waits`() async {
        let receipt = AuditReceipt()
        async let closing: Void = receipt.close(nil)
        let error = await receipt.wait(atMost: .seconds(60), late: late)
        await closing
        #expect(error == nil)
    }

    @Test func `gives up when its task is cancelled`() async {
        let receipt = AuditReceipt()
        let task = Task { await receipt.wait(atMost: .seconds(60), late: late) }
        task.cancel()
        let error = await task.value
        #expect(error == late)
    }
}
