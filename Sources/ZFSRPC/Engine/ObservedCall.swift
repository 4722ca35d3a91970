/// A call on its way, as the observers see it.
struct ObservedCall: Sendable {
    let caller: Caller
    let record: CallRecord
    let start = ContinuousClock.now

    /// Begins a call.
    /// - Parameters:
    ///   - request: What was asked; nil when it is no request, or when nobody observes it.
    ///   - method: The method of that name; nil when there is none.
    init(_ request: Request?, of method: Method?, by caller: Caller, _ context: RequestContext) {
        self.caller = caller
        // What nobody says about anything but a login is not worth a line of a log.
        let isHeard = caller.principal != nil || method.map { $0.role == nil } ?? false
        record = CallRecord(
            method: method?.name,
            isWrite: method?.isWrite ?? false,
            principal: caller.principal,
            peer: context.peer,
            requestID: context.requestID,
            parameters: isHeard ? request.flatMap { method?.record(of: $0.parameters) } ?? [] : []
        )
    }
}
