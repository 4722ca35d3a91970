import Synchronization

/// Places of which each is had by one at a time.
final class Places: Sendable {
    /// One place.
    struct Place: Sendable {
        fileprivate let places: Places

        /// Gives it back.
        func give() { places.taken.subtract(1, ordering: .relaxed) }
    }

    private let most: Int
    private let taken = Atomic(0)

    init(_ most: Int) {
        self.most = most
    }

    /// A place; nil when there is none.
    func take() -> Place? {
        guard taken.add(1, ordering: .relaxed).newValue <= most else {
            taken.subtract(1, ordering: .relaxed)
            return nil
        }
        return Place(places: self)
    }
}
