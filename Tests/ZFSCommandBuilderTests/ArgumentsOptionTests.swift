import Testing

@testable import ZFSCommandBuilder

/// No operand is parsed as an option, whatever legal text it has.
@Suite struct ArgumentsOptionTests {
    @Test(arguments: 0..<150 as Range<UInt64>)
    func `parses back to its operands and option values`(_ seed: UInt64) throws {
        var texts = LegalTexts(seed: seed)
        let fs = try DatasetName(texts.dataset())
        let other = try DatasetName(texts.dataset())
        let snapshot = try SnapshotName(texts.snapshot())
        let later = try SnapshotName(texts.snapshot())
        let mark = try BookmarkName(texts.bookmark())
        let component = try ComponentName(texts.component())
        let assignment = PropertyAssignment(try PropertyName(texts.property()), try PropertyValue(texts.value()))
        let property = try PropertyName(texts.property())
        let tag = try HoldTag(texts.tag())
        let path = try AbsolutePath(texts.path())
        let token = try ResumeToken(texts.token())
        let user = try UserName(texts.user())
        let permission = try Permission("quota")
        let argument = try ScriptArgument("a" + texts.value())
        let one = texts.bool()
        let two = texts.bool()
        let references: [DatasetReference] = [.dataset(fs), .snapshot(snapshot)]
        let names = references.map(\.text)
        try expect(
            ZFS.CreateFilesystem(fs, properties: [assignment], parents: one, unmounted: two),
            declared: ":PV:b:nso:puv", values: [assignment.argument], operands: [fs.text])
        try expect(
            ZFS.CreateVolume(fs, size: Size(bytes: 1), properties: [assignment], sparse: one),
            declared: ":PV:b:nso:puv", values: [assignment.argument, "1"], operands: [fs.text])
        try expect(ZFS.Destroy(fs, recursive: one, force: two), declared: "vpndfrR", operands: [fs.text])
        try expect(
            ZFS.DestroySnapshots(fs, [component, component], deferred: one), declared: "vpndfrR",
            operands: ["\(fs.text)@\(component.text),\(component.text)"])
        try expect(ZFS.DestroyBookmark(mark), declared: "vpndfrR", operands: [mark.text])
        try expect(
            ZFS.Snapshot([snapshot, later], recursive: one, properties: [assignment]), declared: "ro:",
            values: [assignment.argument], operands: [snapshot.text, later.text])
        try expect(ZFS.Rollback(snapshot, destroyNewer: one), declared: "rRf", operands: [snapshot.text])
        try expect(
            ZFS.Clone(snapshot, to: fs, properties: [assignment], parents: one), declared: "o:p",
            values: [assignment.argument], operands: [snapshot.text, fs.text])
        try expect(ZFS.Promote(fs), declared: "", operands: [fs.text])
        try expect(ZFS.Rename(fs, to: other, parents: one), declared: "pruf", operands: [fs.text, other.text])
        try expect(
            ZFS.RenameSnapshot(snapshot, to: component, recursive: one), declared: "pruf",
            operands: [snapshot.text, "@" + component.text])
        try expect(ZFS.Bookmark(snapshot, as: mark), declared: "", operands: [snapshot.text, mark.text])
        try expect(
            ZFS.List(references, recursive: one, columns: [property], sort: [SortKey(property)]),
            declared: "jHS:d:o:prs:t:", values: [property.text, property.text], operands: names)
        try expect(
            ZFS.Get(references, properties: .named([property]), recursive: one),
            declared: ":d:o:s:jrt:Hp", values: ["name,property,value,source"], operands: [property.text] + names)
        try expect(
            ZFS.GetValue(.bookmark(mark), property), declared: ":d:o:s:jrt:Hp", values: ["value"],
            operands: [property.text, mark.text])
        try expect(
            ZFS.Set([assignment], on: references, unmounted: one), declared: "u",
            operands: [assignment.argument] + names)
        try expect(
            ZFS.Inherit(property, on: references, recursive: one), declared: "rS",
            operands: [property.text] + names)
        try expect(ZFS.Upgrade(.dataset(fs), recursive: one), declared: "rvV:a", operands: [fs.text])
        try expect(
            ZFS.UserSpace(.snapshot(snapshot), numeric: one), declared: "nHpo:s:S:t:i",
            values: ["type,name,used,quota,objused,objquota"], operands: [snapshot.text])
        try expect(
            ZFS.GroupSpace(.dataset(fs), translateSIDs: one), declared: "nHpo:s:S:t:i",
            values: ["type,name,used,quota,objused,objquota"], operands: [fs.text])
        try expect(
            ZFS.ProjectSpace(.dataset(fs)), declared: "Hpo:s:S:",
            values: ["type,name,used,quota,objused,objquota"], operands: [fs.text])
        try expect(ZFS.ListProjects([path, path]), declared: "0Ccdkp:rs", operands: [path.text, path.text])
        try expect(ZFS.ClearProject([path], keepID: one), declared: "0Ccdkp:rs", operands: [path.text])
        try expect(ZFS.CheckProject([path], recursive: one), declared: "0Ccdkp:rs", operands: [path.text])
        try expect(
            ZFS.SetProject([path], project: 1, inherit: one), declared: "0Ccdkp:rs", values: ["1"],
            operands: [path.text])
        try expect(ZFS.Mount(.tree(fs), overlay: one), declared: ":ajRlvo:Of", operands: [fs.text])
        try expect(ZFS.Unmount(.mountpoint(path), force: one), declared: "afu", operands: [path.text])
        try expect(ZFS.Share(.dataset(fs), loadKeys: one), declared: "al", operands: [fs.text])
        try expect(ZFS.Unshare(.mountpoint(path)), declared: "a", operands: [path.text])
        try expect(
            ZFS.Send(later, from: .snapshot(snapshot), raw: one, replicate: two, exclude: [fs]),
            declared: ":i:I:RsDpVvnPLeht:cwbd:SX:", values: [fs.text, snapshot.text], operands: [later.text])
        try expect(
            ZFS.Send(later, redactedBy: RedactionBookmark("a" + component.text), dryRun: one),
            declared: ":i:I:RsDpVvnPLeht:cwbd:SX:", values: ["a" + component.text], operands: [later.text])
        try expect(
            ZFS.SendDataset(fs, from: .bookmark(mark), progress: one),
            declared: ":i:I:RsDpVvnPLeht:cwbd:SX:", values: [mark.text], operands: [fs.text])
        try expect(
            ZFS.SendResume(token, dryRun: one), declared: ":i:I:RsDpVvnPLeht:cwbd:SX:",
            values: [token.text],
            operands: [])
        try expect(ZFS.SendSaved(fs), declared: ":i:I:RsDpVvnPLeht:cwbd:SX:", operands: [fs.text])
        try expect(
            ZFS.Receive(
                .snapshot(snapshot), force: one, origin: later, properties: [assignment],
                excludedProperties: [property]),
            declared: ":o:x:dehMnuvFsAc",
            values: ["origin=" + later.text, assignment.argument, property.text], operands: [snapshot.text])
        try expect(ZFS.AbortReceive(fs), declared: ":o:x:dehMnuvFsAc", operands: [fs.text])
        try expect(
            ZFS.CorrectiveReceive(.dataset(fs), dryRun: one), declared: ":o:x:dehMnuvFsAc",
            operands: [fs.text])
        try expect(
            ZFS.Redact(snapshot, to: RedactionBookmark("a" + component.text), against: [later]),
            declared: "", operands: [snapshot.text, "a" + component.text, later.text])
        try expect(
            ZFS.Hold([snapshot, later], tag: tag, recursive: one), declared: "rt",
            operands: [tag.text, snapshot.text, later.text])
        try expect(
            ZFS.Release([snapshot], tag: tag, recursive: one), declared: "rt",
            operands: [tag.text, snapshot.text])
        try expect(ZFS.Holds([snapshot], exactTimes: one), declared: "rHp", operands: [snapshot.text])
        try expect(
            ZFS.Diff(snapshot, to: .dataset(fs), changeTimes: one), declared: "FHth",
            operands: [snapshot.text, fs.text])
        try expect(
            ZFS.ChannelProgram(fs.pool, script: path, arguments: [argument], readOnly: one),
            declared: "nt:m:j", operands: [fs.pool.text, path.text, argument.text])
        try expect(
            ZFS.LoadKey(.dataset(fs), recursive: one, location: .prompt), declared: "anrL:",
            values: ["prompt"], operands: [fs.text])
        try expect(ZFS.UnloadKey(.dataset(fs), recursive: one), declared: "ar", operands: [fs.text])
        try expect(
            ZFS.ChangeKey(fs, properties: [assignment], loadKey: one), declared: "lio:",
            values: [assignment.argument], operands: [fs.text])
        try expect(ZFS.InheritKey(fs, loadKey: one), declared: "lio:", operands: [fs.text])
        try expect(ZFS.ListPermissions(fs), declared: "ldugecsrh", operands: [fs.text])
        try expect(
            ZFS.Allow([permission], to: .users([user, user]), on: fs, local: one), declared: "ldugecsrh",
            operands: ["\(user.text),\(user.text)", "quota", fs.text])
        try expect(
            ZFS.Unallow([], from: .groups([user]), on: fs, recursive: one), declared: "ldugecsrh",
            operands: [user.text, fs.text])
        try expect(ZFS.Zone(fs, namespace: path), declared: "", operands: [path.text, fs.text])
        try expect(ZFS.Unzone(fs, namespace: path), declared: "", operands: [path.text, fs.text])
        try expect(ZFS.Wait(fs, for: [.deleteQueue]), declared: "t:", values: ["deleteq"], operands: [fs.text])
    }

    /// Takes the option string of `zfs_main.c`.
    private func expect(
        _ command: some Command,
        declared: String,
        values: [String] = [],
        operands: [String],
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let words = command.arguments
        let parsed = try #require(
            Getopt(words.dropFirst(), declared: declared), "\(words)", sourceLocation: location)
        #expect(parsed.operands == operands, "\(words)", sourceLocation: location)
        #expect(parsed.values == values, "\(words)", sourceLocation: location)
    }
}
