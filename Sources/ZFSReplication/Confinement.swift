internal import ZFSCommandBuilder

/// What a stream makes: the words of the property `type`.
enum DatasetKind: String {
    /// A file system.
    case filesystem
    /// A volume.
    case volume
}

extension ZFS.Receive {
    /// Keeps what a stream of a stranger brings within the dataset (openzfs/zfs#12218): a stream can carry a program that
    /// is setuid root, and properties that mount or share it, or read a key from a file of the host.
    ///
    /// `zfs receive` refuses `-o` of a property that the kind of dataset does not have, except in a `-R` stream, where
    /// it is left out for volumes.
    mutating func confine(as kind: DatasetKind) {
        unmounted = true
        switch kind {
        case .filesystem:
            properties = Self.forbidden.map { PropertyAssignment($0, .off) }
            excludedProperties = Self.outwardOfAll + Self.outwardOfFilesystems
        case .volume:
            properties = []
            excludedProperties = Self.outwardOfAll
        }
    }

    private static let forbidden: [PropertyName] = [.setuid, .exec, .devices]

    private static let outwardOfAll: [PropertyName] = [
        .snapdev, .volmode, .dedup, .keylocation, .context, .fscontext, .defcontext, .rootcontext,
    ]

    private static let outwardOfFilesystems: [PropertyName] = [
        .mountpoint, .canmount, .overlay, .sharenfs, .sharesmb, .zoned, .nbmand,
    ]
}
