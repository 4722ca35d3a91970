/// The rules that several kinds of name share.
enum NameRules {
    /// `ZFS_MAX_DATASET_NAME_LEN` without its NUL.
    static let longestName = 255
    /// `zfs_max_dataset_nesting`: a name with this many slashes is refused.
    static let nestingLimit = 50

    /// Letters, digits, `-`, `_`, `.`, `:` and space: `valid_char` of `zfs_namecheck.c` without `%`, which libzfs refuses.
    static func isComponentByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == 0x2D || byte == 0x5F || byte == 0x2E || byte == 0x3A || byte == 0x20
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte)
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte)
    }

    /// Everything but the control characters of ASCII; bytes of 0x80 and above are parts of UTF-8.
    static func isPrintable(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F
    }

    static func checkLength(_ text: String, _ subject: String, limit: Int = longestName) throws(NameError) {
        if text.utf8.isEmpty { throw NameError(subject, text, .empty) }
        if text.utf8.count > limit { throw NameError(subject, text, .tooLong(bytes: text.utf8.count, limit: limit)) }
    }

    static func checkBytes(
        _ text: String,
        _ subject: String,
        _ isLegal: (UInt8) -> Bool
    ) throws(NameError) {
        for (offset, byte) in text.utf8.enumerated() where !isLegal(byte) {
            throw NameError(subject, text, .illegalByte(byte, offset: offset))
        }
    }

    /// Checks a slash-separated path that starts with a pool name.
    static func checkDataset(_ text: String, _ subject: String) throws(NameError) {
        try checkLength(text, subject)
        try checkBytes(text, subject) { isComponentByte($0) || $0 == 0x2F }
        if let first = text.utf8.first, !isLetter(first) {
            throw NameError(subject, text, .illegalByte(first, offset: 0))
        }
        var offset = 0
        let components = text.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
        for component in components {
            if component.isEmpty { throw NameError(subject, text, .emptyComponent(offset: offset)) }
            if component.elementsEqual(".".utf8) || component.elementsEqual("..".utf8) {
                throw NameError(subject, text, .relativeComponent(offset: offset))
            }
            offset += component.count + 1
        }
        if components.count > nestingLimit { throw NameError(subject, text, .tooDeep(limit: nestingLimit)) }
        guard let pool = components.first else { return }
        try checkReserved(text, subject, pool: String(Substring(pool)))
    }

    /// `pool_namecheck`: these words, alone, can not be the name of a pool.
    static func checkReserved(_ text: String, _ subject: String, pool: String) throws(NameError) {
        if pool == "mirror" || pool == "raidz" || pool == "draid" {
            throw NameError(subject, text, .reserved(pool))
        }
    }

    /// Splits `dataset@name` or `dataset#name` at its only delimiter.
    static func split(
        _ text: String,
        at delimiter: UInt8,
        _ subject: String
    ) throws(NameError) -> (dataset: DatasetName, component: ComponentName) {
        try checkLength(text, subject)
        let bytes = text.utf8
        guard let place = bytes.firstIndex(of: delimiter) else {
            throw NameError(subject, text, .missingDelimiter(delimiter))
        }
        let prefix = bytes.distance(from: bytes.startIndex, to: place) + 1
        for (offset, byte) in bytes.enumerated()
        where !isComponentByte(byte) && !(offset < prefix ? byte == 0x2F || byte == delimiter : false) {
            throw NameError(subject, text, .illegalByte(byte, offset: offset))
        }
        let component = String(text[text.index(after: place)...])
        if component.isEmpty { throw NameError(subject, text, .emptyComponent(offset: prefix)) }
        return (try DatasetName(String(text[..<place])), try ComponentName(component))
    }
}
