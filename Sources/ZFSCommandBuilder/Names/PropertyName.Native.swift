/// Native properties that programs ask for often.
extension PropertyName {
    /// The full name of the dataset.
    public static let name = PropertyName(legal: "name")
    /// `filesystem`, `volume`, `snapshot` or `bookmark`.
    public static let type = PropertyName(legal: "type")
    /// The 64-bit identity that a dataset keeps when it is renamed and a snapshot keeps when it is sent.
    public static let guid = PropertyName(legal: "guid")
    /// The transaction group in which the dataset was made; it orders snapshots.
    public static let createtxg = PropertyName(legal: "createtxg")
    /// When the dataset was made, in seconds since 1970 with `-p`.
    public static let creation = PropertyName(legal: "creation")
    /// The space of the dataset and all below it, in bytes.
    public static let used = PropertyName(legal: "used")
    /// The space that the dataset may still take, in bytes.
    public static let available = PropertyName(legal: "available")
    /// The space that the dataset refers to, shared or not, in bytes.
    public static let referenced = PropertyName(legal: "referenced")
    /// `referenced` before compression, in bytes.
    public static let logicalreferenced = PropertyName(legal: "logicalreferenced")
    /// `used` before compression, in bytes.
    public static let logicalused = PropertyName(legal: "logicalused")
    /// The space that the snapshots hold, in bytes.
    public static let usedbysnapshots = PropertyName(legal: "usedbysnapshots")
    /// The space that would be freed without the dataset's own data, in bytes.
    public static let usedbydataset = PropertyName(legal: "usedbydataset")
    /// The space that the children hold, in bytes.
    public static let usedbychildren = PropertyName(legal: "usedbychildren")
    /// The ratio of uncompressed to compressed size.
    public static let compressratio = PropertyName(legal: "compressratio")
    /// The number of holds on a snapshot.
    public static let userrefs = PropertyName(legal: "userrefs")
    /// Whether a snapshot is destroyed with its last hold or clone.
    public static let deferDestroy = PropertyName(legal: "defer_destroy")
    /// The clones of a snapshot, joined with commas.
    public static let clones = PropertyName(legal: "clones")
    /// The snapshot that a clone was made from.
    public static let origin = PropertyName(legal: "origin")
    /// The size of a volume, in bytes.
    public static let volsize = PropertyName(legal: "volsize")
    /// The block size of a volume, in bytes.
    public static let volblocksize = PropertyName(legal: "volblocksize")
    /// The largest block of a file, in bytes.
    public static let recordsize = PropertyName(legal: "recordsize")
    /// Whether a file system is mounted.
    public static let mounted = PropertyName(legal: "mounted")
    /// Where a file system is mounted.
    public static let mountpoint = PropertyName(legal: "mountpoint")
    /// Whether a file system can be mounted: `on`, `off` or `noauto`.
    public static let canmount = PropertyName(legal: "canmount")
    /// Whether the dataset refuses changes.
    public static let readonly = PropertyName(legal: "readonly")
    /// The compression algorithm.
    public static let compression = PropertyName(legal: "compression")
    /// The cipher, or `off`.
    public static let encryption = PropertyName(legal: "encryption")
    /// The dataset whose key this one uses.
    public static let encryptionroot = PropertyName(legal: "encryptionroot")
    /// `available` or `unavailable`: whether the key is loaded.
    public static let keystatus = PropertyName(legal: "keystatus")
    /// The form of the key: `raw`, `hex` or `passphrase`.
    public static let keyformat = PropertyName(legal: "keyformat")
    /// Where the key is read from.
    public static let keylocation = PropertyName(legal: "keylocation")
    /// The token that continues an interrupted receive.
    public static let receiveResumeToken = PropertyName(legal: "receive_resume_token")
    /// The limit on the dataset and all below it, in bytes.
    public static let quota = PropertyName(legal: "quota")
    /// The limit on the dataset itself, in bytes.
    public static let refquota = PropertyName(legal: "refquota")
    /// The space set aside for the dataset and all below it, in bytes.
    public static let reservation = PropertyName(legal: "reservation")
    /// The space set aside for the dataset itself, in bytes.
    public static let refreservation = PropertyName(legal: "refreservation")
    /// The space written since the newest snapshot, in bytes.
    public static let written = PropertyName(legal: "written")
    /// Whether programs of a file system can be setuid.
    public static let setuid = PropertyName(legal: "setuid")
    /// Whether programs of a file system can be run.
    public static let exec = PropertyName(legal: "exec")
    /// Whether device nodes of a file system work.
    public static let devices = PropertyName(legal: "devices")
    /// Whether a file system is mounted over a folder that is not empty.
    public static let overlay = PropertyName(legal: "overlay")
    /// How a file system is shared by NFS.
    public static let sharenfs = PropertyName(legal: "sharenfs")
    /// How a file system is shared by SMB.
    public static let sharesmb = PropertyName(legal: "sharesmb")
    /// Whether a user namespace or zone manages the dataset.
    public static let zoned = PropertyName(legal: "zoned")
    /// Whether a file system is mounted with mandatory locks.
    public static let nbmand = PropertyName(legal: "nbmand")
    /// Whether snapshots of a volume have devices.
    public static let snapdev = PropertyName(legal: "snapdev")
    /// How a volume shows on the host.
    public static let volmode = PropertyName(legal: "volmode")
    /// Whether blocks are looked up in the table of the pool.
    public static let dedup = PropertyName(legal: "dedup")
    /// The security context of all files.
    public static let context = PropertyName(legal: "context")
    /// The security context of the file system.
    public static let fscontext = PropertyName(legal: "fscontext")
    /// The security context of files without one.
    public static let defcontext = PropertyName(legal: "defcontext")
    /// The security context of the top folder.
    public static let rootcontext = PropertyName(legal: "rootcontext")
}
