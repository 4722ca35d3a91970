extension PoolName {
    /// The pool that all names are in, or nil when there are several pools or no names.
    static func only(_ pools: some Sequence<PoolName>) -> PoolName? {
        let distinct = Set(pools)
        return distinct.count == 1 ? distinct.first : nil
    }
}
