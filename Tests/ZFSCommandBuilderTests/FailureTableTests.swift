import Testing
import ZFSCommandBuilder

@Suite struct FailureTableTests {
    @Test(arguments: FailureTableTests.missing + FailureTableTests.present)
    func `tells what is missing and what is in the way`(expected: FailureCase) { check(expected) }

    @Test(arguments: FailureTableTests.properties + FailureTableTests.names)
    func `tells a wrong property, value or name`(expected: FailureCase) { check(expected) }

    @Test(arguments: FailureTableTests.environment)
    func `tells what the system refuses`(expected: FailureCase) { check(expected) }

    @Test(arguments: FailureTableTests.snapshots + FailureTableTests.mounts)
    func `tells rollbacks, holds, clones and mounts`(expected: FailureCase) { check(expected) }

    @Test(arguments: FailureTableTests.scrubsAndDiffs)
    func `tells scrubs and diffs`(expected: FailureCase) { check(expected) }

    private func check(_ expected: FailureCase) {
        let failure = expected.failure
        #expect(failure.reason == expected.reason)
        #expect(failure.subject == expected.subject)
    }

    static let missing: [FailureCase] = [
        .init(.datasetNotFound, "tank/a", "cannot open 'tank/a': dataset does not exist\n"),
        .init(.datasetNotFound, "tank", "cannot open 'tank': dataset does not exist\n"),
        .init(.snapshotNotFound, "tank/a@x", "cannot open 'tank/a@x': dataset does not exist\n"),
        .init(.bookmarkNotFound, "tank/a#m", "cannot open 'tank/a#m': dataset does not exist\n"),
        .init(.bookmarkNotFound, "tank/a#m", "bookmark 'tank/a#m' does not exist.\n"),
        .init(.poolNotFound, "tank", "cannot open 'tank': no such pool\n", .zpool),
        .init(.poolNotFound, "tank", "cannot open 'tank': no such pool or dataset\n"),
        .init(.snapshotNotFound, "t/a@x", "warning: cannot send 't/a@x': no such pool or dataset\n"),
        .init(.poolNotFound, "tank", "Cannot get properties of tank: no such pool available.\n", .zpool),
        .init(.snapshotNotFound, nil, "could not find any snapshots to destroy; check snapshot names.\n"),
        .init(.snapshotNotFound, "tank/a@x", "cannot hold snapshot 'tank/a@x': dataset does not exist\n"),
        .init(.snapshotNotFound, "tank/a", "'tank/a' is not a snapshot\n"),
        .init(.parentNotFound, "tank/a/b", "cannot create 'tank/a/b': parent does not exist\n"),
        .init(.parentNotFound, "tank/v/b", "cannot create 'tank/v/b': parent is not a filesystem\n"),
        .init(.poolNotFound, "x", "cannot create 'x/b': no such pool 'x'\n"),
        .init(.poolNotFound, "x", "cannot create 'x': no such pool 'x'\n"),
        .init(.datasetNotFound, "x/no such pool", "cannot open 'x/no such pool': dataset does not exist\n"),
        .init(.parentNotFound, "tank/a/b", "cannot create 'tank/a/b': no such parent 'tank/a'\n"),
        .init(.parentNotFound, "tank", "cannot create 'tank': missing dataset name\n"),
    ]

    static let present: [FailureCase] = [
        .init(.alreadyExists, "tank/a", "cannot create 'tank/a': dataset already exists\n"),
        .init(
            .snapshotExists, "tank/a@x",
            "cannot create snapshot 'tank/a@x': dataset already exists\nno snapshots were created\n"),
        .init(.bookmarkExists, "tank/a#m", "cannot create bookmark 'tank/a#m': bookmark exists\n"),
        .init(.bookmarkCrossPool, "b/a#m", "cannot create bookmark 'b/a#m': bookmark is in a different pool\n"),
        .init(
            .bookmarkNotAncestor, "tank/b#m",
            "cannot create bookmark 'tank/b#m': source is not an ancestor of the new bookmark's dataset\n"),
        .init(.bookmarkUnsupported, "t/a#m", "cannot create bookmark 't/a#m': bookmark feature not enabled\n"),
        .init(.bookmarkInvalid, "t/a#m", "cannot create bookmark 't/a#m': invalid argument\n"),
        .init(.hasChildren, "tank/a", "cannot destroy 'tank/a': filesystem has children\n"),
        .init(.hasChildren, "tank/v", "cannot destroy 'tank/v': volume has children\n"),
        .init(.hasClones, "tank/a@x", "cannot destroy 'tank/a@x': snapshot has dependent clones\n"),
        .init(.hasClones, "tank/a@x", "cannot destroy snapshot tank/a@x: snapshot is cloned\n"),
        .init(
            .held, "tank/a@x",
            "cannot destroy snapshot tank/a@x: it's being held. Run 'zfs holds -r tank/a@x' to see holders.\n"),
        .init(.busy, "tank/a@x", "cannot destroy snapshot tank/a@x: dataset is busy\n"),
        .init(.busy, "tank/a", "cannot destroy 'tank/a': dataset is busy\n"),
        .init(.busy, "/tank/a", "cannot unmount '/tank/a': pool or dataset is busy\n"),
        .init(.busy, "tank/a", "cannot mount 'tank/a': mountpoint or dataset is busy\n"),
        .init(.busy, "tank", "cannot export 'tank': pool is busy\n", .zpool),
        .init(.isPoolRoot, "tank", "cannot destroy 'tank': operation does not apply to pools\nuse 'zfs destroy -r'"),
    ]

