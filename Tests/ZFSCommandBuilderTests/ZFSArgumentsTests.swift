import Testing

@testable import ZFSCommandBuilder

@Suite struct ZFSArgumentsTests {
    @Test func `gives every command its arguments`() throws {
        let fs = try DatasetName("tank/a")
        let other = try DatasetName("tank/b")
        let s1 = try SnapshotName("tank/a@s1")
        let s2 = try SnapshotName("tank/a@s2")
        let mark = try BookmarkName("tank/a#m")
        let size = try PropertyAssignment(PropertyName("quota"), PropertyValue("10G"))
        let owner = try PropertyAssignment(PropertyName("a:b"), PropertyValue("c=d"))
        let tag = try HoldTag("keep")
        let path = try AbsolutePath("/tank/a")
        let token = try ResumeToken("1-c0ffee-e8-789c")
        let quota = try Permission("quota")
        let set = try PermissionSetName("@ops")
        let anna = try UserName("anna")
        let names = try ["a", "b", "c"].map { text throws(NameError) in try ComponentName(text) }
        let book = try RedactionBookmark("book")
        expect(ZFS.CreateFilesystem(fs), "create|tank/a")
        expect(
            ZFS.CreateFilesystem(fs, properties: [size, owner], parents: true, unmounted: true, dryRun: true),
            "create|-p|-u|-n|-o|quota=10G|-o|a:b=c=d|tank/a", isRead: true)
        expect(ZFS.CreateVolume(fs, size: Size(bytes: 4096)), "create|-V|4096|tank/a")
        try expect(
            ZFS.CreateVolume(
                fs, size: Size("1G"), blockSize: Size("16K"), properties: [owner], sparse: true,
                parents: true), "create|-p|-s|-b|16K|-o|a:b=c=d|-V|1G|tank/a")
        expect(ZFS.Destroy(fs), "destroy|-vp|tank/a")
        expect(ZFS.Destroy(fs, recursive: true, force: true, dryRun: true), "destroy|-r|-f|-n|-vp|tank/a", isRead: true)
        expect(ZFS.Destroy(fs, recursive: true, dependents: true), "destroy|-R|-vp|tank/a")
        try expect(ZFS.DestroySnapshots(fs, names), "destroy|-vp|tank/a@a,b,c")
        try expect(
            ZFS.DestroySnapshots(fs, [names[0]], recursive: true, deferred: true, dryRun: true),
            "destroy|-r|-d|-n|-vp|tank/a@a", isRead: true)
        expect(ZFS.DestroyBookmark(mark), "destroy|tank/a#m")
        expect(ZFS.Snapshot([s1]), "snapshot|tank/a@s1")
        try expect(
            ZFS.Snapshot([s1, SnapshotName("tank/b@s1")], recursive: true, properties: [owner]),
            "snapshot|-r|-o|a:b=c=d|tank/a@s1|tank/b@s1")
        expect(ZFS.Rollback(s1), "rollback|tank/a@s1")
        expect(ZFS.Rollback(s1, destroyNewer: true), "rollback|-r|tank/a@s1")
        expect(ZFS.Rollback(s1, destroyNewer: true, destroyClones: true, force: true), "rollback|-R|-f|tank/a@s1")
        expect(ZFS.Clone(s1, to: other), "clone|tank/a@s1|tank/b")
        expect(ZFS.Clone(s1, to: other, properties: [size], parents: true), "clone|-p|-o|quota=10G|tank/a@s1|tank/b")
        expect(ZFS.Promote(fs), "promote|tank/a")
        expect(ZFS.Rename(fs, to: other), "rename|tank/a|tank/b")
        expect(ZFS.Rename(fs, to: other, parents: true, unmounted: true, force: true), "rename|-p|-u|-f|tank/a|tank/b")
        expect(ZFS.RenameSnapshot(s1, to: names[0], recursive: true), "rename|-r|tank/a@s1|@a")
        expect(ZFS.Bookmark(s1, as: mark), "bookmark|tank/a@s1|tank/a#m")
        try expect(ZFS.Bookmark(mark, as: BookmarkName("tank/a#n")), "bookmark|tank/a#m|tank/a#n")
        expect(ZFS.List(), "list|-H|-p|-o|name", isRead: true)
        expect(
            ZFS.List(
                [.dataset(fs), .snapshot(s1)], types: [.snapshot, .bookmark], recursive: true,
                columns: [.name, .guid],
                sort: [SortKey(.createtxg), SortKey(.name, descending: true)]),
            "list|-H|-p|-r|-t|snapshot,bookmark|-o|name,guid|-s|createtxg|-S|name|tank/a|tank/a@s1", isRead: true)
        expect(ZFS.List([.dataset(fs)], recursive: true, depth: 1), "list|-H|-p|-d|1|-o|name|tank/a", isRead: true)
        expect(ZFS.List([.dataset(fs)], depth: -1), "list|-H|-p|-d|0|-o|name|tank/a", isRead: true)
        expect(ZFS.Get([.dataset(fs)]), "get|-H|-p|-o|name,property,value,source|all|tank/a", isRead: true)
        expect(
            ZFS.Get(
                [.bookmark(mark)], properties: .named([.guid, .type]), columns: [.value], sources: [.local, .none],
                types: [.bookmark], recursive: true, depth: 2),
            "get|-H|-p|-d|2|-o|value|-s|local,none|-t|bookmark|guid,type|tank/a#m", isRead: true)
        expect(ZFS.GetValue(.dataset(fs), .mountpoint), "get|-H|-p|-o|value|mountpoint|tank/a", isRead: true)
        expect(ZFS.Set([size, owner], on: [.dataset(fs), .snapshot(s1)]), "set|quota=10G|a:b=c=d|tank/a|tank/a@s1")
        expect(ZFS.Set([size], on: [.dataset(fs)], unmounted: true), "set|-u|quota=10G|tank/a")
        expect(
            ZFS.Inherit(.compression, on: [.dataset(fs)], recursive: true, toReceived: true),
            "inherit|-r|-S|compression|tank/a")
        expect(ZFS.ListUpgrades(), "upgrade", isRead: true)
        expect(ZFS.ListVersions(), "upgrade|-v", isRead: true)
        expect(ZFS.Upgrade(.all), "upgrade|-a")
        expect(ZFS.Upgrade(.dataset(fs), recursive: true, version: 5), "upgrade|-r|-V|5|tank/a")
        expect(
            ZFS.UserSpace(.dataset(fs)), "userspace|-H|-p|-o|type,name,used,quota,objused,objquota|tank/a", isRead: true
        )
        expect(
            ZFS.GroupSpace(.snapshot(s1), types: [.posixGroup, .smbGroup], numeric: true, translateSIDs: true),
            "groupspace|-H|-p|-n|-i|-o|type,name,used,quota,objused,objquota|-t|posixgroup,smbgroup|tank/a@s1",
            isRead: true)
        expect(
            ZFS.ProjectSpace(.dataset(fs)), "projectspace|-H|-p|-o|type,name,used,quota,objused,objquota|tank/a",
            isRead: true)
        expect(ZFS.ListProjects([path], recursive: true), "project|-r|/tank/a", isRead: true)
        expect(ZFS.ListProjects([path], directoryOnly: true, recursive: true), "project|-d|/tank/a", isRead: true)
        expect(ZFS.ClearProject([path], keepID: true, recursive: true), "project|-C|-k|-r|/tank/a")
        expect(ZFS.CheckProject([path], project: 7), "project|-c|-0|-p|7|/tank/a", isRead: true)
        expect(ZFS.SetProject([path], project: 7, inherit: true, recursive: true), "project|-p|7|-r|-s|/tank/a")
        expect(ZFS.ListMounts(), "mount", isRead: true)
        expect(ZFS.Mount(.all), "mount|-a")
        try expect(
            ZFS.Mount(
                .tree(fs), options: [MountOption("ro"), MountOption("noexec")], overlay: true,
                loadKeys: true,
                force: true), "mount|-O|-l|-f|-o|ro,noexec|-R|tank/a")
        expect(ZFS.Unmount(.mountpoint(path), force: true, unloadKeys: true), "unmount|-f|-u|/tank/a")
        expect(ZFS.Share(.dataset(fs), loadKeys: true), "share|-l|tank/a")
        expect(ZFS.Unshare(.all), "unshare|-a")
        expect(ZFS.Send(s2), "send|tank/a@s2")
        expect(ZFS.Send(s2, from: .snapshot(s1), dryRun: true), "send|-nvP|-i|tank/a@s1|tank/a@s2", isRead: true)
        expect(
            ZFS.Send(
                s2, from: .intermediates(s1), raw: true, compressed: true, largeBlocks: true, embedded: true,
                properties: true, backup: true, holds: true, replicate: true, skipMissing: true,
                exclude: [fs, other], progress: true),
            "send|-R|-s|-X|tank/a,tank/b|-w|-c|-L|-e|-p|-b|-h|-vP|-I|tank/a@s1|tank/a@s2")
        expect(ZFS.Send(s2, from: .bookmark(mark), redactedBy: book), "send|--redact|book|-i|tank/a#m|tank/a@s2")
        expect(ZFS.SendDataset(fs, from: .bookmark(mark), raw: true), "send|-w|-i|tank/a#m|tank/a")
        expect(ZFS.SendResume(token, embedded: true, dryRun: true), "send|-e|-nvP|-t|1-c0ffee-e8-789c", isRead: true)
        expect(ZFS.SendSaved(fs), "send|-S|tank/a")
        expect(ZFS.Receive(.dataset(fs)), "receive|tank/a")
        expect(
            ZFS.Receive(
                .snapshot(s1), resumable: true, unmounted: true, force: true, skipHolds: true, forceUnmount: true,
                naming: .lastComponent, origin: s2, properties: [size], excludedProperties: [.mountpoint],
                dryRun: true, verbose: true),
            "receive|-s|-u|-F|-h|-M|-e|-n|-v|-o|origin=tank/a@s2|-o|quota=10G|-x|mountpoint|tank/a@s1", isRead: true)
        expect(ZFS.Receive(.dataset(fs), naming: .withoutPool), "receive|-d|tank/a")
        expect(ZFS.AbortReceive(fs), "receive|-A|tank/a")
        expect(ZFS.CorrectiveReceive(.snapshot(s1), verbose: true), "receive|-c|-v|tank/a@s1")
        expect(ZFS.Redact(s1, to: book, against: [s2]), "redact|tank/a@s1|book|tank/a@s2")
        expect(ZFS.Hold([s1, s2], tag: tag, recursive: true), "hold|-r|keep|tank/a@s1|tank/a@s2")
        expect(ZFS.Release([s1], tag: tag), "release|keep|tank/a@s1")
        expect(ZFS.Holds([s1], recursive: true, exactTimes: true), "holds|-r|-H|-p|tank/a@s1", isRead: true)
        expect(ZFS.Diff(s1), "diff|-H|-F|tank/a@s1", isRead: true)
        expect(ZFS.Diff(s1, to: .snapshot(s2), changeTimes: true), "diff|-H|-F|-t|tank/a@s1|tank/a@s2", isRead: true)
        try expect(
            ZFS.ChannelProgram(
                fs.pool, script: AbsolutePath("/dev/stdin"), arguments: [ScriptArgument("x=1")],
                readOnly: true, instructionLimit: 5, memoryLimit: 6), "program|-j|-n|-t|5|-m|6|tank|/dev/stdin|x=1",
            isRead: true)
        expect(ZFS.LoadKey(.dataset(fs), recursive: true, dryRun: true), "load-key|-n|-r|tank/a")
        expect(ZFS.LoadKey(.all, location: .prompt), "load-key|-L|prompt|-a")
        expect(ZFS.UnloadKey(.dataset(fs), recursive: true), "unload-key|-r|tank/a")
        expect(ZFS.ChangeKey(fs, properties: [owner], loadKey: true), "change-key|-l|-o|a:b=c=d|tank/a")
        expect(ZFS.InheritKey(fs, loadKey: true), "change-key|-i|-l|tank/a")
        expect(ZFS.ListPermissions(fs), "allow|tank/a", isRead: true)
        expect(
            ZFS.Allow([quota, Permission(set)], to: .users([anna]), on: fs, local: true),
            "allow|-l|-u|anna|quota,@ops|tank/a")
        expect(ZFS.Allow([quota], to: .everyone, on: fs, descendants: true), "allow|-d|-e|quota|tank/a")
        expect(ZFS.Allow([quota], to: .set(set), on: fs), "allow|-s|@ops|quota|tank/a")
        expect(ZFS.Unallow([], from: .groups([anna]), on: fs, recursive: true), "unallow|-r|-g|anna|tank/a")
        expect(ZFS.Unallow([quota], from: .creator, on: fs), "unallow|-c|quota|tank/a")
        expect(ZFS.Zone(fs, namespace: path), "zone|/tank/a|tank/a")
        expect(ZFS.Unzone(fs, namespace: path), "unzone|/tank/a|tank/a")
        expect(ZFS.Version(), "version", isRead: true)
        expect(ZFS.Wait(fs, for: [.deleteQueue]), "wait|-t|deleteq|tank/a", isRead: true)
    }

