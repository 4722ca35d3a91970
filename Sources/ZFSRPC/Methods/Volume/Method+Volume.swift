internal import AsyncZFSExecutor
internal import Glibc
internal import ZFSCommandBuilder

extension Method {
    static let volumeCreate = Method(
        "volume_create", "Creates a volume; answers when its device is there.", .admin,
        .required("dataset", .datasetEntry, "The new volume."),
        .optional("size_gb", .integer(1...1 << 30), "Its size in GiB; this or size_bytes."),
        .optional("size_bytes", .integer(1...Int.max), "Its size in bytes; this or size_gb."),
        .optional("compression", .propertyValue, "The compression property; lz4 unless given."),
        .optional("volblocksize", .size, "The block size, such as 16K."),
        .flag("sparse", isOn: true, "Whether it reserves no space."),
        .properties("More properties to set on it."),
        result: .object([
            "volume": .string(), "created": .constant(true), "size_bytes": .integer("bytes"),
            "device": .nullable(.string("path; null with volmode none")),
        ])
    ) { call, dataset, sizeGB, sizeBytes, compression, blockSize, sparse, properties in
        if sizeGB == nil, sizeBytes == nil {
            throw RPCError.parameter("size_bytes", "missing_parameter", "give size_gb or size_bytes")
        }
        if sizeGB != nil, sizeBytes != nil {
            throw RPCError.parameter(
                "size_bytes", "conflicting_parameters", "give either size_gb or size_bytes, not both")
        }
        try dataset.checkIsInPool("dataset")
        let size: Int = sizeBytes ?? (sizeGB ?? 0) << 30
        var properties = properties
        if compression != nil || !properties.contains(where: { $0.name == .compression }) {
            properties.append(PropertyAssignment(.compression, try compression ?? PropertyValue("lz4")))
        }
        try await call.runner.run(
            ZFS.CreateVolume(
                dataset, size: Size(bytes: UInt64(size)), blockSize: blockSize, properties: properties, sparse: sparse))
        return .object([
            "volume": .string(dataset.text), "created": true,
            "size_bytes": .integer(try await call.volumeSize(of: dataset)),
            "device": try await call.waitForDevice(of: dataset),
        ])
    }

    static let volumeList = Method(
        "volume_list", "Lists the volumes of all pools.", .viewer,
        result: .object([
            "volumes": .array(.string("name")),
            "entries": .array(
                .object([
                    "name": .string(), "size_bytes": .integer("bytes"), "used": .integer("bytes"), "device": .string(),
                ])),
        ]),
        answer: { call in
            var answer = ListAnswer(call)
            let list = ZFS.List(types: [.volume], columns: [.name, .volsize, .used])
            try await call.runner.forEachRow(of: list) { row in
                try answer.append(
                    name: row[0],
                    entry: .object([
                        "name": .string(row[0]), "size_bytes": .figure(row[1]), "used": .figure(row[2]),
                        "device": .string(devicePath(of: row[0])),
                    ]))
            }
            return answer.finish([:], names: "volumes")
        }
    )

    static let volumeResize = Method(
        "volume_resize", "Changes the size of a volume.", .admin,
        .required("dataset", .dataset, "The volume."),
        .required("size_bytes", .integer(1...Int.max), "The new size in bytes, a multiple of volblocksize."),
        .flag("allow_shrink", "Allows a smaller size; what is beyond it is lost."),
        result: .object(["volume": .string(), "size_bytes": .integer("bytes")])
    ) { call, dataset, size, allowShrink in
        let present = try await call.volumeSize(of: dataset)
        if UInt64(size) < present, !allowShrink {
            throw RPCError(
                .conflict, "would_shrink",
                "\(dataset) has \(present) bytes; pass allow_shrink to cut it to \(size), what is beyond is lost",
                details: .object(["size_bytes": .integer(present)]))
        }
        let assignment = PropertyAssignment(.volsize, try PropertyValue(String(size)))
        try await call.runner.run(ZFS.Set([assignment], on: [.dataset(dataset)]))
        return .object([
            "volume": .string(dataset.text), "size_bytes": .integer(try await call.volumeSize(of: dataset)),
        ])
    }
}

/// Where udev makes the link to a volume's device; `zvol_id` writes a space as `+`.
private func devicePath(of volume: String) -> String {
    "/dev/zvol/" + volume.map { $0 == " " ? "+" : String($0) }.joined()
}

extension Call {
    fileprivate func volumeSize(of volume: DatasetName) async throws -> UInt64 {
        if let size = try await numbers(of: .dataset(volume), [.volsize])["volsize"] { return size }
        throw RPCError(.invalidValue, "not_a_volume", "\(volume) is a file system, not a volume")
    }

    /// The path of a new volume's device, once udev made it; null for a volume that has none.
    fileprivate func waitForDevice(of volume: DatasetName) async throws -> JSONValue {
        let mode = try await runner.run(ZFS.GetValue(.dataset(volume), PropertyName("volmode")))
        if mode == "none" { return .null }
        let path = devicePath(of: volume.text)
        let deadline = ContinuousClock.now + service.deviceDeadline
        var pause = Duration.milliseconds(5)
        // Not access(2), which a sandbox refuses for a device that may not be opened.
        var status = stat()
        while unsafe stat(path, &status) != 0 {
            if ContinuousClock.now >= deadline {
                throw RPCError(
                    .timedOut, "device_missing",
                    "\(volume) was created, but udev did not make \(path); is udev running here?",
                    details: .object(["volume": .string(volume.text), "created": true]))
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(200))
        }
        return .string(path)
    }
}
