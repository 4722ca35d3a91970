/// What has been found so far: the faults, and where each key was given last.
struct ConfigurationFindings {
    private(set) var faults: [ConfigurationFault] = []
    private let file: String?
    private var places: [String: String] = [:]
    private var faultyKeys: Set<String> = []
    private var isUnreadable = false

    init(file: String?) {
        self.file = file
    }

    /// Takes what was found in the file.
    mutating func add(_ reader: ConfigurationReader) {
        faults += reader.faults
        places = reader.places
        for fault in reader.faults {
            faultyKeys.insert(Self.withoutMember(fault.key))
            // Without a root nothing of the file is known.
            isUnreadable = isUnreadable || fault.key.isEmpty
        }
    }

    /// Takes the reason why the file could not be read.
    mutating func add(_ error: ConfigurationError) {
        faults += error.faults
        isUnreadable = true
    }

    /// Takes a value from outside the file, and its fault if it has one.
    mutating func add(_ override: ConfigurationOverride, _ fault: ConfigurationFault?) {
        let key = override.key.rawValue
        places[key] = override.place
        if let fault {
            faults.append(fault)
            faultyKeys.insert(key)
        }
    }

    /// Reports what several keys together get wrong, at the first that was given.
    ///
    /// Nothing is said where one of them has a fault of its own, because what was meant is not known then.
    mutating func report(_ keys: [String], _ advice: String) {
        guard !isUnreadable, let key = keys.first(where: { places[$0] != nil }) ?? keys.first else { return }
        let isFaulty = keys.map(Self.withoutMember).contains { key in
            faultyKeys.contains { $0 == key || key.hasPrefix($0 + ".") || $0.hasPrefix(key + ".") }
        }
        guard !isFaulty else { return }
        faults.append(ConfigurationFault(place: places[key] ?? file ?? "configuration", key: key, advice: advice))
    }

    /// The key of the list that a key is inside of; the numbers of its members mean nothing where one is left out.
    private static func withoutMember(_ key: String) -> String {
        key.split(separator: "[").first.map(String.init) ?? ""
    }
}