    private func expect(
        _ command: some Command,
        _ words: String,
        isRead: Bool = false,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(command.arguments == words.split(separator: "|").map(String.init), sourceLocation: location)
        #expect(command.isRead == isRead, sourceLocation: location)
        #expect(type(of: command).program == .zfs, sourceLocation: location)
    }

    @Test func `names the pool where it is just one`() throws {
        let first = try SnapshotName("tank/a@s")
        let second = try SnapshotName("tank/b@s")
        let third = try SnapshotName("backup/b@s")
        #expect(ZFS.Snapshot([first, second]).pool?.text == "tank")
        #expect(ZFS.Snapshot([first, third]).pool == nil)
        #expect(ZFS.List().pool == nil)
        #expect(ZFS.Mount(.all).pool == nil)
        #expect(ZFS.Mount(.tree(first.dataset)).pool?.text == "tank")
    }

    @Test func `refuses to destroy no snapshots, which zfs would read as all`() throws {
        let fs = try DatasetName("tank/a")
        #expect(throws: NameError.self) { try ZFS.DestroySnapshots(fs, []) }
    }

    @Test func `refuses a list of snapshots that Linux does not take as one argument`() throws {
        let fs = try DatasetName("tank/a")
        let name = try ComponentName(String(repeating: "a", count: 99))
        let most = Array(repeating: name, count: 1310)
        let word = try #require(try ZFS.DestroySnapshots(fs, most).arguments.last)
        #expect(word.utf8.count < 131_072)
        #expect(throws: NameError.self) { try ZFS.DestroySnapshots(fs, most + [name]) }
    }
}
