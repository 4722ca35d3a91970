internal import ZFSCommandBuilder

extension DatasetName {
    /// Makes sure that the name of a new dataset is not that of a pool, which ZFS calls a missing dataset name.
    /// - Throws: `invalid_value` of the parameter.
    func checkIsInPool(_ parameter: String) throws(RPCError) {
        guard parent == nil else { return }
        throw .value(
            parameter,
            "\(text) is the name of a pool, and pools are made by zpool create on the host; "
                + "name a dataset in a pool, such as \(text)/home")
    }
}
