internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

extension Method {
    static let bookmarkCreate = Method(
        "bookmark_create", "Creates a bookmark of a snapshot: a base for incremental sends that takes no space.",
        .operator,
        .required("snapshot", .snapshot, "The snapshot, as dataset@name."),
        .required("bookmark", .bookmark, "The bookmark, as dataset#name."),
        result: .object(["snapshot": .string(), "bookmark": .string(), "created": .constant(true)])
    ) { call, snapshot, bookmark in
        try await call.runner.run(ZFS.Bookmark(snapshot, as: bookmark))
        return .object([
            "snapshot": .string(snapshot.text), "bookmark": .string(bookmark.text), "created": true,
        ])
    }

    static let bookmarkList = Method(
        "bookmark_list", "Lists the bookmarks of a dataset, oldest first.", .viewer,
        .required("dataset", .dataset, "The file system or volume."),
        result: .object([
            "dataset": .string(), "bookmarks": .array(.string("dataset#name")),
            "entries": .array(
                .object([
                    "name": .string("dataset#name"), "guid": .string("64 bits, decimal"), "createtxg": .integer(),
                    "creation": .string("RFC 3339"),
                ])),
        ]),
        answer: { call, dataset in
            let list = ZFS.List(
                [.dataset(dataset)], types: [.bookmark], depth: 1, columns: [.name, .guid, .createtxg, .creation],
                sort: [SortKey(.createtxg)])
            var answer = ListAnswer(call)
            try await call.runner.forEachRow(of: list) { row in
                try answer.append(
                    name: row[0],
                    entry: .object([
                        "name": .string(row[0]), "guid": .string(row[1]), "createtxg": .figure(row[2]),
                        "creation": .timestamp(row[3]),
                    ]))
            }
            return answer.finish(["dataset": .string(dataset.text)], names: "bookmarks")
        }
    )

    static let bookmarkDestroy = Method(
        "bookmark_destroy", "Destroys a bookmark.", .operator,
        .required("bookmark", .bookmark, "The bookmark, as dataset#name."),
        result: .object(["bookmark": .string(), "destroyed": .constant(true)])
    ) { call, bookmark in
        try await call.runner.run(ZFS.DestroyBookmark(bookmark))
        return .object(["bookmark": .string(bookmark.text), "destroyed": true])
    }
}