    static let properties: [FailureCase] = [
        .init(.invalidProperty, "tank/a", "cannot create 'tank/a': invalid property 'colour'\n"),
        .init(.invalidProperty, "colour", "bad property list: invalid property 'colour'\nusage:\n\tget [-rHp]\n"),
        .init(.invalidPropertyValue, "t/a", "cannot set property for 't/a': 'atime' must be one of 'on | off'\n"),
        .init(.invalidPropertyValue, "t/a", "cannot set property for 't/a': 'used' is readonly\n"),
        .init(.invalidPropertyValue, "t/a", "cannot set property for 't/a': read-only property\n"),
        .init(
            .invalidPropertyValue, "t/a",
            "cannot set property for 't/a': 'volsize' does not apply to datasets of this type\n"),
        .init(
            .invalidPropertyValue, "t/a@x",
            "cannot set property for 't/a@x': this property can not be modified for snapshots\n"),
        .init(.invalidPropertyValue, "atime", "property 'atime' specified multiple times\n"),
        .init(
            .invalidPropertyValue, "t/a",
            "cannot set property for 't/a': 'mountpoint' must be an absolute path, 'none', or 'legacy'\n"),
        .init(.invalidPropertyValue, "t/v", "cannot create 't/v': bad volume size '9x': invalid numeric suffix 'x'\n"),
        .init(
            .invalidPropertyValue, "t/v",
            "cannot create 't/v': volume size must be a multiple of volume block size\n"),
        .init(
            .quotaConflict, "t/a",
            "cannot set property for 't/a': size is less than current used or reserved space\n"),
        .init(.quotaConflict, "t/a", "cannot set property for 't/a': size is greater than available space\n"),
    ]

    static let names: [FailureCase] = [
        .init(.nameTooLong, "t/a", "cannot set property for 't/a': property value too long\n"),
        .init(.nameTooLong, "t/a", "cannot create 't/a': name is too long\n"),
        .init(.nameTooLong, "t/a", "cannot rename to 't/a': dataset name is too long\n"),
        .init(.invalidName, "t/a*", "cannot create 't/a*': invalid character '*' in name\n"),
        .init(.invalidName, "t/a@", "cannot open 't/a@': empty component or misplaced '@' or '#' delimiter in name\n"),
        .init(.invalidName, "a@b@c", "cannot open 'a@b@c': multiple '@' and/or '#' delimiters in name\n"),
        .init(.invalidName, "/t", "cannot create '/t': leading slash in name\n"),
        .init(.invalidName, "t/.", "cannot create 't/.': self reference, '.' is found in name\n"),
        .init(.invalidName, "1t", "cannot create '1t': pool doesn't begin with a letter\n"),
        .init(.invalidName, "raidz", "cannot create 'raidz': name is reserved\n", .zpool),
    ]

    static let environment: [FailureCase] = [
        .init(.permissionDenied, "t/a", "cannot create 't/a': permission denied\n"),
        .init(.permissionDenied, nil, "cannot create snapshots : permission denied\n"),
        .init(.permissionDenied, "t/a@x", "cannot destroy snapshot t/a@x: permission denied\n"),
        .init(.permissionDenied, "tank", "cannot scrub tank: permission denied\n", .zpool),
        .init(.permissionDenied, "t/a", "cannot inherit com.sun:auto-snapshot for 't/a': permission denied\n"),
        .init(.permissionDenied, nil, "Permission denied the ZFS utilities must be run as root.\n"),
        .init(.permissionDenied, "t/a", "cannot create 't/a': delegated administration is disabled on pool\n"),
        .init(.permissionDenied, "t/a", "cannot mount 't/a': Insufficient privileges\n"),
        .init(.zfsUnavailable, nil, "The ZFS modules are not loaded.\nTry running 'modprobe zfs' as root.\n"),
        .init(.zfsUnavailable, nil, "The ZFS modules cannot be auto-loaded.\n"),
        .init(.zfsUnavailable, nil, "/dev/zfs and /proc/self/mounts are required.\n"),
        .init(.noSpace, "t/a", "cannot create 't/a': out of space\n"),
        .init(.poolSuspended, "t/a", "cannot open 't/a': pool I/O is currently suspended\n"),
        .init(.poolSuspended, "tank", "cannot scan 'tank': pool is currently unavailable\n", .zpool),
        .init(.poolSuspended, "tank", "cannot open 'tank': pool is unavailable\n"),
        .init(.poolSuspended, "tank", "cannot import 'tank': one or more devices is currently unavailable\n", .zpool),
        .init(.readOnly, "t/a", "cannot create 't/a': pool is read-only\n"),
        .init(.readOnly, "t/a", "cannot receive property for 't/a': dataset is read-only\n"),
        .init(.ioError, "t/a", "cannot open 't/a': I/O error\n"),
        .init(.ioError, "t/a", "cannot open 't/a': insufficient replicas\n"),
        .init(.interrupted, nil, "cannot iterate filesystems: signal received\n"),
        .init(.keyNotLoaded, "t/a", "cannot mount 't/a': encryption key not loaded\n"),
        .init(.keyNotLoaded, "t/a", "cannot create 't/a': encryption root's key is not loaded or provided\n"),
        .init(.keyNotLoaded, nil, "cannot receive incremental stream: inherited key must be loaded\n"),
        .init(.unsupported, nil, "cannot receive: pool must be upgraded to receive this stream.\n"),
        .init(.unsupported, "t/a", "cannot set property for 't/a': unsupported version or feature\n"),
        .init(
            .unsupported, "t/a",
            "cannot open 't/a': the loaded zfs module does not support this operation. A reboot may be required to "
                + "enable this operation.\n"),
        .init(.unsupported, "j", "invalid option 'j'\nusage:\n\tlist [-Hp]\n"),
        .init(.operationFailed, "t/a", "cannot create 't/a': the moon is full\n"),
    ]

