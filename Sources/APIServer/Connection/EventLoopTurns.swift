import NIOCore

/// The ``PipelineTurns`` of each event loop.
struct EventLoopTurns: Sendable {
    private let boxes: [ObjectIdentifier: NIOLoopBoundBox<PipelineTurns>]

    init(_ group: any EventLoopGroup) {
        let pairs = group.makeIterator().map { loop in
            let box = NIOLoopBoundBox.makeBoxSendingValue(PipelineTurns(eventLoop: loop), eventLoop: loop)
            return (ObjectIdentifier(loop), box)
        }
        boxes = Dictionary(uniqueKeysWithValues: pairs)
    }

    /// Those of a loop of the group; must be called on that loop.
    subscript(loop: any EventLoop) -> PipelineTurns {
        boxes[ObjectIdentifier(loop)]?.value ?? PipelineTurns(eventLoop: loop)
    }
}
