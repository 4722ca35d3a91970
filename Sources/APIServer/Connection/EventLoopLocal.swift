import NIOCore

/// One value for each event loop of a group, used on that loop alone.
struct EventLoopLocal<Value>: Sendable {
    private let boxes: [ObjectIdentifier: NIOLoopBoundBox<Value>]
    private let make: @Sendable (any EventLoop) -> Value

    /// Makes the values.
    init(_ group: any EventLoopGroup, _ make: @escaping @Sendable (any EventLoop) -> Value) {
        self.make = make
        let pairs = group.makeIterator().map { loop in
            (ObjectIdentifier(loop), NIOLoopBoundBox.makeBoxSendingValue(make(loop), eventLoop: loop))
        }
        boxes = Dictionary(uniqueKeysWithValues: pairs)
    }

    /// That of a loop of the group; must be called on that loop.
    subscript(loop: any EventLoop) -> Value {
        boxes[ObjectIdentifier(loop)]?.value ?? make(loop)
    }
}
