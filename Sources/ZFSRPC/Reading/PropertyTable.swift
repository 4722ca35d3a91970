internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

/// One value of a property as `get` tells it.
struct PropertyRow: Sendable {
    let name: String
    let property: String
    let value: String
    let source: String
}

extension Call {
    /// Values that are read one by one for one answer.
    private static var exactLimit: Int { 500 }

    /// Reads property values exactly, whatever bytes are in them.
    ///
    /// `get -H` prints values raw, and the value of a user property may hold a tab or newline that looks like further
    /// rows. So the rows are counted by a second run that prints no values; where the two disagree, every value is read
    /// by a run of its own.
    /// - Parameters:
    ///   - keys: Prints name, property and source.
    ///   - rows: Prints name, property, value and source of the same.
    ///   - value: Prints one value alone.
    func exactValues<Keys: RowCommand, Rows: RowCommand, Value: ReportingCommand>(
        keys: Keys,
        rows: Rows,
        value: (_ name: String, _ property: String) throws -> Value
    ) async throws -> [PropertyRow] where Keys.Row == [String], Rows.Row == [String], Value.Output == String {
        async let counted = runner.run(keys)
        let read: [[String]]?
        do {
            read = try await runner.run(rows)
        } catch is OutputError {
            read = nil
        }
        let expected = try await counted
        if let read, read.count == expected.count, zip(read, expected).allSatisfy({ [$0[0], $0[1], $0[3]] == $1 }) {
            return read.map { PropertyRow(name: $0[0], property: $0[1], value: $0[2], source: $0[3]) }
        }
        if expected.count > Self.exactLimit {
            throw RPCError(
                .operationFailed, "too_many_results",
                "a property value has a tab or newline, so each of \(expected.count) values would have to be read alone; "
                    + "ask for fewer datasets or properties")
        }
        var exact: [PropertyRow] = []
        for key in expected {
            let text = try await runner.run(value(key[0], key[1]))
            exact.append(PropertyRow(name: key[0], property: key[1], value: text, source: key[2]))
        }
        return exact
    }

    /// The values of properties of datasets.
    func properties(
        of targets: [DatasetReference],
        _ properties: ZFS.Get.Properties,
        types: [DatasetType] = [],
        recursive: Bool = false,
        depth: Int? = nil
    ) async throws -> [PropertyRow] {
        var get = ZFS.Get(
            targets, properties: properties, columns: [.name, .property, .source], types: types, recursive: recursive,
            depth: depth)
        let keys = get
        get.columns = [.name, .property, .value, .source]
        return try await exactValues(keys: keys, rows: get) { name, property in
            ZFS.GetValue(try DatasetReference(name), try PropertyName(property))
        }
    }

    /// The exact numbers of properties that are numbers.
    func numbers(of target: DatasetReference, _ properties: [PropertyName]) async throws -> [String: UInt64] {
        let rows = try await runner.run(
            ZFS.Get([target], properties: .named(properties), columns: [.property, .value]))
        var numbers: [String: UInt64] = [:]
        for row in rows { numbers[row[0]] = UInt64(row[1]) }
        return numbers
    }
}

extension [PropertyRow] {
    /// Values and sources by property, in order, as members of a result.
    var members: [JSONMember] {
        [
            JSONMember("properties", .object(map { JSONMember($0.property, .string($0.value)) })),
            JSONMember("sources", .object(map { JSONMember($0.property, .string($0.source)) })),
        ]
    }
}