    static let snapshots: [FailureCase] = [
        .init(.newerSnapshots, "t/a@x", "cannot rollback to 't/a@x': more recent snapshots or bookmarks exist\n"),
        .init(
            .newerSnapshots, "t/a",
            "cannot rollback 't/a': there is a snapshot or bookmark more recent than 't/a@x'\n"),
        .init(.hasClones, "t/a@x", "cannot rollback to 't/a@x': clones of previous snapshots exist\n"),
        .init(.tagExists, "t/a@x", "cannot hold snapshot 't/a@x': tag already exists on this dataset\n"),
        .init(.tagInvalid, "t/a@x", "cannot hold snapshot 't/a@x': tag too long\n"),
        .init(.tagInvalid, nil, "tag may not start with '.'\nusage:\n"),
        .init(.tagNotFound, "t/a@x", "cannot release hold from snapshot 't/a@x': no such tag on this dataset\n"),
        .init(.crossPool, "b/c", "cannot create 'b/c': source and target pools differ\n"),
    ]

    static let mounts: [FailureCase] = [
        .init(.mountAlreadyMounted, "t/a", "cannot mount 't/a': filesystem already mounted\n"),
        .init(.mountNotMounted, "t/a", "cannot unmount 't/a': not currently mounted\n"),
        .init(.mountDirectoryNotEmpty, "/t/a", "cannot mount '/t/a': directory is not empty\n"),
        .init(.mountLegacy, "t/a", "cannot mount 't/a': legacy mountpoint\nuse mount(8) to mount this filesystem\n"),
        .init(.mountNoMountpoint, "t/a", "cannot mount 't/a': no mountpoint set\n"),
        .init(.mountCanmountOff, "t/a", "cannot mount 't/a': 'canmount' property is set to 'off'\n"),
        .init(
            .mountPartialReceive, "t/a",
            "cannot mount 't/a': Contains partially-completed state from \"zfs receive -s\", which can be resumed with "
                + "\"zfs send -t\"\n"),
        .init(.mountFailed, "/t/a", "cannot mount '/t/a': failed to create mountpoint: Read-only file system\n"),
        .init(.permissionDenied, "/t/a", "cannot mount '/t/a': failed to create mountpoint: Permission denied\n"),
    ]

    static let scrubsAndDiffs: [FailureCase] = [
        .init(
            .scrubRunning, "t", "cannot scrub t: currently scrubbing; use 'zpool scrub -s' to cancel scrub\n", .zpool),
        .init(
            .scrubRunning, "t", "cannot scrub t: currently scrubbing; use 'zpool scrub -s' to cancel current scrub\n",
            .zpool),
        .init(.scrubRunning, "t", "cannot pause scrubbing t: scrub is paused; use 'zpool scrub' to resume\n", .zpool),
        .init(.resilvering, "tank", "cannot scrub tank: currently resilvering\n", .zpool),
        .init(.noScrub, "tank", "cannot cancel scrubbing tank: there is no active scrub\n", .zpool),
        .init(.diffFailed, nil, "Unable to obtain diffs: \n   Not an earlier snapshot from the same fs\n"),
        .init(.diffFailed, nil, "Unable to obtain diffs: Invalid argument\n"),
        .init(
            .permissionDenied, nil,
            "Unable to obtain diffs: \n   The sys_config privilege or diff delegated permission is needed\n"
                + "   to execute the diff ioctl\n"),
        .init(.notMounted, nil, "Cannot diff an unmounted snapshot: invalid name\n"),
        .init(
            .notMounted, nil,
            "Cannot diff an unmounted snapshot: operation not applicable to datasets of this type\n"),
        .init(.diffFailed, "t/a@", "Badly formed snapshot name t/a@: invalid name\n"),
    ]
}
